package io.meshkeel.facts.security;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which workloads a policy is attached to: {@code ShouldAttachPolicy} in {@code
 * pilot/pkg/model/policyattachment.go} of istio/istio, release 1.31, with its default settings.
 *
 * <p>A policy with {@code targetRefs} reaches only pods of a Gateway of the Gateway API. For a
 * waypoint those that name a Gateway or the class of waypoints are told; those that name a Service
 * take effect for that service alone and belong to no workload.
 *
 * @param selector labels that a workload must have; empty if it has none or has targets
 * @param targets what {@code targetRefs} or {@code targetRef} name
 */
record Attachment(Map<String, String> selector, List<Target> targets) {
  private static final String GATEWAY_GROUP = "gateway.networking.k8s.io";

  /** One reference; Istio takes none to another namespace. */
  record Target(String group, String kind, String namespace, String name) {}

  Attachment {
    selector = Map.copyOf(selector);
    targets = List.copyOf(targets);
  }

  static Attachment of(Manifest policy) {
    Map<String, Object> spec = policy.spec();
    List<Map<String, Object>> references = JsonTree.maps(spec, "targetRefs");
    Map<String, Object> legacy = JsonTree.map(spec, "targetRef");
    Stream<Map<String, Object>> all =
        references.isEmpty() && !legacy.isEmpty() ? Stream.of(legacy) : references.stream();
    return new Attachment(
        Labels.of(JsonTree.map(JsonTree.map(spec, "selector"), "matchLabels")),
        all.map(reference ->
                new Target(
                    JsonTree.string(reference, "group", ""),
                    JsonTree.string(reference, "kind", ""),
                    JsonTree.string(reference, "namespace", ""),
                    JsonTree.string(reference, "name", "")))
            .toList());
  }

  /** Whether only its targets count. */
  boolean targeted() {
    return !targets.isEmpty();
  }

  /**
   * Whether it reaches a workload, beside the question of namespaces, which an index answers.
   *
   * @param policyNamespace of the policy
   * @param namespace of the workload
   */
  boolean reaches(
      String policyNamespace,
      String namespace,
      Map<String, String> labels,
      Proxy.Role role,
      String rootNamespace) {
    Optional<String> gateway = Optional.ofNullable(labels.get(PodShape.GATEWAY_NAME));
    if (!targeted()) {
      return (gateway.isEmpty() || role != Proxy.Role.WAYPOINT) && Labels.select(selector, labels);
    }
    return gateway.isPresent()
        && targets.stream()
            .anyMatch(target ->
                isGateway(target, policyNamespace, namespace, gateway.get())
                    || (role == Proxy.Role.WAYPOINT
                        && policyNamespace.equals(rootNamespace)
                        && target.group().equals(GATEWAY_GROUP)
                        && target.kind().equals("GatewayClass")
                        && target.name().equals("istio-waypoint")));
  }

  private static boolean isGateway(
      Target target, String policyNamespace, String namespace, String gateway) {
    return policyNamespace.equals(namespace)
        && (target.namespace().isEmpty() || target.namespace().equals(namespace))
        && target.group().equals(GATEWAY_GROUP)
        && target.kind().equals("Gateway")
        && target.name().equals(gateway);
  }
}
