package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meshkeel.model.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * GitLab's code quality report: an array of {@code {description, check_name, fingerprint, severity,
 * location {path, lines {begin}}}}. A finding without a place is told at the first line of its
 * mesh's file, since GitLab drops what has none.
 *
 * @see <a href="https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format">Code
 *     quality report format</a>
 */
final class GitLabReport {
  private final PrintWriter out;

  GitLabReport(PrintWriter out) {
    this.out = out;
  }

  void print(Validation validation) {
    List<String> fingerprints = validation.fingerprints();
    JsonOut.print(
        out,
        json -> {
          json.writeStartArray();
          for (int i = 0; i < validation.findings().size(); i++) {
            Finding finding = validation.findings().get(i);
            write(json, finding, fingerprints.get(i), validation.denies(finding));
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Finding finding, String fingerprint, boolean denies)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(
        "description",
        (finding.resource() == null ? "" : finding.resource() + ": ") + finding.message());
    json.writeStringField("check_name", finding.ruleId());
    json.writeStringField("fingerprint", fingerprint);
    json.writeStringField("severity", severity(finding, denies));
    json.writeObjectFieldStart("location");
    json.writeStringField("path", ReportPlace.file(finding));
    json.writeObjectFieldStart("lines");
    json.writeNumberField("begin", ReportPlace.line(finding));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String severity(Finding finding, boolean denies) {
    return switch (finding.severity()) {
      case ERROR -> "critical";
      case WARN -> denies ? "major" : "minor";
      case INFO -> "info";
    };
  }
}
