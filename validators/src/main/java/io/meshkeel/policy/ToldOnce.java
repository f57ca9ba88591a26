package io.meshkeel.policy;

import io.meshkeel.model.Finding;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One mistake is told once: what a definition or istiod's webhook refuses (S011, S012) gives way to
 * the rule that finds the same mistake and points to the very field. It stays where that finding is
 * waived or turned down, since the object would be refused all the same. Pure.
 */
final class ToldOnce {
  private static final Set<String> REFUSALS = Set.of("S011", "S012");

  /** By rule, what the others say of its mistake, each a part of the message. */
  private static final Map<String, List<String>> SAME =
      Map.of("M402", List.of("portLevelMtls requires selector", "ports need a selector"));

  private ToldOnce() {}

  private record At(String rule, ResourceKey resource) {}

  /**
   * @param governed with their severity and standing
   */
  static List<Finding> of(List<Finding> governed) {
    Set<At> told = new HashSet<>();
    for (Finding finding : governed) {
      if (SAME.containsKey(finding.ruleId()) && binds(finding) && finding.resource() != null) {
        told.add(new At(finding.ruleId(), Objects.requireNonNull(finding.resource())));
      }
    }
    return told.isEmpty()
        ? governed
        : governed.stream().filter(finding -> !isTold(finding, told)).toList();
  }

  private static boolean binds(Finding finding) {
    return finding.severity() == Severity.ERROR
        && finding.standing().state() != Standing.State.WAIVED;
  }

  private static boolean isTold(Finding finding, Set<At> told) {
    ResourceKey resource = finding.resource();
    return resource != null
        && REFUSALS.contains(finding.ruleId())
        && SAME.entrySet().stream()
            .filter(same -> told.contains(new At(same.getKey(), resource)))
            .anyMatch(same -> same.getValue().stream().anyMatch(finding.message()::contains));
  }
}
