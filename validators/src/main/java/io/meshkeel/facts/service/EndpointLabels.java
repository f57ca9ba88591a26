package io.meshkeel.facts.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Labels of an endpoint with those that Istio itself adds: {@code AugmentLabels} in {@code
 * pilot/pkg/serviceregistry/util/label/label.go} of istio/istio, release 1.31.
 */
final class EndpointLabels {
  private static final String NETWORK = "topology.istio.io/network";
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String SUBZONE = "topology.istio.io/subzone";

  /** What a pod has of its node, which nobody looked at. */
  private static final Set<String> OF_THE_NODE = Set.of(REGION, ZONE, SUBZONE);

  private EndpointLabels() {}

  /** Whether a subset takes an endpoint. */
  enum Match {
    YES,
    NO,
    /** It asks for a locality that isn't known. */
    UNKNOWN
  }

  /**
   * @param own labels of the pod or entry
   * @param cluster that it is in
   * @param network of it; empty if none is known
   * @param node that it runs on; empty for none
   * @param locality {@code region/zone/subzone}; empty if not known
   */
  static Map<String, String> of(
      Map<String, String> own, String cluster, String network, String node, String locality) {
    Map<String, String> all = new HashMap<>(own);
    String[] parts = locality.split("/", 3);
    put(all, REGION, parts[0]);
    put(all, ZONE, parts.length > 1 ? parts[1] : "");
    put(all, SUBZONE, parts.length > 2 ? parts[2] : "");
    put(all, "topology.istio.io/cluster", cluster);
    put(all, "kubernetes.io/hostname", node);
    if (all.getOrDefault(NETWORK, "").isEmpty()) {
      put(all, NETWORK, network);
    }
    return all;
  }

  private static void put(Map<String, String> labels, String key, String value) {
    if (!value.isEmpty()) {
      labels.put(key, value);
    }
  }

  /**
   * @param localityKnown whether labels of a locality that are missing are really not there
   */
  static Match match(
      Map<String, String> subset, Map<String, String> endpoint, boolean localityKnown) {
    boolean unknown = false;
    for (Map.Entry<String, String> wanted : subset.entrySet()) {
      String value = endpoint.get(wanted.getKey());
      if (value == null && !localityKnown && OF_THE_NODE.contains(wanted.getKey())) {
        unknown = true;
      } else if (!wanted.getValue().equals(value)) {
        return Match.NO;
      }
    }
    return unknown ? Match.UNKNOWN : Match.YES;
  }
}
