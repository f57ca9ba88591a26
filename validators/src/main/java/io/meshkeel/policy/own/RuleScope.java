package io.meshkeel.policy.own;

import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Setting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What settings say of one rule within one mesh, by namespace. Not thread-safe. */
final class RuleScope {
  private final OwnRule rule;
  private final List<Setting> settings;
  private final Map<String, Optional<Map<String, Object>>> byNamespace = new HashMap<>();

  RuleScope(OwnRule rule, PolicySettings all, MeshName mesh) {
    this.rule = rule;
    // The widest first: a narrower one is laid over it, of two that are as narrow the later one.
    this.settings =
        all.rules().stream()
            .filter(setting ->
                setting.rule().equals(rule.id())
                    && setting.scope().cluster().isEmpty()
                    && setting.scope().mesh().map(mesh::equals).orElse(true))
            .sorted(Comparator.comparingInt(setting -> setting.scope().narrowness()))
            .toList();
  }

  /** The rule's parameters in a namespace; empty if it isn't asked there. */
  Optional<Map<String, Object>> in(String namespace) {
    return byNamespace.computeIfAbsent(namespace, this::read);
  }

  private Optional<Map<String, Object>> read(String namespace) {
    boolean asked = rule.enabled();
    Map<String, Object> params = new HashMap<>(rule.params());
    for (Setting setting : settings) {
      if (setting.scope().namespace().map(namespace::equals).orElse(true)) {
        if (setting.level().isPresent()) {
          asked = setting.level().get() != Level.OFF;
        }
        params.putAll(setting.params());
      }
    }
    return asked ? Optional.of(Map.copyOf(params)) : Optional.empty();
  }
}
