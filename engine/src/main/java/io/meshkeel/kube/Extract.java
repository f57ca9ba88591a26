package io.meshkeel.kube;

import io.meshkeel.desired.Labels;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes from an object of Kubernetes' own kinds only what modules read, since it is kept in memory
 * as long as the object lives: of a pod its labels, Istio's annotations, names, ports and images of
 * containers, account, node, phase and readiness. Two states of an object between which no module
 * tells a difference are equal. Whole objects are reduced by {@link Reduction}.
 */
final class Extract {
  private static final String STATUS = "sidecar.istio.io/status";
  private static final Pattern REVISION = Pattern.compile("\"revision\"\\s*:\\s*\"[^\"]*\"");
  private static final Set<String> MAPS = Set.of("mesh", "config", "root-cert.pem");
  private static final String PROXY = "istio-proxy";

  private Extract() {}

  /**
   * @param item an object as parsed; items of lists don't say their kind
   * @throws IllegalArgumentException if it has no name, or holds what is no JSON
   */
  static Manifest of(Map<?, ?> item, GroupKind kind, String apiVersion) {
    if (kind.equals(ObservedKinds.SECRET) || kind.equals(ObservedKinds.DEFINITION)) {
      return slim(Reduction.reduce(item, kind, apiVersion));
    }
    Map<String, Object> tree = new HashMap<>();
    tree.put("apiVersion", apiVersion);
    tree.put("kind", kind.kind());
    tree.put("metadata", metadata(map(item, "metadata")));
    Map<?, ?> spec = map(item, "spec");
    Map<?, ?> status = map(item, "status");
    if (kind.equals(ObservedKinds.POD)) {
      tree.put("spec", podSpec(spec));
      tree.put("status", podStatus(status));
    } else if (kind.equals(ObservedKinds.SERVICE)) {
      tree.put(
          "spec",
          only(spec, "type", "clusterIP", "externalName", "externalIPs", "selector", "ports"));
      tree.put("status", only(status, "loadBalancer"));
    } else if (kind.equals(ObservedKinds.CRON_JOB)) {
      Map<?, ?> job = map(map(spec, "jobTemplate"), "spec");
      tree.put("spec", Map.of("jobTemplate", Map.of("spec", pods(job, true))));
    } else if (ObservedKinds.WORKLOADS.contains(kind)) {
      tree.put("spec", pods(spec, !between(item, kind)));
      if (kind.equals(ObservedKinds.DEPLOYMENT)) {
        tree.put("status", only(status, "readyReplicas"));
      }
    } else if (kind.equals(ObservedKinds.AUTOSCALER)) {
      tree.put("spec", only(spec, "scaleTargetRef", "minReplicas", "maxReplicas"));
    } else if (kind.equals(ObservedKinds.DISRUPTION_BUDGET)) {
      tree.put("spec", only(spec, "selector", "minAvailable", "maxUnavailable"));
    } else if (kind.equals(ObservedKinds.MUTATING_WEBHOOK)) {
      List<Map<String, Object>> hooks = new ArrayList<>();
      for (Map<?, ?> hook : Json.maps(item.get("webhooks"))) {
        hooks.add(only(hook, "name", "rules", "namespaceSelector", "objectSelector"));
      }
      tree.put("webhooks", hooks);
    } else if (kind.equals(ObservedKinds.CONFIG_MAP)) {
      tree.put("data", only(map(item, "data"), MAPS.toArray(String[]::new)));
    }
    return Manifest.of(tree);
  }

  /** An object in as much detail as a scope asks for. */
  static Manifest of(Map<?, ?> item, ObservedScope scope, String apiVersion) {
    return scope.detail() == ObservedScope.Detail.FACTS
        ? of(item, scope.kind(), apiVersion)
        : Reduction.reduce(item, scope.kind(), apiVersion);
  }

  private static Manifest slim(Manifest reduced) {
    Map<String, Object> tree = new HashMap<>(reduced.content());
    tree.put("metadata", metadata(reduced.metadata()));
    return Manifest.of(tree);
  }

  private static Map<String, Object> metadata(Map<?, ?> metadata) {
    Map<String, Object> kept = only(metadata, "name", "namespace", "labels", "creationTimestamp");
    Map<String, Object> annotations = annotations(map(metadata, "annotations"));
    if (!annotations.isEmpty()) {
      kept.put("annotations", annotations);
    }
    for (Map<?, ?> owner : Json.maps(metadata.get("ownerReferences"))) {
      if (Boolean.TRUE.equals(owner.get("controller"))) {
        kept.put("ownerReferences", List.of(only(owner, "kind", "name", "controller")));
      }
    }
    return kept;
  }

  /** Istio's and Meshkeel's own. */
  private static Map<String, Object> annotations(Map<?, ?> annotations) {
    Map<String, Object> kept = new HashMap<>();
    annotations.forEach((name, value) -> {
      if (name instanceof String key
          && value instanceof String text
          && (key.contains("istio.io/")
              || key.startsWith(Labels.OWN_PREFIX)
              || key.equals(ObservedKinds.CERTIFICATE_EXPIRY))) {
        kept.put(key, key.equals(STATUS) ? injection(text) : text);
      }
    });
    return kept;
  }

  /** What an injector left of its work, without the list of all that it added. */
  private static String injection(String status) {
    Matcher revision = REVISION.matcher(status);
    return status.isEmpty() ? "" : "{" + (revision.find() ? revision.group() : "") + "}";
  }

  /** Whether it stands between pods and what a person wrote: then its template is a copy. */
  private static boolean between(Map<?, ?> item, GroupKind kind) {
    return (kind.equals(ObservedKinds.REPLICA_SET) || kind.equals(ObservedKinds.JOB))
        && Json.maps(map(item, "metadata").get("ownerReferences")).stream()
            .anyMatch(owner -> Boolean.TRUE.equals(owner.get("controller")));
  }

  private static Map<String, Object> pods(Map<?, ?> spec, boolean templated) {
    Map<String, Object> kept = templated ? only(spec, "replicas") : new HashMap<>();
    Map<?, ?> template = map(spec, "template");
    if (templated && !template.isEmpty()) {
      Map<?, ?> metadata = map(template, "metadata");
      Map<String, Object> pod = new HashMap<>(only(metadata, "labels"));
      Map<String, Object> annotations = annotations(map(metadata, "annotations"));
      if (!annotations.isEmpty()) {
        pod.put("annotations", annotations);
      }
      kept.put("template", Map.of("metadata", pod, "spec", podSpec(map(template, "spec"))));
    }
    return kept;
  }

  private static Map<String, Object> podSpec(Map<?, ?> spec) {
    Map<String, Object> kept =
        only(spec, "serviceAccountName", "serviceAccount", "hostNetwork", "nodeName");
    for (String list : List.of("containers", "initContainers")) {
      List<Map<String, Object>> containers = new ArrayList<>();
      for (Map<?, ?> container : Json.maps(spec.get(list))) {
        containers.add(
            PROXY.equals(container.get("name"))
                ? only(container, "name", "image", "ports", "args")
                : only(container, "name", "image", "ports"));
      }
      if (!containers.isEmpty()) {
        kept.put(list, containers);
      }
    }
    return kept;
  }

  private static Map<String, Object> podStatus(Map<?, ?> status) {
    Map<String, Object> kept = only(status, "phase", "podIP");
    for (Map<?, ?> condition : Json.maps(status.get("conditions"))) {
      if ("Ready".equals(condition.get("type"))) {
        kept.put("conditions", List.of(only(condition, "type", "status")));
      }
    }
    return kept;
  }

  private static Map<?, ?> map(Map<?, ?> tree, String key) {
    return tree.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Map<String, Object> only(Map<?, ?> map, String... fields) {
    Map<String, Object> kept = new HashMap<>();
    for (String field : fields) {
      @Nullable Object value = map.get(field);
      if (value != null) {
        kept.put(field, value);
      }
    }
    return kept;
  }
}
