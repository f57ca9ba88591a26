package io.meshkeel.facts.security;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An AuthorizationPolicy as istiod reads it.
 *
 * @param key which one
 * @param action what it does
 * @param dryRun {@code istio.io/dry-run}: it is evaluated and logged, and changes nothing ({@code
 *     isDryRun} in {@code pilot/pkg/security/authz/builder/builder.go})
 * @param provider for {@link Action#CUSTOM}; otherwise empty
 * @param empty it has no rules, so that it matches nothing
 * @param rules those that istiod takes
 */
record AuthorizationView(
    ResourceKey key,
    Action action,
    boolean dryRun,
    String provider,
    boolean empty,
    List<AuthorizationRule> rules) {
  /** The words that Go's {@code strconv.ParseBool} takes as true. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  AuthorizationView {
    rules = List.copyOf(rules);
  }

  /** {@code spec.action}. */
  enum Action {
    ALLOW,
    DENY,
    CUSTOM,
    AUDIT;

    static Optional<Action> of(String word) {
      for (Action action : values()) {
        if (action.name().equals(word)) {
          return Optional.of(action);
        }
      }
      return Optional.empty();
    }
  }

  /** Empty if istiod doesn't know its action. */
  static Optional<AuthorizationView> of(Manifest manifest) {
    Map<String, Object> spec = manifest.spec();
    Optional<Action> action = Action.of(JsonTree.string(spec, "action", "ALLOW"));
    if (action.isEmpty()) {
      return Optional.empty();
    }
    List<AuthorizationRule> rules = new ArrayList<>();
    List<Map<String, Object>> written = JsonTree.maps(spec, "rules");
    for (int i = 0; i < written.size(); i++) {
      AuthorizationRule.of(i, written.get(i)).ifPresent(rules::add);
    }
    return Optional.of(
        new AuthorizationView(
            manifest.key(),
            action.get(),
            TRUE.contains(Labels.of(manifest.annotations()).getOrDefault("istio.io/dry-run", "")),
            JsonTree.string(JsonTree.map(spec, "provider"), "name", ""),
            written.isEmpty(),
            rules));
  }
}
