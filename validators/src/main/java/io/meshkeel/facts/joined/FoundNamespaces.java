package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Labels of namespaces, as they will be: {@code
 * manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml} of istio/istio,
 * release 1.31, with the webhooks that the cluster has. Told of a Namespace, a workload with the
 * label on its pods, or of the declaration that sets the label: {@code twoLabels} {@code {path,
 * injection, revision}} and {@code unknownRevision} {@code {path, revision, cluster, known,
 * where}}.
 */
final class FoundNamespaces {
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";

  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;
  private final KnownRevisions revisions;
  private final Map<Subject, Map<Missed, TreeSet<String>>> unknown = new LinkedHashMap<>();

  /** What is said of a revision, once for all clusters of which it holds. */
  private record Missed(List<Object> path, String revision, String known, String where) {}

  /**
   * @param slices where facts are told
   */
  FoundNamespaces(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
    this.revisions = new KnownRevisions(mesh);
  }

  void tell() {
    mesh.expected().all().forEach(this::tell);
    unknown.forEach((subject, missed) -> {
      List<Object> told = new ArrayList<>();
      missed.forEach((one, clusters) ->
          told.add(
              Map.of(
                  "path", one.path(),
                  "revision", one.revision(),
                  "cluster", String.join(", ", clusters),
                  "known", one.known(),
                  "where", one.where())));
      slices.apply(subject).put("unknownRevision", told);
    });
  }

  private void tell(Held held) {
    ClusterName cluster = held.cluster();
    for (Manifest namespace : held.of(ObservedKinds.NAMESPACE)) {
      Map<String, String> labels = Overlay.labels(namespace);
      String name = namespace.key().name();
      Optional<NamespaceSidecar> sidecar = sidecar(cluster, name);
      Subject subject =
          sidecar
              .map(own -> Subject.declared(own.declaration()))
              .orElseGet(() -> Subject.found(cluster, namespace.key()));
      String revision = labels.get(REVISION);
      if (revision != null && labels.containsKey(INJECTION)) {
        slices
            .apply(subject)
            .put(
                "twoLabels",
                List.of(
                    Map.of(
                        "path", List.of("metadata", "labels", REVISION),
                        "injection", labels.getOrDefault(INJECTION, ""),
                        "revision", revision)));
      }
      if (revision == null || !isMeant(sidecar)) {
        continue;
      }
      List<Object> path =
          sidecar.isPresent()
              ? List.of("spec", "revision")
              : List.of("metadata", "labels", REVISION);
      check(subject, path, revision, cluster, "namespace " + name);
    }
    workloads(held);
    for (OwnDeclaration own : mesh.own()) {
      if (own instanceof MeshGateway gateway && own.clusters().includes(cluster)) {
        gateway
            .revision()
            .ifPresent(revision ->
                check(
                    Subject.declared(own.declaration()),
                    List.of("spec", "revision"),
                    revision,
                    cluster,
                    "gateway " + own.name()));
      }
    }
  }

  /** The label of a pod counts where its namespace has neither label. */
  private void workloads(Held held) {
    for (GroupKind kind : ObservedKinds.WORKLOADS) {
      for (Manifest object : held.of(kind)) {
        Map<String, Object> metadata = JsonTree.map(FoundWorkloads.pod(object), "metadata");
        Map<String, String> labels = Labels.of(JsonTree.map(metadata, "labels"));
        String revision = labels.get(REVISION);
        if (revision != null
            && mesh.found().of(held.cluster()).flatMap(own -> own.get(object.key())).isPresent()
            && !labels.getOrDefault("sidecar.istio.io/inject", "").equals("false")
            && decides(held, object.key().namespace())) {
          check(
              Subject.found(held.cluster(), object.key()),
              PolicyFields.path(FoundWorkloads.podPath(object), "metadata", "labels", REVISION),
              revision,
              held.cluster(),
              object.key().kind() + " " + object.key().namespace() + "/" + object.key().name());
        }
      }
    }
  }

  private static boolean decides(Held held, String namespace) {
    return held.get(new ResourceKey("", "Namespace", "", namespace))
        .map(Overlay::labels)
        .filter(labels -> !labels.containsKey(REVISION) && !labels.containsKey(INJECTION))
        .isPresent();
  }

  private static boolean isMeant(Optional<NamespaceSidecar> sidecar) {
    return sidecar.isEmpty() || sidecar.get().injection() == NamespaceSidecar.Injection.ENABLED;
  }

  private Optional<NamespaceSidecar> sidecar(ClusterName cluster, String namespace) {
    return mesh.own().stream()
        .filter(NamespaceSidecar.class::isInstance)
        .map(NamespaceSidecar.class::cast)
        .filter(own -> own.clusters().includes(cluster))
        .filter(own -> own.namespaces().contains(namespace))
        .findFirst();
  }

  private void check(
      Subject subject, List<Object> path, String revision, ClusterName cluster, String where) {
    KnownRevisions.Answer answer = revisions.of(cluster, revision);
    if (answer.unknown().isPresent()) {
      slices.apply(subject).unjudged("M802", answer.unknown().get());
    } else if (!answer.served()) {
      unknown
          .computeIfAbsent(subject, s -> new LinkedHashMap<>())
          .computeIfAbsent(new Missed(path, revision, answer.known(), where), m -> new TreeSet<>())
          .add(cluster.value());
    }
  }
}
