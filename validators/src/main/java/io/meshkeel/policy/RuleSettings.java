package io.meshkeel.policy;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Scope;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How severe findings are by the repository's {@code policies/config.yaml}. Pure. */
final class RuleSettings {
  private final Map<String, List<Setting>> levels;

  /** How severe findings are by these settings. */
  RuleSettings(PolicySettings settings) {
    this.levels =
        settings.rules().stream()
            .filter(setting -> setting.level().isPresent())
            .collect(Collectors.groupingBy(Setting::rule));
  }

  /** What is wrong with the settings, told of this mesh, which must be denied then. */
  static List<Finding> problems(
      PolicySettings settings,
      Set<String> rules,
      Map<String, Map<String, Object>> params,
      MeshName mesh) {
    List<Finding> problems = new ArrayList<>(0);
    for (Setting setting : settings.rules()) {
      if (!rules.contains(setting.rule())) {
        problems.add(
            problem(
                mesh,
                setting,
                JsonPath.of("rules", setting.rule()),
                "there is no rule '"
                    + setting.rule()
                    + "'"
                    + ClosestName.hint(setting.rule(), rules),
                "name a rule; broken declarations (D…) and schema errors (S…) can't be turned"
                    + " down"));
      }
      Map<String, Object> declared = params.getOrDefault(setting.rule(), Map.of());
      for (String param : new TreeSet<>(setting.params().keySet())) {
        param(setting, param, declared, mesh).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static Optional<Finding> param(
      Setting setting, String param, Map<String, Object> declared, MeshName mesh) {
    JsonPath at = JsonPath.of("rules", setting.rule(), "params", param);
    Object fallback = declared.get(param);
    if (fallback == null) {
      return Optional.of(
          problem(
              mesh,
              setting,
              at,
              "the rule "
                  + setting.rule()
                  + " has no parameter '"
                  + param
                  + "'"
                  + ClosestName.hint(param, declared.keySet()),
              declared.isEmpty()
                  ? "remove it: the rule has none"
                  : "use one of " + String.join(", ", new TreeSet<>(declared.keySet()))));
    }
    String wanted = type(fallback);
    String given = type(setting.params().getOrDefault(param, fallback));
    return wanted.equals(given)
        ? Optional.empty()
        : Optional.of(
            problem(
                mesh,
                setting,
                at,
                "the parameter '" + param + "' of " + setting.rule() + " is a " + given,
                "write a " + wanted + ", as the rule's METADATA do"));
  }

  private static String type(Object value) {
    return switch (value) {
      case Map<?, ?> map -> "map";
      case List<?> list -> "list";
      case Boolean flag -> "boolean";
      case Number number -> "number";
      default -> "text";
    };
  }

  private static Finding problem(
      MeshName mesh, Setting setting, JsonPath path, String message, String remediation) {
    return new Finding(
        GovernanceError.UNKNOWN_RULE.id(),
        Severity.ERROR,
        message,
        mesh,
        null,
        path,
        setting.position(),
        remediation);
  }

  /**
   * How severe a finding is by the narrowest setting of its rule that holds for it; of two that are
   * as narrow the later one.
   *
   * @return empty if it is turned off
   */
  Optional<Finding> applied(Finding finding) {
    return setting(
            finding.ruleId(),
            finding.mesh(),
            finding.cluster(),
            finding.resource() == null ? "" : finding.resource().namespace())
        .flatMap(Setting::level)
        .map(level ->
            level == Level.OFF
                ? Optional.<Finding>empty()
                : Optional.of(finding.with(Severity.valueOf(level.name()))))
        .orElse(Optional.of(finding));
  }

  /** Whether a rule that is off by default is asked for where this was found. */
  boolean turnsOn(Finding finding) {
    return setting(
            finding.ruleId(),
            finding.mesh(),
            finding.cluster(),
            finding.resource() == null ? "" : finding.resource().namespace())
        .flatMap(Setting::level)
        .map(level -> level != Level.OFF)
        .orElse(false);
  }

  private Optional<Setting> setting(
      String rule, @Nullable MeshName mesh, @Nullable ClusterName cluster, String namespace) {
    List<Setting> ofRule = levels.get(rule);
    if (ofRule == null) {
      return Optional.empty();
    }
    Setting narrowest = null;
    for (Setting setting : ofRule) {
      if (holds(setting.scope(), mesh, cluster, namespace)
          && (narrowest == null
              || setting.scope().narrowness() >= narrowest.scope().narrowness())) {
        narrowest = setting;
      }
    }
    return Optional.ofNullable(narrowest);
  }

  private static boolean holds(
      Scope scope, @Nullable MeshName mesh, @Nullable ClusterName cluster, String namespace) {
    return scope.mesh().map(name -> name.equals(mesh)).orElse(true)
        && scope.cluster().map(name -> name.equals(cluster)).orElse(true)
        && scope.namespace().map(name -> name.equals(namespace)).orElse(true);
  }
}
