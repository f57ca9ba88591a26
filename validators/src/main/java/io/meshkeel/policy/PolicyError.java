package io.meshkeel.policy;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import java.util.Arrays;

/**
 * What can be wrong with a repository's own rules. Described in {@code docs/reference/policies.md};
 * ids are never given a new meaning. {@code P001} to {@code P005} deny every mesh that the rules
 * bind.
 */
public enum PolicyError {
  REFUSED("P001", "Rules that OPA refuses"),
  ONE_ID("P002", "Two rules with one id"),
  DESCRIPTION("P003", "A rule that isn't described as it must be"),
  RAN_OVER("P004", "A rule that ran over"),
  NO_ANSWER("P005", "A rule whose answer can't be used"),
  CASE("P006", "A case of a rule that can't be read"),
  CHANGE("P007", "What changed rules and settings would do");

  private final String id;
  private final String title;

  PolicyError(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Whether a finding says what is wrong with a rule, rather than what a rule found. */
  public static boolean isOf(Finding finding) {
    return finding.severity() == Severity.ERROR
        && Arrays.stream(values()).anyMatch(error -> error.id.equals(finding.ruleId()));
  }

  /** The stable id, for example {@code P001}: {@link io.meshkeel.model.Finding#ruleId()}. */
  public String id() {
    return id;
  }

  /** What it means, in a few words. */
  public String title() {
    return title;
  }
}
