package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What routes of the Gateway API lead to, and what they send copies of requests to: {@code
 * buildDestination} in {@code pilot/pkg/config/kube/gateway/conversion.go} of istio/istio, release
 * 1.31.
 */
final class RouteBackends {
  private final JoinedMesh mesh;
  private final ReferenceGrants grants;
  private final Optional<String> unknownServices;

  RouteBackends(JoinedMesh mesh, ReferenceGrants grants) {
    this.mesh = mesh;
    this.grants = grants;
    this.unknownServices = mesh.unknown(ObservedKinds.SERVICE);
  }

  /** Adds what is wrong with a route's references, as {@link AttachedRoutes} tells it. */
  void tell(Manifest route, List<Object> told, Slice slice) {
    List<Map<String, Object>> rules = JsonTree.maps(route.spec(), "rules");
    for (int r = 0; r < rules.size(); r++) {
      List<Object> rule = List.of("spec", "rules", r);
      mirrors(route, rules.get(r), rule, told, slice);
      List<Map<String, Object>> backends = JsonTree.maps(rules.get(r), "backendRefs");
      for (int b = 0; b < backends.size(); b++) {
        List<Object> path = at(rule, "backendRefs", b);
        backend(route, backends.get(b), path, told, slice);
        mirrors(route, backends.get(b), path, told, slice);
      }
    }
  }

  private void mirrors(
      Manifest route,
      Map<String, Object> holder,
      List<Object> path,
      List<Object> told,
      Slice slice) {
    List<Map<String, Object>> filters = JsonTree.maps(holder, "filters");
    for (int f = 0; f < filters.size(); f++) {
      Map<String, Object> mirror = JsonTree.map(filters.get(f), "requestMirror");
      if (!mirror.isEmpty()) {
        backend(
            route,
            JsonTree.map(mirror, "backendRef"),
            at(path, "filters", f, "requestMirror", "backendRef"),
            told,
            slice);
      }
    }
  }

  private static List<Object> at(List<Object> path, Object... more) {
    List<Object> longer = new ArrayList<>(path);
    longer.addAll(List.of(more));
    return List.copyOf(longer);
  }

  private void backend(
      Manifest route,
      Map<String, Object> backend,
      List<Object> path,
      List<Object> told,
      Slice slice) {
    String group = JsonTree.string(backend, "group", "");
    String kind = JsonTree.string(backend, "kind", "Service");
    String name = JsonTree.string(backend, "name", "");
    String namespace = JsonTree.string(backend, "namespace", route.key().namespace());
    boolean service = group.isEmpty() && kind.equals("Service");
    boolean hostname = group.equals("networking.istio.io") && kind.equals("Hostname");
    if (!service && !hostname) {
      return;
    }
    if (service && !grants.let(route, namespace, group, kind, name)) {
      told.add(
          AttachedRoutes.fact(
              PolicyFields.path(path, "namespace"),
              "no ReferenceGrant of namespace %s lets a %s of namespace %s lead to Service %s"
                  .formatted(namespace, route.key().kind(), route.key().namespace(), name),
              true));
    }
    if (unknownServices.isPresent()) {
      slice.unjudged("M307", unknownServices.get());
      return;
    }
    String host = hostname ? name : name + "." + namespace + ".svc." + mesh.spec().clusterDomain();
    if (mesh.state().hosts().exactly(host).isEmpty()) {
      told.add(
          AttachedRoutes.fact(
              PolicyFields.path(path, "name"),
              hostname
                  ? "no service is called " + name
                  : "no cluster has a Service " + namespace + "/" + name,
              true));
    } else if (service
        && backend.get("port") instanceof Long port
        && lacks(namespace, name, port)) {
      told.add(
          AttachedRoutes.fact(
              PolicyFields.path(path, "port"),
              "Service " + namespace + "/" + name + " has no port " + port,
              true));
    }
  }

  /** Whether a Service is there, but has a port in no cluster. */
  boolean lacks(String namespace, String name, long number) {
    return mesh.state()
        .services()
        .get(new ServiceKey(namespace, name))
        .map(service ->
            service.clusters().values().stream()
                .noneMatch(held -> held.ports().stream().anyMatch(port -> port.number() == number)))
        .orElse(false);
  }
}
