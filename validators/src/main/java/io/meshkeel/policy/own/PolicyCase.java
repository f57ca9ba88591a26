package io.meshkeel.policy.own;

import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule must say of some documents.
 *
 * @param rule id
 * @param name for people
 * @param bad whether it must find something
 * @param documents what the revision declares, each a Kubernetes object
 * @param before what the revision is compared with; empty: everything is new
 * @param inventory what clusters hold, by the cluster's name
 * @param params parameters of the rule, beside its defaults
 * @param at the paths that it must point to; empty: any
 * @param message what it must say; empty: anything
 * @param position where the case stands
 */
public record PolicyCase(
    String rule,
    String name,
    boolean bad,
    List<Map<String, Object>> documents,
    Optional<List<Map<String, Object>>> before,
    Map<String, List<Map<String, Object>>> inventory,
    Map<String, Object> params,
    List<String> at,
    String message,
    SourcePosition position) {
  public PolicyCase {
    documents = List.copyOf(documents);
    inventory = Map.copyOf(inventory);
    params = Map.copyOf(params);
    at = List.copyOf(at);
  }
}
