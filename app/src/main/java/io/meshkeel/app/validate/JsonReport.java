package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meshkeel.model.Finding;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * For programs: an array with an object for each finding, worst first: {@code {ruleId, severity,
 * verdict, message, mesh, cluster, resource {group, kind, namespace, name}, path, location {file,
 * line, column, exact}, related [{resource, cluster, path, location}], remediation, fingerprint,
 * standing, waiver}}. {@code verdict} is {@code denied} for a finding that denies, {@code accepted}
 * for one that doesn't. What is not known is null; {@code cluster} is named where the object was
 * found in one.
 *
 * <p>Last comes, for each mesh for which something could not be judged, an object with {@code
 * ruleId: not-judged}, {@code verdict: notJudged} and {@code notJudged [{rule, objects, reason}]}.
 */
final class JsonReport {
  private final PrintWriter out;

  JsonReport(PrintWriter out) {
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
          for (Verdict verdict : validation.verdicts()) {
            if (!verdict.notJudged().isEmpty()) {
              write(json, verdict);
            }
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Finding finding, String fingerprint, boolean denies)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.ruleId());
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
    json.writeEndObject();
  }

  /** What must not be taken for a pass. */
  private static void write(JsonGenerator json, Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", "not-judged");
    json.writeStringField("severity", Severity.INFO.word());
    json.writeStringField("verdict", "notJudged");
    json.writeStringField(
        "message",
        "not judged, for want of knowledge of the clusters: objects of %d rules"
            .formatted(
                verdict.notJudged().stream().map(Verdict.NotJudged::rule).distinct().count()));
    json.writeStringField("mesh", verdict.mesh().value());
    json.writeNullField("cluster");
    json.writeNullField("resource");
    json.writeStringField("path", "");
    json.writeNullField("location");
    json.writeArrayFieldStart("related");
    json.writeEndArray();
    json.writeStringField(
        "remediation", "Name a snapshot of the clusters by --snapshot that holds these kinds");
    json.writeArrayFieldStart("notJudged");
    for (Verdict.NotJudged one : verdict.notJudged()) {
      json.writeStartObject();
      json.writeStringField("rule", one.rule());
      json.writeNumberField("objects", one.objects());
      json.writeStringField("reason", one.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
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
