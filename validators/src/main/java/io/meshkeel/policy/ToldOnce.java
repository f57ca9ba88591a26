package io.meshkeel.policy;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mistake is told once, by the rule that says most of it.
 *
 * <ul>
 *   <li>What a definition or istiod's webhook refuses (S011, S012) gives way to the rule that finds
 *       the same mistake and points to the very field. It stays where that finding is waived or
 *       turned down, since the object would be refused all the same.
 *   <li>That a host is short (M104, info) gives way to that it leads nowhere (M103, M203).
 *   <li>That a DestinationRule's host is unknown (M203) gives way to that it lacks its end (M104).
 * </ul>
 *
 * <p>Pure.
 */
final class ToldOnce {
  /** By rule, what the others say of its mistake, each a part of the message. */
  private static final Map<String, List<String>> SAME =
      Map.of("M402", List.of("portLevelMtls requires selector", "ports need a selector"));

  private static final Set<String> OF_HOSTS = Set.of("M103", "M104", "M203");

  private final Set<OfObject> refused = new HashSet<>();
  private final Set<OfHost> hosts = new HashSet<>();

  private ToldOnce(List<Finding> governed) {
    for (Finding finding : governed) {
      ResourceKey resource = finding.resource();
      if (resource == null) {
        continue;
      }
      if (OF_HOSTS.contains(finding.ruleId())) {
        hosts.add(OfHost.of(finding.ruleId(), finding.severity(), finding));
      }
      if (SAME.containsKey(finding.ruleId()) && binds(finding)) {
        refused.add(new OfObject(finding.ruleId(), resource));
      }
    }
  }

  private record OfObject(String rule, ResourceKey resource) {}

  /** What is said of a host of an object. */
  private record OfHost(
      String rule, Severity severity, @Nullable ResourceKey resource, JsonPath path) {
    static OfHost of(String rule, Severity severity, Finding at) {
      return new OfHost(rule, severity, at.resource(), at.path());
    }
  }

  /**
   * Leaves out what others say better.
   *
   * @param governed with their severity and standing
   */
  static List<Finding> of(List<Finding> governed) {
    ToldOnce told = new ToldOnce(governed);
    return told.refused.isEmpty() && told.hosts.isEmpty()
        ? governed
        : governed.stream().filter(finding -> !told.isSaidBetter(finding)).toList();
  }

  private boolean isSaidBetter(Finding finding) {
    return switch (finding.ruleId()) {
      case "S011", "S012" -> isRefused(finding);
      case "M104" ->
          finding.severity() == Severity.INFO
              && (isSaid("M103", Severity.ERROR, finding)
                  || isSaid("M203", Severity.WARN, finding));
      case "M203" -> isSaid("M104", Severity.WARN, finding);
      default -> false;
    };
  }

  private boolean isSaid(String rule, Severity severity, Finding at) {
    return hosts.contains(OfHost.of(rule, severity, at));
  }

  private static boolean binds(Finding finding) {
    return finding.severity() == Severity.ERROR
        && finding.standing().state() != Standing.State.WAIVED;
  }

  private boolean isRefused(Finding finding) {
    ResourceKey resource = finding.resource();
    return resource != null
        && SAME.entrySet().stream()
            .filter(same -> refused.contains(new OfObject(same.getKey(), resource)))
            .anyMatch(same -> same.getValue().stream().anyMatch(finding.message()::contains));
  }
}
