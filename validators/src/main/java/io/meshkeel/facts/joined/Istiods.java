package io.meshkeel.facts.joined;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the Deployments of istiod say of its own switches, as far as values were looked at. */
final class Istiods {
  private Istiods() {}

  /** {@code PILOT_ENABLE_IP_AUTOALLOCATE} is {@code false}. */
  static boolean allocateNoAddresses(JoinedMesh mesh) {
    return mesh.controlPlanes().stream()
        .flatMap(cluster -> mesh.found().of(cluster).stream())
        .anyMatch(held -> says(mesh, held, "PILOT_ENABLE_IP_AUTOALLOCATE", "false"));
  }

  /**
   * {@code PILOT_SCOPE_GATEWAY_TO_NAMESPACE} is {@code true}: only pods of its own namespace take a
   * Gateway.
   */
  static boolean scopeGatewaysToNamespace(JoinedMesh mesh) {
    return mesh.controlPlanes().stream()
        .flatMap(cluster -> mesh.found().of(cluster).stream())
        .anyMatch(held -> says(mesh, held, "PILOT_SCOPE_GATEWAY_TO_NAMESPACE", "true"));
  }

  /** The Deployments of istiods that a cluster holds, whatever their revision. */
  static List<Manifest> deployments(JoinedMesh mesh, Held held) {
    return held.of(ObservedKinds.DEPLOYMENT, mesh.spec().rootNamespace()).stream()
        .filter(deployment -> isOne(mesh, deployment))
        .toList();
  }

  /** Whether this is istiod itself, by the name that its chart gives it. */
  static boolean isIstiod(JoinedMesh mesh, String namespace, String name) {
    return namespace.equals(mesh.spec().rootNamespace()) && name.startsWith("istiod");
  }

  private static boolean says(JoinedMesh mesh, Held held, String name, String value) {
    return deployments(mesh, held).stream()
        .flatMap(deployment -> variables(deployment, name))
        .anyMatch(value::equals);
  }

  /** Whether a Deployment is that of an istiod, whatever its revision. */
  private static boolean isOne(JoinedMesh mesh, Manifest deployment) {
    return isIstiod(mesh, deployment.key().namespace(), deployment.key().name());
  }

  /** The names that istiods of a cluster give it: {@code CLUSTER_ID}. */
  static Set<String> clusterNames(JoinedMesh mesh, Held held) {
    Set<String> names = new TreeSet<>();
    deployments(mesh, held).stream()
        .flatMap(deployment -> variables(deployment, "CLUSTER_ID"))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  private static Stream<String> variables(Manifest deployment, String name) {
    Map<String, Object> spec = JsonTree.map(FoundWorkloads.pod(deployment), "spec");
    return JsonTree.maps(spec, "containers").stream()
        .flatMap(container -> JsonTree.maps(container, "env").stream())
        .filter(variable -> JsonTree.string(variable, "name", "").equals(name))
        .map(variable -> JsonTree.string(variable, "value", ""));
  }
}
