package io.meshkeel.report;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.util.List;

/**
 * What an accepted revision leaves to be put right: a point of a trend. Findings that a waiver
 * excepts are not counted.
 *
 * @param revision the commit
 * @param errors findings of severity {@code error}
 * @param warnings of severity {@code warn}
 * @param notes of severity {@code info}
 */
public record DebtRun(String revision, int errors, int warnings, int notes) {
  static DebtRun of(String revision, List<Finding> findings) {
    return new DebtRun(
        revision,
        count(findings, Severity.ERROR),
        count(findings, Severity.WARN),
        count(findings, Severity.INFO));
  }

  private static int count(List<Finding> findings, Severity severity) {
    return (int)
        findings.stream()
            .filter(finding -> finding.severity() == severity)
            .filter(finding -> finding.standing().state() != Standing.State.WAIVED)
            .count();
  }

  /** Of all severities. */
  public int total() {
    return errors + warnings + notes;
  }
}
