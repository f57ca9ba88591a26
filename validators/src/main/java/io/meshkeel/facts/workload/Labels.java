package io.meshkeel.facts.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * Labels and selectors of equal labels: {@code pkg/config/labels/instance.go} of istio/istio,
 * release 1.31.
 */
public final class Labels {
  private Labels() {}

  /** The strings of a map of labels or annotations; what is no string is left out. */
  public static Map<String, String> of(Map<String, Object> tree) {
    Map<String, String> labels = HashMap.newHashMap(tree.size());
    tree.forEach((key, value) -> {
      if (value instanceof String text) {
        labels.put(key, text);
      }
    });
    return Map.copyOf(labels);
  }

  /** {@code SubsetOf}: every label of the selector is there. An empty selector takes all. */
  public static boolean select(Map<String, String> selector, Map<String, String> labels) {
    if (selector.size() > labels.size()) {
      return false;
    }
    for (Map.Entry<String, String> wanted : selector.entrySet()) {
      if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
