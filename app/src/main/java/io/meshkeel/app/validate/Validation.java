package io.meshkeel.app.validate;

import io.meshkeel.app.ExitCode;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said of a folder.
 *
 * @param snapshot the folder
 * @param findings of all meshes and of none, worst first
 * @param verdicts one for each mesh that could be judged, by name
 * @param objects the number of objects of each verdict's mesh, in the same order
 * @param broken whether declarations could not be read
 * @param strict whether findings that are no errors deny too
 * @param failure why policy could not be asked at all
 */
record Validation(
    Snapshot snapshot,
    List<Finding> findings,
    List<Verdict> verdicts,
    List<Integer> objects,
    boolean broken,
    boolean strict,
    Optional<String> failure) {
  Validation {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(Finding.ORDER);
    findings = List.copyOf(sorted);
    verdicts = List.copyOf(verdicts);
    objects = List.copyOf(objects);
  }

  /** Whether this finding denies. */
  boolean denies(Finding finding) {
    return strict || finding.severity() == Severity.ERROR;
  }

  /** Every reason why policy could not be asked. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    failure.ifPresent(failures::add);
    for (Verdict verdict : verdicts) {
      verdict.failure().ifPresent(why -> failures.add("mesh " + verdict.mesh() + ": " + why));
    }
    return failures;
  }

  /** One of {@link ExitCode}: the worst that applies. */
  int exitCode() {
    if (!failures().isEmpty()) {
      return ExitCode.UNABLE;
    }
    if (broken) {
      return ExitCode.WRONG_USE;
    }
    return verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.DENIED)
        ? ExitCode.FINDINGS
        : ExitCode.GOOD;
  }
}
