package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meshkeel.declaration.TextEdit;
import io.meshkeel.model.Finding;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.RulePages;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For programs: an array with an object for each finding, worst first: {@code {ruleId, elsewhere,
 * severity, verdict, message, mesh, cluster, resource {group, kind, namespace, name}, path,
 * location {file, line, column, exact}, related [{resource, cluster, path, location}], remediation,
 * fingerprint, standing, waiver, fix {title, edits [{startLine, startColumn, endLine, endColumn,
 * text}], byHand}}}. {@code verdict} is {@code denied} for a finding that denies, {@code accepted}
 * for one that doesn't. What is not known is null; {@code cluster} is named where the object was
 * found in one; {@code fix} is null where nothing is certain, and has no edits but a reason {@code
 * byHand} where the text can't be changed safely.
 */
final class JsonReport {
  private final PrintWriter out;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  void print(Validation validation) {
    List<String> fingerprints = validation.fingerprints();
    Suggestions suggestions = new Suggestions(validation.snapshot());
    JsonOut.print(
        out,
        json -> {
          json.writeStartArray();
          for (int i = 0; i < validation.findings().size(); i++) {
            Finding finding = validation.findings().get(i);
            json.writeStartObject();
            write(json, finding, fingerprints.get(i), validation.denies(finding));
            write(json, suggestions.of(finding));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Finding finding, String fingerprint, boolean denies)
      throws IOException {
    json.writeStringField("ruleId", finding.ruleId());
    json.writeArrayFieldStart("elsewhere");
    for (String code : RulePages.elsewhere(finding.ruleId())) {
      json.writeString(code);
    }
    json.writeEndArray();
    json.writeStringField("severity", finding.severity().word());
    json.writeStringField("verdict", denies ? "denied" : "accepted");
    json.writeStringField("message", finding.message());
    json.writeStringField("mesh", finding.mesh() == null ? null : finding.mesh().value());
    json.writeStringField("cluster", finding.cluster() == null ? null : finding.cluster().value());
    write(json, finding.resource());
    json.writeStringField("path", finding.path().toString());
    write(json, finding.position());
    json.writeArrayFieldStart("related");
    for (Finding.Related related : finding.related()) {
      json.writeStartObject();
      write(json, related.resource());
      json.writeStringField(
          "cluster", related.cluster() == null ? null : related.cluster().value());
      json.writeStringField("path", related.path().toString());
      write(json, related.position());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("remediation", finding.remediation());
    json.writeStringField("fingerprint", fingerprint);
    json.writeStringField("standing", finding.standing().state().name().toLowerCase(Locale.ROOT));
    json.writeStringField(
        "waiver", finding.standing().by().isEmpty() ? null : finding.standing().by());
  }

  private static void write(JsonGenerator json, Optional<Suggestion> fix) throws IOException {
    if (fix.isEmpty()) {
      json.writeNullField("fix");
      return;
    }
    json.writeObjectFieldStart("fix");
    json.writeStringField("title", fix.get().title());
    json.writeArrayFieldStart("edits");
    for (TextEdit edit : fix.get().edits()) {
      json.writeStartObject();
      json.writeNumberField("startLine", edit.start().line());
      json.writeNumberField("startColumn", edit.start().column());
      json.writeNumberField("endLine", edit.end().line());
      json.writeNumberField("endColumn", edit.end().column());
      json.writeStringField("text", edit.added());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("byHand", fix.get().byHand().isEmpty() ? null : fix.get().byHand());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable ResourceKey key) throws IOException {
    if (key == null) {
      json.writeNullField("resource");
      return;
    }
    json.writeObjectFieldStart("resource");
    json.writeStringField("group", key.group());
    json.writeStringField("kind", key.kind());
    json.writeStringField("namespace", key.namespace());
    json.writeStringField("name", key.name());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable SourcePosition position)
      throws IOException {
    if (position == null) {
      json.writeNullField("location");
      return;
    }
    json.writeObjectFieldStart("location");
    json.writeStringField("file", position.file());
    json.writeNumberField("line", position.line());
    json.writeNumberField("column", position.column());
    json.writeBooleanField("exact", position.exact());
    json.writeEndObject();
  }
}
