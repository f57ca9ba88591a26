package io.meshkeel.facts.joined;

import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Namespaces in which workloads take plain text since no PeerAuthentication says anything of them:
 * {@code ComposePeerAuthentication} in {@code pilot/pkg/security/authn/policy_applier.go} of
 * istio/istio, release 1.31, then takes PERMISSIVE. Told as {@code openByDefault} of a Namespace
 * that was found: {@code {path, mode, workloads}}.
 */
final class OpenNamespaces {
  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;

  /**
   * @param slices where facts are told
   */
  OpenNamespaces(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
  }

  private record Home(ClusterName cluster, String namespace) implements Comparable<Home> {
    @Override
    public int compareTo(Home other) {
      int order = cluster.compareTo(other.cluster);
      return order == 0 ? namespace.compareTo(other.namespace) : order;
    }
  }

  void tell() {
    Map<Home, TreeSet<String>> open = new TreeMap<>();
    for (Workload workload : mesh.workloads()) {
      if (workload.role() == Proxy.Role.SIDECAR && mesh.hasProxy(workload) && isOpen(workload)) {
        open.computeIfAbsent(
                new Home(workload.key().cluster(), workload.key().namespace()),
                home -> new TreeSet<>())
            .add(workload.key().toString());
      }
    }
    open.forEach((home, workloads) -> {
      ResourceKey key = new ResourceKey("", "Namespace", "", home.namespace());
      if (mesh.found().of(home.cluster()).flatMap(held -> held.get(key)).isPresent()) {
        slices
            .apply(Subject.found(home.cluster(), key))
            .put(
                "openByDefault",
                List.of(
                    Map.of(
                        "path",
                        List.of("metadata", "name"),
                        "mode",
                        MtlsMode.PERMISSIVE.name(),
                        "workloads",
                        workloads.stream().limit(MeshFacts.MAX_RELATED).toList())));
      }
    });
  }

  private boolean isOpen(Workload workload) {
    EffectiveMtls mtls =
        mesh.state().peerAuthentications().of(workload.key().namespace(), workload.proxyLabels());
    return Stream.concat(Stream.of(mtls.whole()), mtls.ports().values().stream())
        .anyMatch(decided -> decided.by().isEmpty() && decided.mode() == MtlsMode.PERMISSIVE);
  }
}
