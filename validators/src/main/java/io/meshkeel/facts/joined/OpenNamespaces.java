package io.meshkeel.facts.joined;

import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Namespaces in which workloads take plain text since no PeerAuthentication says anything of them:
 * {@code ComposePeerAuthentication} in {@code pilot/pkg/security/authn/policy_applier.go} of
 * istio/istio, release 1.31, then takes PERMISSIVE. Told as {@code openByDefault} of a Namespace
 * that was found: {@code {path, mode, workloads}}.
 */
final class OpenNamespaces {
  private final JoinedMesh mesh;

  OpenNamespaces(JoinedMesh mesh) {
    this.mesh = mesh;
  }

  /** Tells of a namespace of a cluster; of one that isn't there, nothing. */
  void tell(ClusterName cluster, ResourceKey namespace, Telling told) {
    if (mesh.found().of(cluster).flatMap(held -> held.get(namespace)).isEmpty()) {
      return;
    }
    TreeSet<String> open = new TreeSet<>();
    for (Workload workload : mesh.workloads(cluster, namespace.name())) {
      if (workload.role() == Proxy.Role.SIDECAR && mesh.hasProxy(workload) && isOpen(workload)) {
        open.add(workload.key().toString());
      }
    }
    if (!open.isEmpty()) {
      told.of(Subject.found(cluster, namespace))
          .put(
              "openByDefault",
              List.of(
                  Map.of(
                      "path", List.of("metadata", "name"),
                      "mode", MtlsMode.PERMISSIVE.name(),
                      "workloads", open.stream().limit(MeshFacts.MAX_RELATED).toList())));
    }
  }

  private boolean isOpen(Workload workload) {
    EffectiveMtls mtls =
        mesh.state().peerAuthentications().of(workload.key().namespace(), workload.proxyLabels());
    return Stream.concat(Stream.of(mtls.whole()), mtls.ports().values().stream())
        .anyMatch(decided -> decided.by().isEmpty() && decided.mode() == MtlsMode.PERMISSIVE);
  }
}
