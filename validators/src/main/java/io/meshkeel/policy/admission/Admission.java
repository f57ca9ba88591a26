package io.meshkeel.policy.admission;

import io.meshkeel.model.Manifest;
import java.util.List;
import java.util.Set;

/**
 * Whether istiod's validation webhook would take an object: the one entry to this package. Pure;
 * any thread.
 */
public final class Admission {
  private static final String DRY_RUN = "istio.io/dry-run";

  /** What {@code strconv.ParseBool} reads. */
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  /** Annotations that istiod keeps for itself. */
  private static final List<String> INTERNAL =
      List.of(
          "internal.istio.io/webhook-always-reject",
          "internal.istio.io/parent-namespace",
          "internal.istio.io/parents");

  private Admission() {}

  /**
   * Why the webhook would refuse an object; empty if it would take it, or never sees its kind.
   *
   * @param manifest an object whose fields have the types of its schema
   * @param minor the minor release of Istio: 29 for 1.29
   */
  public static List<Refusal> check(Manifest manifest, int minor) {
    Subject subject = Subject.of(manifest, minor);
    Refusals refusals = new Refusals();
    switch (manifest.key().kind()) {
      case "AuthorizationPolicy" -> AuthorizationPolicies.check(subject, refusals);
      case "DestinationRule" -> DestinationRules.check(subject, refusals);
      case "EnvoyFilter" -> EnvoyFilters.check(subject, refusals);
      case "Gateway" -> Gateways.check(subject, refusals);
      case "PeerAuthentication" -> Authentications.peer(subject, refusals);
      case "ProxyConfig" ->
          Selectors.labels(subject.spec().at("selector", "matchLabels"), refusals);
      case "RequestAuthentication" -> Authentications.request(subject, refusals);
      case "ServiceEntry" -> ServiceEntries.check(subject, refusals);
      case "Sidecar" -> Sidecars.check(subject, refusals);
      case "Telemetry" -> Telemetries.check(subject, refusals);
      case "TrafficExtension" -> Extensions.traffic(subject, refusals);
      case "VirtualService" -> VirtualServices.check(subject, refusals);
      case "WasmPlugin" -> Extensions.wasmPlugin(subject, refusals);
      case "WorkloadEntry" -> Workloads.entry(subject, refusals);
      case "WorkloadGroup" -> Workloads.group(subject, refusals);
      default -> {
        return List.of();
      }
    }
    annotations(subject, refusals);
    return refusals.all();
  }

  private static void annotations(Subject subject, Refusals refusals) {
    Node annotations = subject.root().at("metadata", "annotations");
    for (String name : INTERNAL) {
      if (annotations.has(name)) {
        refusals.add(annotations.at(name), "the annotation is istiod's own", "remove it");
      }
    }
    Node dryRun = annotations.at(DRY_RUN);
    if (!dryRun.is()) {
      return;
    }
    if (!subject.manifest().key().kind().equals("AuthorizationPolicy")) {
      refusals.add(dryRun, "only an AuthorizationPolicy can be run dry", "remove it");
    } else if (!Set.of("", "ALLOW", "DENY").contains(subject.spec().text("action"))) {
      refusals.add(dryRun, "only ALLOW and DENY can be run dry", "remove it");
    } else if (!BOOLEANS.contains(dryRun.text())) {
      refusals.value(dryRun, "is no boolean", "write \"true\"");
    }
  }
}
