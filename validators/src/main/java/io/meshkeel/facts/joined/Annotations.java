package io.meshkeel.facts.joined;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Istio's annotations: {@code annotation/annotations.gen.go} of istio/api, release 1.31, and {@code
 * AnnotationValidation} in {@code pkg/kube/inject/validate.go} of istio/istio.
 */
final class Annotations {
  private static final String TRAFFIC = "traffic.sidecar.istio.io/";
  private static final String SIDECAR = "sidecar.istio.io/";
  private static final Pattern CIDR =
      Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})/([0-9]{1,2})");
  private static final Pattern CIDR6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*/[0-9]{1,3}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  private static final Set<String> DEPRECATED =
      Set.of(
          "alpha.istio.io/canonical-serviceaccounts",
          "alpha.istio.io/kubernetes-serviceaccounts",
          SIDECAR + "discoveryAddress",
          SIDECAR + "extraStatTags",
          SIDECAR + "inject",
          SIDECAR + "statsCompression",
          SIDECAR + "statsInclusionPrefixes",
          SIDECAR + "statsInclusionRegexps",
          SIDECAR + "statsInclusionSuffixes",
          TRAFFIC + "kubevirtInterfaces");

  private static final Set<String> ANYWHERE =
      Set.of("galley.istio.io/analyze-suppress", "gateway.istio.io/controller-version");

  /** The kinds that each belongs to. */
  private static final Map<String, Set<String>> KINDS = kinds();

  private Annotations() {}

  private static Map<String, Set<String>> kinds() {
    Map<String, Set<String>> kinds = new HashMap<>();
    Set<String> pod = Set.of("Pod");
    for (String name :
        List.of(
            "ambient.istio.io/bypass-inbound-capture",
            "ambient.istio.io/dns-capture",
            "ambient.istio.io/redirection",
            "inject.istio.io/templates",
            "istio.io/reroute-virtual-interfaces",
            "istio.io/rev",
            "prometheus.istio.io/merge-metrics",
            "proxy.istio.io/config",
            "proxy.istio.io/overrides",
            "readiness.status.sidecar.istio.io/applicationPorts",
            "readiness.status.sidecar.istio.io/failureThreshold",
            "readiness.status.sidecar.istio.io/initialDelaySeconds",
            "readiness.status.sidecar.istio.io/periodSeconds",
            "status.sidecar.istio.io/port")) {
      kinds.put(name, pod);
    }
    for (String name :
        List.of(
            "agentLogLevel",
            "bootstrapOverride",
            "componentLogLevel",
            "discoveryAddress",
            "extraStatTags",
            "inject",
            "interceptionMode",
            "logLevel",
            "nativeSidecar",
            "proxyCPU",
            "proxyCPULimit",
            "proxyImage",
            "proxyImageType",
            "proxyMemory",
            "proxyMemoryLimit",
            "rewriteAppHTTPProbers",
            "statsCompression",
            "statsEvictionInterval",
            "statsFlushInterval",
            "statsHistogramBins",
            "statsHistogramBuckets",
            "statsInclusionPrefixes",
            "statsInclusionRegexps",
            "statsInclusionSuffixes",
            "status",
            "userVolume",
            "userVolumeMount")) {
      kinds.put(SIDECAR + name, pod);
    }
    for (String name :
        List.of(
            "excludeInboundPorts",
            "excludeInterfaces",
            "excludeOutboundIPRanges",
            "excludeOutboundPorts",
            "includeInboundPorts",
            "includeOutboundIPRanges",
            "includeOutboundPorts",
            "kubevirtInterfaces")) {
      kinds.put(TRAFFIC + name, pod);
    }
    for (String name :
        List.of(
            "alpha.istio.io/canonical-serviceaccounts",
            "alpha.istio.io/kubernetes-serviceaccounts",
            "networking.istio.io/exportTo",
            "traffic.istio.io/nodeSelector")) {
      kinds.put(name, Set.of("Service"));
    }
    Set<String> shared = Set.of("Service", "ServiceEntry", "Namespace");
    kinds.put("istio.io/use-waypoint-canary-weight", shared);
    kinds.put("networking.istio.io/traffic-distribution", shared);
    kinds.put("topology.istio.io/controlPlaneClusters", Set.of("Namespace"));
    for (String name :
        List.of(
            "gateway.istio.io/name-override",
            "gateway.istio.io/service-account",
            "networking.istio.io/service-type",
            "ambient.istio.io/waypoint-inbound-binding")) {
      kinds.put(name, Set.of("Gateway"));
    }
    for (String name : List.of("autoRegistrationGroup", "connectedAt", "disconnectedAt")) {
      kinds.put("istio.io/" + name, Set.of("WorkloadEntry"));
    }
    kinds.put("istio.io/dry-run", Set.of("AuthorizationPolicy"));
    kinds.put("istio.io/workloadController", Set.of("WorkloadEntry"));
    return Map.copyOf(kinds);
  }

  /**
   * What is wrong with an annotation; empty if nothing, or if it isn't Istio's.
   *
   * @param kind of the object: {@code Pod} for the template of one
   * @param labelled the object has the label {@code sidecar.istio.io/inject} too
   */
  static Optional<String> mistake(String name, String value, String kind, boolean labelled) {
    int slash = name.indexOf('/');
    if (slash < 0 || !name.substring(0, slash).endsWith("istio.io") || ANYWHERE.contains(name)) {
      return Optional.empty();
    }
    Set<String> kinds = KINDS.get(name);
    if (kinds == null) {
      return Optional.of("is unknown to Istio");
    }
    if (!kinds.contains(kind)) {
      return Optional.of(
          "has no effect on a "
              + kind
              + ": it belongs to a "
              + String.join(" or ", kinds.stream().sorted().toList()));
    }
    if (name.equals(SIDECAR + "inject")) {
      return labelled
          ? Optional.empty()
          : Optional.of("is deprecated, and webhooks don't read it: use the label of that name");
    }
    if (DEPRECATED.contains(name)) {
      return Optional.of("is deprecated");
    }
    return wrongValue(name, value);
  }

  private static Optional<String> wrongValue(String name, String value) {
    if (name.startsWith(TRAFFIC)) {
      String field = name.substring(TRAFFIC.length()).toLowerCase(Locale.ROOT);
      boolean all = value.equals("*") && field.startsWith("include");
      if (all || value.isBlank()) {
        return Optional.empty();
      }
      for (String item : value.split(",", -1)) {
        if (field.endsWith("ipranges") && !isRange(item.strip())) {
          return Optional.of("has '" + item.strip() + "', which is no CIDR range");
        }
        if (field.endsWith("ports") && !isPort(item.strip())) {
          return Optional.of("has '" + item.strip() + "', which is no port");
        }
      }
    }
    if (name.equals(SIDECAR + "interceptionMode")
        && !Set.of("REDIRECT", "TPROXY", "NONE").contains(value)) {
      return Optional.of("has '" + value + "', which is none of REDIRECT, TPROXY, NONE");
    }
    if (name.equals("status.sidecar.istio.io/port") && !isPort(value)) {
      return Optional.of("has '" + value + "', which is no port");
    }
    return Optional.empty();
  }

  private static boolean isPort(String word) {
    return NUMBER.matcher(word).matches() && Long.parseLong(word) <= 65535;
  }

  private static boolean isRange(String word) {
    var four = CIDR.matcher(word);
    if (four.matches()) {
      for (String part : four.group(1).split("\\.", -1)) {
        if (Integer.parseInt(part) > 255) {
          return false;
        }
      }
      return Integer.parseInt(four.group(2)) <= 32;
    }
    return CIDR6.matcher(word).matches();
  }
}
