package io.meshkeel.app.validate;

import io.meshkeel.app.validate.Fixing.Left;
import io.meshkeel.model.Finding;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** For people: what fixes did, a line each. */
final class FixReport {
  private FixReport() {}

  /**
   * Tells what was fixed and what wasn't.
   *
   * @param word {@code fixed}, or {@code would fix} if nothing is written
   */
  static void print(Fixing fixing, String word, PrintWriter out) {
    for (Finding finding : fixing.done()) {
      out.println(line(finding, word));
    }
    for (Left left : fixing.left()) {
      out.println(line(left.finding(), "not fixed") + "; by hand, since " + left.reason());
    }
    int done = fixing.done().size();
    int files = fixing.files().size();
    out.println(
        "%s %d %s in %d %s"
            .formatted(
                word,
                done,
                done == 1 ? "finding" : "findings",
                files,
                files == 1 ? "file" : "files"));
    out.println();
    out.flush();
  }

  private static String line(Finding finding, String word) {
    return SourceExcerpt.printable(
        "%s: %s %s: %s"
            .formatted(
                finding.position(),
                word,
                finding.ruleId(),
                Objects.requireNonNull(finding.fix()).title()));
  }

  /** The changes as one text for {@code git apply}. */
  static String diff(Fixing fixing) {
    StringBuilder diff = new StringBuilder();
    for (var file : fixing.files().entrySet()) {
      ChangedFile changed = file.getValue();
      diff.append(
          UnifiedDiff.of(
              file.getKey(),
              changed.was() == null ? "" : new String(changed.was(), StandardCharsets.UTF_8),
              new String(changed.becomes(), StandardCharsets.UTF_8)));
    }
    return diff.toString();
  }
}
