package io.meshkeel.policy.admission;

import java.util.Set;

/** Which workloads or objects a policy is for. */
final class Selectors {
  private static final Set<String> TARGETS =
      Set.of(
          "/Service",
          "core/Service",
          "networking.istio.io/ServiceEntry",
          "gateway.networking.k8s.io/Gateway",
          "gateway.networking.k8s.io/GatewayClass");

  private Selectors() {}

  /** {@code selector}, {@code targetRef} and {@code targetRefs} of a policy. */
  static void policy(Node spec, Refusals refusals) {
    int set =
        (spec.has("selector") ? 1 : 0)
            + (spec.has("targetRef") ? 1 : 0)
            + (spec.at("targetRefs").any() ? 1 : 0);
    if (set > 1) {
      refusals.add(
          spec, "it has more than one of selector, targetRef and targetRefs", "keep one of them");
    }
    labels(spec.at("selector", "matchLabels"), refusals);
    if (spec.has("targetRef")) {
      target(spec.at("targetRef"), refusals);
    }
    spec.at("targetRefs").each().forEach(each -> target(each, refusals));
  }

  /** Labels that select; wildcards are no part of that. */
  static void labels(Node labels, Refusals refusals) {
    for (Node label : labels.each()) {
      if (label.key().isEmpty()) {
        refusals.add(label, "the key of a label is empty", "write the key");
      }
      if (label.key().contains("*") || label.text().contains("*")) {
        refusals.add(
            label,
            "a selector has no wildcards, and '" + Refusals.shortened(label.key()) + "' has one",
            "write the label in full");
      }
    }
  }

  private static void target(Node target, Refusals refusals) {
    if (target.text("name").isEmpty()) {
      refusals.add(target.at("name"), "a target needs a name", "write it");
    }
    if (!target.text("namespace").isEmpty()) {
      refusals.add(
          target.at("namespace"), "a target is always in the namespace of the policy", "remove it");
    }
    String kind = target.text("group") + "/" + target.text("kind");
    if (!TARGETS.contains(kind)) {
      refusals.add(
          target.at("kind"),
          "a policy can't be attached to '" + Refusals.shortened(kind) + "'",
          "use a Service (group \"\"), a ServiceEntry (networking.istio.io), or a Gateway or"
              + " GatewayClass (gateway.networking.k8s.io)");
    }
  }
}
