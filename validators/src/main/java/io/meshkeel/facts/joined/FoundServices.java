package io.meshkeel.facts.joined;

import io.meshkeel.facts.Subject;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Services as clusters hold them: {@code mergeService} in {@code
 * pilot/pkg/serviceregistry/aggregate/controller.go} and {@code ConvertProtocol} in {@code
 * pkg/config/kube/conversion.go} of istio/istio, release 1.31. Kubernetes' own Services, istiod's
 * and those of gateways are each cluster's own affair. Told of a Service: {@code unnamedPorts}
 * {@code {path, port}} and {@code differences} {@code {path, what, id, clusters}}, of the
 * ServicePort where one makes the difference.
 */
final class FoundServices {
  private static final Set<String> OF_KUBERNETES =
      Set.of("kube-system", "kube-public", "kube-node-lease");

  private final JoinedMesh mesh;
  private final DeclaredProtocols protocols;

  FoundServices(JoinedMesh mesh) {
    this.mesh = mesh;
    this.protocols = new DeclaredProtocols(mesh);
  }

  /** Tells of a service; of one that isn't there, nothing. */
  void tell(ServiceKey key, Telling told) {
    mesh.state()
        .services()
        .get(key)
        .filter(service -> !isOwnAffair(service))
        .ifPresent(service -> tell(service, told));
  }

  private void tell(MeshService service, Telling told) {
    List<Workload> workloads = mesh.servers(service);
    if (workloads.stream().anyMatch(workload -> workload.role() != Proxy.Role.SIDECAR)) {
      return;
    }
    if (workloads.stream().anyMatch(mesh::hasProxy)) {
      unnamedPorts(service, told);
    }
    differences(service, told);
  }

  private boolean isOwnAffair(MeshService service) {
    String namespace = service.key().namespace();
    String name = service.key().name();
    return OF_KUBERNETES.contains(namespace)
        || (namespace.equals("default") && name.equals("kubernetes"))
        || (namespace.equals(mesh.spec().rootNamespace())
            && (name.equals("istiod") || name.startsWith("istiod-")))
        || service.clusters().values().stream()
            .anyMatch(held -> held.labels().containsKey("topology.istio.io/network"));
  }

  static Subject subject(ClusterName cluster, MeshService service) {
    return Subject.found(
        cluster, new ResourceKey("", "Service", service.key().namespace(), service.key().name()));
  }

  private static void unnamedPorts(MeshService service, Telling told) {
    Map.Entry<ClusterName, ClusterService> first = service.clusters().entrySet().iterator().next();
    List<Object> facts = new ArrayList<>();
    for (int i = 0; i < first.getValue().ports().size(); i++) {
      var port = first.getValue().ports().get(i);
      if (port.protocol() == Protocol.UNKNOWN) {
        facts.add(
            Map.of(
                "path", List.of("spec", "ports", i),
                "port", Long.toString(port.number()),
                "name", port.name()));
      }
    }
    if (!facts.isEmpty()) {
      told.of(subject(first.getKey(), service)).put("unnamedPorts", List.copyOf(facts));
    }
  }

  /** Told once, of the cluster that stands alone, or of what is declared for some of them. */
  private void differences(MeshService service, Telling told) {
    Map<Subject, List<Object>> bySubject = new LinkedHashMap<>();
    for (MeshService.Difference difference : service.differences()) {
      List<List<ClusterName>> variants = new ArrayList<>(difference.variants().values());
      ClusterName odd = variants.getLast().getFirst();
      DeclaredProtocols.Place place =
          declaredPort(service, difference)
              .orElseGet(() ->
                  new DeclaredProtocols.Place(
                      subject(odd, service), List.of("spec", difference.aspect().word())));
      bySubject
          .computeIfAbsent(place.subject(), c -> new ArrayList<>())
          .add(
              Map.of(
                  "path", place.path(),
                  "what", difference.words(),
                  "id", service.key().toString(),
                  "clusters",
                      service.clusters().keySet().stream()
                          .filter(other -> !other.equals(odd))
                          .map(ClusterName::value)
                          .toList()));
    }
    bySubject.forEach((subject, facts) -> told.of(subject).put("differences", List.copyOf(facts)));
  }

  /** The declaration that gives a port another protocol in some clusters. */
  private Optional<DeclaredProtocols.Place> declaredPort(
      MeshService service, MeshService.Difference difference) {
    return difference.aspect() == MeshService.Aspect.PORTS
        ? service.portProtocols().stream()
            .filter(port -> !port.agreed())
            .flatMap(port -> protocols.of(service.key(), port.number()).stream())
            .findFirst()
        : Optional.empty();
  }
}
