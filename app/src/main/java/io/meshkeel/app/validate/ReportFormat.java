package io.meshkeel.app.validate;

import java.io.PrintWriter;

/** The forms in which {@code validate} tells what it found. */
public enum ReportFormat {
  /** For people, with the offending line. */
  text,
  /** For programs: an array of findings. */
  json,
  /** SARIF 2.1.0, as code scanning reads it. */
  sarif,
  /** JUnit's XML, as CI servers read it. */
  junit,
  /** Annotations of a GitHub or Gitea Actions step. */
  github,
  /** GitLab's code quality report. */
  gitlab,
  /** A section of a pull request's comment. */
  markdown,
  /** For programs: what each rule looked at. */
  counts;

  /**
   * Prints a whole report for whoever runs the command: the text in colours if that is a person.
   *
   * @param coloured whether the writer is a terminal that takes colours
   */
  void print(Validation validation, PrintWriter out, boolean coloured) {
    if (this == text) {
      new TextReport(out, coloured).print(validation);
    } else {
      print(validation, out);
    }
  }

  /** Writes a whole report and flushes; the writer stays open. */
  void print(Validation validation, PrintWriter out) {
    switch (this) {
      case text -> new TextReport(out, false).print(validation);
      case json -> new JsonReport(out).print(validation);
      case sarif -> new SarifReport(out).print(validation);
      case junit -> new JUnitReport(out).print(validation);
      case github ->
          new GitHubReport(out, new Suggestions(validation.snapshot())).print(validation);
      case gitlab -> new GitLabReport(out).print(validation);
      case markdown ->
          new MarkdownReport(out, new Suggestions(validation.snapshot())).print(validation);
      case counts -> CountsReport.json(validation, out);
    }
  }
}
