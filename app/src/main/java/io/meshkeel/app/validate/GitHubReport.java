package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.RulePages;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Workflow commands of GitHub Actions, which Gitea Actions understands too: {@code ::error
 * file=…,line=…,col=…,title=…::message}. A step shows at most {@value #SHOWN} annotations of each
 * level and drops the rest without a word, so the last of them tells how many there are beyond.
 *
 * @see <a
 *     href="https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions">Workflow
 *     commands</a>
 */
final class GitHubReport {
  /** 10 annotations of a level are shown for a step. */
  static final int SHOWN = 10;

  private final PrintWriter out;
  private final Suggestions suggestions;

  /**
   * @param suggestions fixes of what is printed
   */
  GitHubReport(PrintWriter out, Suggestions suggestions) {
    this.out = out;
    this.suggestions = suggestions;
  }

  void print(Validation validation) {
    Map<Severity, List<Finding>> levels = new EnumMap<>(Severity.class);
    for (Finding finding : validation.findings()) {
      Severity level = level(finding, validation.denies(finding));
      levels.computeIfAbsent(level, none -> new ArrayList<>()).add(finding);
    }
    List<String> failures = validation.failures();
    if (!failures.isEmpty()) {
      levels.computeIfAbsent(Severity.ERROR, none -> new ArrayList<>());
    }
    levels.forEach((level, findings) ->
        print(level, findings, level == Severity.ERROR ? failures : List.of()));
    out.flush();
  }

  /** An error that doesn't deny, being known or waived, must not look like one that does. */
  private static Severity level(Finding finding, boolean denies) {
    if (denies) {
      return Severity.ERROR;
    }
    return finding.severity() == Severity.ERROR ? Severity.WARN : finding.severity();
  }

  private void print(Severity level, List<Finding> findings, List<String> failures) {
    List<String> lines = new ArrayList<>();
    failures.forEach(why -> lines.add("::error title=meshkeel::" + data(why)));
    findings.forEach(finding -> lines.add(annotation(level, finding)));
    int shown = lines.size() > SHOWN ? SHOWN - 1 : lines.size();
    lines.subList(0, shown).forEach(out::println);
    if (shown < lines.size()) {
      int more = lines.size() - shown;
      out.println(
          "::%s title=meshkeel::%s"
              .formatted(
                  command(level),
                  data("and %d more: `meshkeel validate` shows all".formatted(more))));
    }
  }

  private String annotation(Severity level, Finding finding) {
    StringBuilder line = new StringBuilder("::").append(command(level)).append(' ');
    SourcePosition position = finding.position();
    if (position != null) {
      line.append("file=").append(property(position.file()));
      line.append(",line=").append(position.line());
      line.append(",col=").append(position.column()).append(',');
    }
    line.append("title=").append(property(finding.ruleId())).append("::");
    StringBuilder message = new StringBuilder();
    if (finding.resource() != null) {
      message.append(finding.resource()).append(": ");
    }
    message.append(finding.message());
    if (!finding.remediation().isEmpty()) {
      message.append(". Fix: ").append(finding.remediation());
    }
    suggestions.of(finding).map(Suggestion::hint).ifPresent(message::append);
    List<String> elsewhere = RulePages.elsewhere(finding.ruleId());
    if (!elsewhere.isEmpty()) {
      message.append(" [").append(String.join(", ", elsewhere)).append(']');
    }
    return line.append(data(message.toString())).toString();
  }

  private static String command(Severity level) {
    return switch (level) {
      case ERROR -> "error";
      case WARN -> "warning";
      case INFO -> "notice";
    };
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
