package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Scope;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code policies/config.yaml}: {@code enforce} and {@code rules}, a map from rule to one
 * setting or to a list of them. Used once.
 */
final class SettingsReader {
  /** Where the settings are. */
  static final String FILE = "policies/config.yaml";

  private static final Set<String> FIELDS = Set.of("enforce", "rules");
  private static final Set<String> SETTING = Set.of("severity", "params", "scope");
  private static final Set<String> SCOPE = Set.of("mesh", "cluster", "namespace");

  private final PositionedYaml yaml;
  private final List<Finding> problems;
  private final List<Setting> settings = new ArrayList<>();

  private SettingsReader(PositionedYaml yaml, List<Finding> problems) {
    this.yaml = yaml;
    this.problems = problems;
  }

  /**
   * Reads the file.
   *
   * @param problems what is wrong is added here; then the settings must not be used
   */
  static PolicySettings read(byte[] content, List<Finding> problems) {
    PositionedYaml yaml = PositionedYaml.read(FILE, content);
    problems.addAll(yaml.problems());
    return new SettingsReader(yaml, problems).read();
  }

  private PolicySettings read() {
    Map<String, Object> root = yaml.root();
    known(root, JsonPath.ROOT, FIELDS);
    Enforce enforce = word(root, JsonPath.ROOT, "enforce", Enforce.values(), Enforce.NEW);
    JsonPath at = JsonPath.of("rules");
    map(root.get("rules"), at)
        .forEach((rule, said) -> {
          if (said instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
              setting(rule, list.get(i), at.field(rule).index(i));
            }
          } else {
            setting(rule, said, at.field(rule));
          }
        });
    return new PolicySettings(enforce, settings);
  }

  private void setting(String rule, Object said, JsonPath at) {
    Map<String, Object> map = map(said, at);
    known(map, at, SETTING);
    Optional<Level> level =
        map.containsKey("severity")
            ? Optional.of(word(map, at, "severity", Level.values(), Level.ERROR))
            : Optional.empty();
    JsonPath scopeAt = at.field("scope");
    Map<String, Object> scope = map(map.get("scope"), scopeAt);
    known(scope, scopeAt, SCOPE);
    settings.add(
        new Setting(
            rule,
            level,
            map(map.get("params"), at.field("params")),
            new Scope(
                name(scope, scopeAt, "mesh", MeshName::new),
                name(scope, scopeAt, "cluster", ClusterName::new),
                name(scope, scopeAt, "namespace", Function.identity())),
            yaml.position(at)));
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of PositionedYaml
  private Map<String, Object> map(@Nullable Object value, JsonPath at) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    if (value != null) {
      problem(at, "'" + at + "' must be a map, not " + Fields.typeOf(value), "write a map");
    }
    return Map.of();
  }

  private void known(Map<String, Object> map, JsonPath at, Set<String> known) {
    for (String field : new TreeSet<>(map.keySet())) {
      if (!known.contains(field)) {
        problem(
            at.field(field),
            "there is no field '" + field + "'" + ClosestName.hint(field, known),
            "use one of " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  private <E extends Enum<E>> E word(
      Map<String, Object> map, JsonPath at, String field, E[] values, E fallback) {
    Object value = map.get(field);
    if (value == null) {
      return fallback;
    }
    // YAML reads a bare off as a boolean.
    String word = Boolean.FALSE.equals(value) ? "off" : value.toString();
    List<String> words =
        Arrays.stream(values).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    int index = words.indexOf(word);
    if (index < 0) {
      problem(
          at.field(field),
          "'" + at.field(field) + "' is '" + word + "'" + ClosestName.hint(word, words),
          "use one of " + String.join(", ", words));
      return fallback;
    }
    return values[index];
  }

  private <T> Optional<T> name(
      Map<String, Object> scope, JsonPath at, String field, Function<String, T> read) {
    Object value = scope.get(field);
    if (value == null) {
      return Optional.empty();
    }
    try {
      if (value instanceof String name) {
        return Optional.of(read.apply(name));
      }
      problem(at.field(field), "'" + at.field(field) + "' is no text", "write a name in quotes");
    } catch (IllegalArgumentException e) {
      problem(at.field(field), String.valueOf(e.getMessage()), "write the name of a " + field);
    }
    return Optional.empty();
  }

  private void problem(JsonPath at, String message, String remediation) {
    problems.add(
        new Finding(
            DeclarationError.POLICY_SETTINGS.id(),
            Severity.ERROR,
            message,
            null,
            null,
            at,
            yaml.position(at),
            remediation));
  }
}
