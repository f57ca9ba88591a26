package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.injection.InjectionHooks;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.OwnDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Labels of namespaces, as they will be: {@code
 * manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml} of istio/istio,
 * release 1.31, with the webhooks that the cluster has. Told of a Namespace, or of the declaration
 * that sets the label: {@code twoLabels} {@code {path, injection, revision}} and {@code
 * unknownRevision} {@code {path, revision, cluster, known, namespace}}.
 */
final class FoundNamespaces {
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";

  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;
  private final Map<Subject, List<Object>> unknown = new LinkedHashMap<>();

  /**
   * @param slices where facts are told
   */
  FoundNamespaces(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
  }

  void tell() {
    mesh.expected().clusters().values().stream()
        .sorted((one, other) -> one.cluster().compareTo(other.cluster()))
        .forEach(this::tell);
    unknown.forEach(
        (subject, told) -> slices.apply(subject).put("unknownRevision", List.copyOf(told)));
  }

  private void tell(ClusterInventory held) {
    ClusterName cluster = held.cluster();
    Optional<String> why =
        !mesh.complete() && held.of(ObservedKinds.MUTATING_WEBHOOK).isEmpty()
            ? Optional.of("webhooks of cluster " + cluster + " were not looked at")
            : mesh.unknown(cluster, ObservedKinds.MUTATING_WEBHOOK);
    List<String> known =
        why.isPresent()
            ? List.of()
            : InjectionHooks.of(held.of(ObservedKinds.MUTATING_WEBHOOK)).revisions();
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
      check(subject, path, revision, cluster, known, why, "namespace " + name);
    }
    for (OwnDeclaration own : mesh.declared().own()) {
      if (own instanceof MeshGateway gateway && own.clusters().includes(cluster)) {
        gateway
            .revision()
            .ifPresent(revision ->
                check(
                    Subject.declared(own.declaration()),
                    List.of("spec", "revision"),
                    revision,
                    cluster,
                    known,
                    why,
                    "gateway " + own.name()));
      }
    }
  }

  private static boolean isMeant(Optional<NamespaceSidecar> sidecar) {
    return sidecar.isEmpty() || sidecar.get().injection() == NamespaceSidecar.Injection.ENABLED;
  }

  private Optional<NamespaceSidecar> sidecar(ClusterName cluster, String namespace) {
    return mesh.declared().own().stream()
        .filter(NamespaceSidecar.class::isInstance)
        .map(NamespaceSidecar.class::cast)
        .filter(own -> own.clusters().includes(cluster))
        .filter(own -> own.namespaces().contains(namespace))
        .findFirst();
  }

  private void check(
      Subject subject,
      List<Object> path,
      String revision,
      ClusterName cluster,
      List<String> known,
      Optional<String> why,
      String where) {
    if (why.isPresent()) {
      slices.apply(subject).unjudged("M802", why.get());
    } else if (!known.contains(revision)) {
      unknown
          .computeIfAbsent(subject, s -> new ArrayList<>())
          .add(
              Map.of(
                  "path", path,
                  "revision", revision,
                  "cluster", cluster.value(),
                  "known", known.isEmpty() ? "none" : String.join(", ", known),
                  "where", where));
    }
  }
}
