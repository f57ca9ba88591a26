package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.service.HostRegistry;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Hosts that are called from where only hosts of the registry may be, and that nothing declares:
 * {@code outboundTrafficPolicy} of a Sidecar, of the root namespace's, else of the mesh ({@code
 * pilot/pkg/model/sidecar.go} of istio/istio, release 1.31). Told of the MeshCluster from which
 * they are called: {@code undeclared} {@code {path, host, namespace}}.
 */
final class UndeclaredHosts {
  private static final GroupKind SIDECAR = new GroupKind("networking.istio.io", "Sidecar");
  private static final String REGISTRY_ONLY = "REGISTRY_ONLY";

  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;
  private final Map<String, String> modes = new TreeMap<>();
  private final String ofMesh;

  /**
   * @param slices where facts are told
   */
  UndeclaredHosts(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
    this.ofMesh = mode(MeshConfig.of(mesh).tree()).orElse("ALLOW_ANY");
    for (Manifest sidecar : mesh.configured(SIDECAR)) {
      if (JsonTree.map(JsonTree.map(sidecar.spec(), "workloadSelector"), "labels").isEmpty()) {
        mode(sidecar.spec()).ifPresent(mode -> modes.put(sidecar.key().namespace(), mode));
      }
    }
  }

  private static Optional<String> mode(Map<String, Object> holder) {
    return Optional.of(JsonTree.string(JsonTree.map(holder, "outboundTrafficPolicy"), "mode", ""))
        .filter(mode -> !mode.isEmpty());
  }

  void tell() {
    if (mesh.traffic().isEmpty()
        && (ofMesh.equals(REGISTRY_ONLY) || modes.containsValue(REGISTRY_ONLY))) {
      for (MeshCluster cluster : mesh.clusters()) {
        slices
            .apply(Subject.of(cluster))
            .partly("M602", "no traffic was observed: hosts that are called aren't known");
      }
    }
    List<TrafficEdge> edges = mesh.traffic().map(Traffic::edges).orElse(List.of());
    for (MeshCluster cluster : mesh.clusters()) {
      TreeSet<String> seen = new TreeSet<>();
      List<Object> told = new ArrayList<>();
      for (TrafficEdge edge : edges) {
        String namespace = edge.source().namespace();
        if (edge.source().cluster().equals(cluster.name().value())
            && isRestricted(namespace)
            && isUndeclared(edge.service())
            && seen.add(namespace + "/" + edge.service())) {
          told.add(
              Map.of(
                  "path", List.of("metadata", "name"),
                  "host", edge.service(),
                  "namespace", namespace));
        }
      }
      if (!told.isEmpty()) {
        Slice slice = slices.apply(Subject.of(cluster));
        Optional<String> unknown = mesh.unknown(ObservedKinds.SERVICE);
        if (unknown.isPresent()) {
          slice.unjudged("M602", unknown.get());
        } else {
          slice.put("undeclared", List.copyOf(told));
        }
      }
    }
  }

  private boolean isRestricted(String namespace) {
    String ofAll = modes.getOrDefault(mesh.spec().rootNamespace(), ofMesh);
    return modes.getOrDefault(namespace, ofAll).equals(REGISTRY_ONLY);
  }

  /** Without a dot it is the name of a cluster of Envoy's, such as that of what is refused. */
  private boolean isUndeclared(String host) {
    HostRegistry registry = mesh.state().hosts();
    return host.contains(".")
        && registry.exactly(host).isEmpty()
        && registry.covering(host).isEmpty();
  }
}
