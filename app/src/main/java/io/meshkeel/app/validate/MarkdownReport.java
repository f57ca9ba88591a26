package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.RulePages;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A section for a pull request's comment or a step's summary: a line for each mesh, a table of the
 * worst findings as far as {@value #MOST_CHARACTERS} characters go, and how many there are beyond.
 * Nothing of the repository's content becomes markup: no mention, no link, no picture, no HTML.
 */
final class MarkdownReport {
  /** 50,000 characters of rows: GitHub takes 65,536 for a comment. */
  static final int MOST_CHARACTERS = 50_000;

  /** 300 characters of a cell are shown. */
  static final int MOST_TEXT = 300;

  private static final String MARKUP = "\\`*_{}[]()<>#+-.!|~&@:/";

  /** Breaks what forges look for in the finished text: mentions and references. */
  private static final char ZERO_WIDTH_SPACE = '\u200B';

  private final PrintWriter out;
  private final Suggestions suggestions;

  /**
   * @param suggestions fixes of what is printed
   */
  MarkdownReport(PrintWriter out, Suggestions suggestions) {
    this.out = out;
    this.suggestions = suggestions;
  }

  void print(Validation validation) {
    out.println("### Meshkeel");
    out.println();
    for (Verdict verdict : validation.verdicts()) {
      out.println(
          "* mesh **%s**: %s, %s"
              .formatted(
                  escape(verdict.mesh().value()),
                  verdict.outcome().name().toLowerCase(Locale.ROOT),
                  TextReport.counts(verdict.findings())
                      + verdict.debt().map(debt -> "; debt " + debt.inShort()).orElse("")));
    }
    validation.failures().forEach(why -> out.println("* could not be judged: " + escape(why)));
    List<Finding> findings = validation.findings();
    if (!findings.isEmpty()) {
      out.println();
      out.println("| | rule | where | what | fix |");
      out.println("| --- | --- | --- | --- | --- |");
    }
    int shown = 0;
    int length = 0;
    for (Finding finding : findings) {
      String row = row(validation, finding);
      length += row.length() + 1;
      if (length > MOST_CHARACTERS) {
        break;
      }
      out.println(row);
      shown++;
    }
    if (shown < findings.size()) {
      out.println();
      out.println("and %d more: `meshkeel validate` shows all".formatted(findings.size() - shown));
    }
    out.flush();
  }

  private String row(Validation validation, Finding finding) {
    String where =
        (finding.position() == null ? "" : finding.position() + " ")
            + (finding.resource() == null ? "" : finding.resource().toString());
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            finding.severity().word() + (validation.denies(finding) ? ", denies" : ""),
            escape(
                String.join(
                    ", ",
                    Stream.concat(
                            Stream.of(finding.ruleId()),
                            RulePages.elsewhere(finding.ruleId()).stream())
                        .toList())),
            escape(where.strip()),
            escape(finding.message()),
            escape(
                finding.remediation() + suggestions.of(finding).map(Suggestion::hint).orElse("")));
  }

  /** Text that Markdown shows as it is, on one line. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .limit(MOST_TEXT)
        .forEach(c -> {
          if (c < 0x80 && MARKUP.indexOf(c) >= 0) {
            escaped.append('\\').appendCodePoint(c);
            if (c == '@' || c == '#') {
              escaped.append(ZERO_WIDTH_SPACE);
            }
          } else if (Character.isISOControl(c)) {
            escaped.append(' ');
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return text.codePointCount(0, text.length()) > MOST_TEXT
        ? escaped.append('…').toString()
        : escaped.toString();
  }
}
