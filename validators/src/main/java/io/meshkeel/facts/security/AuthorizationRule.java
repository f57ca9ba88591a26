package io.meshkeel.facts.security;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule of an AuthorizationPolicy: {@code New} in {@code
 * pilot/pkg/security/authz/model/model.go}. It matches if some caller and some target do.
 *
 * @param index in {@code spec.rules}
 * @param callers each a list of requirements that must all hold; an empty one takes any caller
 * @param targets the same for what is called
 */
record AuthorizationRule(int index, List<List<Condition>> callers, List<List<Condition>> targets) {
  AuthorizationRule {
    callers = List.copyOf(callers);
    targets = List.copyOf(targets);
  }

  /** Empty if istiod leaves the rule out, because a {@code when} has a key that it doesn't know. */
  static Optional<AuthorizationRule> of(int index, Map<String, Object> rule) {
    List<Condition> ofCaller = new ArrayList<>();
    List<Condition> ofTarget = new ArrayList<>();
    for (Map<String, Object> when : JsonTree.maps(rule, "when")) {
      Optional<Condition.Key> key = Attribute.of(JsonTree.string(when, "key", ""));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      Condition condition =
          new Condition(
              key.get(), JsonTree.strings(when, "values"), JsonTree.strings(when, "notValues"));
      if (!condition.isNothing()) {
        (key.get().attribute().ofCaller() ? ofCaller : ofTarget).add(condition);
      }
    }
    return Optional.of(
        new AuthorizationRule(
            index,
            lists(rule, "from", "source", ofCaller, SOURCE),
            lists(rule, "to", "operation", ofTarget, OPERATION)));
  }

  private static final Map<String, Attribute> SOURCE =
      Map.of(
          "principals", Attribute.SOURCE_PRINCIPAL,
          "requestPrincipals", Attribute.REQUEST_PRINCIPAL,
          "serviceAccounts", Attribute.SOURCE_SERVICE_ACCOUNT,
          "trustDomains", Attribute.SOURCE_TRUST_DOMAIN,
          "namespaces", Attribute.SOURCE_NAMESPACE,
          "remoteIpBlocks", Attribute.REMOTE_IP,
          "ipBlocks", Attribute.SOURCE_IP);
  private static final Map<String, Attribute> OPERATION =
      Map.of(
          "hosts", Attribute.HOST,
          "methods", Attribute.METHOD,
          "paths", Attribute.PATH,
          "ports", Attribute.DESTINATION_PORT);

  private static List<List<Condition>> lists(
      Map<String, Object> rule,
      String list,
      String field,
      List<Condition> always,
      Map<String, Attribute> attributes) {
    List<Map<String, Object>> items = JsonTree.maps(rule, list);
    if (items.isEmpty()) {
      return List.of(List.copyOf(always));
    }
    List<List<Condition>> all = new ArrayList<>();
    for (Map<String, Object> item : items) {
      Map<String, Object> holder = JsonTree.map(item, field);
      List<Condition> conditions = new ArrayList<>();
      attributes.entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .forEach(entry -> {
            String name = entry.getKey();
            String not = "not" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            Condition condition =
                new Condition(
                    new Condition.Key(entry.getValue(), ""),
                    JsonTree.strings(holder, name),
                    JsonTree.strings(holder, not));
            if (!condition.isNothing()) {
              conditions.add(condition);
            }
          });
      conditions.addAll(always);
      all.add(List.copyOf(conditions));
    }
    return List.copyOf(all);
  }
}
