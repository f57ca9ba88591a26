package io.meshkeel.view;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An istiod that was seen in a cluster: a Deployment with the label {@code app: istiod}, as Istio's
 * chart writes it ({@code manifests/charts/istio-control/istio-discovery} of istio/istio).
 *
 * @param namespace where it runs
 * @param revision its revision
 * @param version the tag of its image; empty if it is named by digest
 * @param ready replicas that are ready
 * @param wanted replicas that are asked for
 */
record Istiod(String namespace, String revision, String version, long ready, long wanted) {
  private static final JsonPath CONTAINERS = JsonPath.of("template", "spec");

  static List<Istiod> in(SceneCluster cluster) {
    return among(cluster.of(ObservedKinds.DEPLOYMENT));
  }

  static List<Istiod> among(List<Manifest> deployments) {
    List<Istiod> found = new ArrayList<>();
    for (Manifest deployment : deployments) {
      if ("istiod".equals(deployment.labels().get("app"))) {
        found.add(
            new Istiod(
                deployment.key().namespace(),
                JsonTree.string(deployment.labels(), "istio.io/rev", "default"),
                version(deployment.spec()),
                number(JsonTree.map(deployment.content(), "status"), "readyReplicas", 0),
                number(deployment.spec(), "replicas", 1)));
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of JsonTree
  private static String version(Map<String, Object> spec) {
    Map<String, Object> pod =
        CONTAINERS.find(spec).map(found -> (Map<String, Object>) found).orElse(Map.of());
    return JsonTree.maps(pod, "containers").stream()
        .map(container -> tag(JsonTree.string(container, "image", "")))
        .filter(tag -> !tag.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The tag of an image; empty if it has none. */
  static String tag(String image) {
    int at = image.indexOf('@');
    String named = at < 0 ? image : image.substring(0, at);
    int colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(colon + 1) : "";
  }

  static long number(Map<String, Object> map, String field, long fallback) {
    return map.get(field) instanceof Long number ? number : fallback;
  }
}
