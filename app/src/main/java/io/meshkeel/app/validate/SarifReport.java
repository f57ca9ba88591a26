package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meshkeel.app.Version;
import io.meshkeel.declaration.TextEdit;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import io.meshkeel.policy.FindingTitles;
import io.meshkeel.policy.RulePages;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * SARIF 2.1.0: one run, whose rules are those that found something. Results come worst first, since
 * GitHub shows the first 5,000 of a run and takes at most {@value #MOST_RESULTS}; what is beyond is
 * counted in a notification of the tool.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifReport {
  /** 25,000 results are taken by GitHub's code scanning. */
  static final int MOST_RESULTS = 25_000;

  private final PrintWriter out;

  SarifReport(PrintWriter out) {
    this.out = out;
  }

  void print(Validation validation) {
    List<String> ids =
        List.copyOf(new TreeSet<>(validation.findings().stream().map(Finding::ruleId).toList()));
    JsonOut.print(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
          json.writeStringField("version", "2.1.0");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          writeTool(json, ids);
          writeInvocation(json, validation);
          json.writeStringField("columnKind", "unicodeCodePoints");
          writeResults(json, validation, ids);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeTool(JsonGenerator json, List<String> ids) throws IOException {
    Map<String, String> titles = FindingTitles.all();
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Meshkeel");
    json.writeStringField("version", Version.current());
    json.writeArrayFieldStart("rules");
    for (String id : ids) {
      String title = titles.getOrDefault(id, id);
      json.writeStartObject();
      json.writeStringField("id", id);
      text(json, "shortDescription", title);
      json.writeObjectFieldStart("help");
      json.writeStringField(
          "text",
          titles.containsKey(id)
              ? title + ". `meshkeel explain " + id + "` says more."
              : "A rule of the repository's own: see policies/.");
      var page = RulePages.page(id);
      if (page.isPresent()) {
        json.writeStringField("markdown", page.get());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeArrayFieldStart("tags");
      for (String code : RulePages.elsewhere(id)) {
        json.writeString(code);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeInvocation(JsonGenerator json, Validation validation)
      throws IOException {
    List<String> notes = new ArrayList<>(validation.failures());
    boolean successful = notes.isEmpty();
    int beyond = validation.findings().size() - MOST_RESULTS;
    if (beyond > 0) {
      notes.add("and " + beyond + " more findings: `meshkeel validate` shows all");
    }
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", successful);
    json.writeArrayFieldStart("toolExecutionNotifications");
    for (String note : notes) {
      json.writeStartObject();
      json.writeStringField("level", successful ? "note" : "error");
      text(json, "message", note);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeResults(JsonGenerator json, Validation validation, List<String> ids)
      throws IOException {
    List<String> fingerprints = validation.fingerprints();
    Suggestions suggestions = new Suggestions(validation.snapshot());
    json.writeArrayFieldStart("results");
    int most = Math.min(MOST_RESULTS, validation.findings().size());
    for (int i = 0; i < most; i++) {
      Finding finding = validation.findings().get(i);
      json.writeStartObject();
      json.writeStringField("ruleId", finding.ruleId());
      json.writeNumberField("ruleIndex", ids.indexOf(finding.ruleId()));
      json.writeStringField("level", level(finding, validation.denies(finding)));
      text(json, "message", message(finding));
      writeLocation(json, finding);
      writeRelated(json, finding.related());
      Optional<Suggestion> suggestion = suggestions.of(finding);
      if (suggestion.isPresent() && !suggestion.get().edits().isEmpty()) {
        writeFix(json, suggestion.get());
      }
      writeStanding(json, finding.standing());
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("meshkeel/v1", fingerprints.get(i));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeStanding(JsonGenerator json, Standing standing) throws IOException {
    switch (standing.state()) {
      case NEW -> json.writeStringField("baselineState", "new");
      case KNOWN -> json.writeStringField("baselineState", "unchanged");
      case WAIVED -> {
        json.writeArrayFieldStart("suppressions");
        json.writeStartObject();
        json.writeStringField("kind", "external");
        json.writeStringField("status", "accepted");
        json.writeStringField("justification", "waiver " + standing.by());
        json.writeEndObject();
        json.writeEndArray();
      }
    }
  }

  private static void writeLocation(JsonGenerator json, Finding finding) throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    writeFile(json, ReportPlace.file(finding));
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", ReportPlace.line(finding));
    SourcePosition position = finding.position();
    if (position != null) {
      json.writeNumberField("startColumn", position.column());
    }
    json.writeEndObject();
    json.writeEndObject();
    if (finding.resource() != null) {
      writeObject(json, finding.resource(), finding.path());
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeFile(JsonGenerator json, String file) throws IOException {
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", ReportUri.of(file));
    json.writeStringField("uriBaseId", "%SRCROOT%");
    json.writeEndObject();
  }

  private static void writeObject(JsonGenerator json, ResourceKey object, JsonPath path)
      throws IOException {
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("kind", "resource");
    json.writeStringField("name", object.toString());
    json.writeStringField("fullyQualifiedName", (object + " " + path).strip());
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeRelated(JsonGenerator json, List<Finding.Related> related)
      throws IOException {
    json.writeArrayFieldStart("relatedLocations");
    for (int i = 0; i < related.size(); i++) {
      Finding.Related other = related.get(i);
      json.writeStartObject();
      json.writeNumberField("id", i + 1);
      SourcePosition position = other.position();
      if (position != null) {
        json.writeObjectFieldStart("physicalLocation");
        writeFile(json, position.file());
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", position.line());
        json.writeNumberField("startColumn", position.column());
        json.writeEndObject();
        json.writeEndObject();
      }
      writeObject(json, other.resource(), other.path());
      text(
          json,
          "message",
          other.resource() + (other.cluster() == null ? "" : " in cluster " + other.cluster()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeFix(JsonGenerator json, Suggestion suggestion) throws IOException {
    json.writeArrayFieldStart("fixes");
    json.writeStartObject();
    text(json, "description", suggestion.title());
    json.writeArrayFieldStart("artifactChanges");
    json.writeStartObject();
    writeFile(json, suggestion.edits().getFirst().start().file());
    json.writeArrayFieldStart("replacements");
    for (TextEdit edit : suggestion.edits()) {
      json.writeStartObject();
      json.writeObjectFieldStart("deletedRegion");
      json.writeNumberField("startLine", edit.start().line());
      json.writeNumberField("startColumn", edit.start().column());
      json.writeNumberField("endLine", edit.end().line());
      json.writeNumberField("endColumn", edit.end().column());
      json.writeEndObject();
      text(json, "insertedContent", edit.added());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String message(Finding finding) {
    String fix = finding.remediation().isEmpty() ? "" : ". Fix: " + finding.remediation();
    return (finding.resource() == null ? "" : finding.resource() + ": ") + finding.message() + fix;
  }

  private static String level(Finding finding, boolean denies) {
    return switch (finding.severity()) {
      case ERROR -> "error";
      case WARN -> denies ? "error" : "warning";
      case INFO -> denies ? "error" : "note";
    };
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}
