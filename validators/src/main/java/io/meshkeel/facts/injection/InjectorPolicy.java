package io.meshkeel.facts.injection;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.facts.workload.LabelSelector;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an injector does with a pod that it is called for: {@code injectRequired} in {@code
 * pkg/kube/inject/inject.go} of istio/istio, release 1.31.
 *
 * @param policy {@code enabled}, {@code disabled}, or a word that istiod takes as disabled for good
 * @param never pods that one of these takes are left alone
 * @param always pods that one of these takes are injected, if none of {@code never} takes them
 */
public record InjectorPolicy(String policy, List<LabelSelector> never, List<LabelSelector> always) {
  /** What the chart installs. */
  public static final InjectorPolicy DEFAULT = new InjectorPolicy("enabled", List.of(), List.of());

  /** {@code IgnoredNamespaces} in {@code pkg/kube/inject/initializer.go}. */
  public static final Set<String> IGNORED_NAMESPACES =
      Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

  private static final String INJECT = "sidecar.istio.io/inject";

  /** Whether a pod is injected, and why. */
  record Decision(boolean injected, String reason) {}

  public InjectorPolicy {
    never = List.copyOf(never);
    always = List.copyOf(always);
  }

  /**
   * Reads the ConfigMap {@code istio-sidecar-injector} of a revision: the key {@code config} holds
   * YAML. Without that key it is as the chart installs it; with a text that is no YAML nothing is
   * injected.
   */
  public static InjectorPolicy of(Manifest configMap) {
    String config = JsonTree.string(JsonTree.map(configMap.content(), "data"), "config", "");
    if (config.isEmpty()) {
      return DEFAULT;
    }
    PositionedYaml read = PositionedYaml.read("config", config.getBytes(StandardCharsets.UTF_8));
    Map<String, Object> root = read.problems().isEmpty() ? read.root() : Map.of();
    return new InjectorPolicy(
        JsonTree.string(root, "policy", ""),
        JsonTree.maps(root, "neverInjectSelector").stream().map(LabelSelector::of).toList(),
        JsonTree.maps(root, "alwaysInjectSelector").stream().map(LabelSelector::of).toList());
  }

  /** The label counts before the annotation; another word than true or false counts as none. */
  Decision decide(String namespace, PodShape pod) {
    if (pod.hostNetwork()) {
      return new Decision(false, "the pod uses the node's network (hostNetwork: true)");
    }
    if (IGNORED_NAMESPACES.contains(namespace)) {
      return new Decision(false, "Istio never injects into namespace " + namespace);
    }
    if (!policy.equals("enabled") && !policy.equals("disabled")) {
      return new Decision(
          false, "the injector's policy is \"" + policy + "\", neither enabled nor disabled");
    }
    String label = pod.labels().get(INJECT);
    String asked = label != null ? label : pod.annotations().getOrDefault(INJECT, "");
    String where = label != null ? "pod label " : "pod annotation ";
    if (asked.equals("true") || asked.equals("false")) {
      return new Decision(asked.equals("true"), where + INJECT + "=" + asked);
    }
    if (takes(never, pod)) {
      return new Decision(false, "the injector's neverInjectSelector takes the pod");
    }
    if (takes(always, pod)) {
      return new Decision(true, "the injector's alwaysInjectSelector takes the pod");
    }
    return policy.equals("enabled")
        ? new Decision(true, "the injector's policy is enabled")
        : new Decision(false, "the injector's policy is disabled, and the pod doesn't ask for it");
  }

  private static boolean takes(List<LabelSelector> selectors, PodShape pod) {
    return selectors.stream()
        .anyMatch(selector -> !selector.isEmpty() && selector.matches(pod.labels()));
  }
}
