package io.meshkeel.app.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.meshkeel.app.policy.Impact.Change;
import io.meshkeel.app.policy.Impact.Head;
import io.meshkeel.app.policy.Impact.Merged;
import io.meshkeel.app.policy.Impact.Needed;
import io.meshkeel.app.policy.Impact.OfMesh;
import io.meshkeel.model.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what other policies would change: for people, or as JSON. */
final class ImpactReport {
  /** 20 findings of a mesh are told to people. */
  static final int SHOWN = 20;

  private final PrintWriter out;

  ImpactReport(PrintWriter out) {
    this.out = out;
  }

  void text(Impact impact) {
    for (Head head : impact.heads()) {
      out.println(head.branch() + " (" + head.revision().abbreviated() + ")");
      head.meshes().forEach(this::mesh);
    }
    List<Merged> changed =
        impact.commits().stream()
            .filter(commit ->
                commit.meshes().stream().anyMatch(mesh -> mesh.change() != Change.UNCHANGED))
            .toList();
    for (Merged commit : changed) {
      out.println(
          "commit %s%s: %s"
              .formatted(
                  commit.commit().revision().abbreviated(),
                  commit.stopped() ? " would have been stopped" : "",
                  commit.commit().subject()));
      commit.meshes().stream()
          .filter(mesh -> mesh.change() != Change.UNCHANGED)
          .forEach(this::mesh);
    }
    if (!impact.commits().isEmpty()) {
      out.println(
          "%d of the last %d commits would have been stopped, %d unchanged"
              .formatted(
                  impact.commits().stream().filter(Merged::stopped).count(),
                  impact.commits().size(),
                  impact.commits().size() - changed.size()));
    }
    List<Needed> waivers = impact.waivers();
    out.println(waivers.isEmpty() ? "no waiver is needed" : "waivers needed: " + waivers.size());
    for (Needed one : waivers) {
      out.println(
          "  %s: %s (%s)"
              .formatted(
                  one.rule(),
                  one.match().entrySet().stream()
                      .map(field -> field.getKey() + " " + field.getValue())
                      .collect(Collectors.joining(", ")),
                  String.join(", ", one.branches())));
    }
    out.flush();
  }

  private void mesh(OfMesh mesh) {
    out.println(
        "  mesh %s: %s (%s before, %s after)"
            .formatted(
                mesh.mesh(),
                word(mesh.change()).replace('_', ' '),
                word(mesh.before()),
                word(mesh.after())));
    if (!mesh.why().isEmpty()) {
      out.println("    " + mesh.why());
    }
    findings("+", mesh.failing());
    findings("-", mesh.passing());
  }

  private void findings(String sign, List<Finding> findings) {
    findings.stream()
        .limit(SHOWN)
        .forEach(finding -> out.println("    " + sign + " " + finding.oneLine()));
    if (findings.size() > SHOWN) {
      out.println("    " + sign + " and " + (findings.size() - SHOWN) + " more");
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** {@code {heads: [], commits: [], waivers: []}}. */
  void json(Impact impact) {
    try {
      JsonGenerator json = new JsonFactory().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeArrayFieldStart("heads");
      for (Head head : impact.heads()) {
        json.writeStartObject();
        json.writeStringField("branch", head.branch());
        json.writeStringField("commit", head.revision().sha());
        meshes(json, head.meshes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("commits");
      for (Merged commit : impact.commits()) {
        json.writeStartObject();
        json.writeStringField("commit", commit.commit().revision().sha());
        json.writeStringField("subject", commit.commit().subject());
        json.writeBooleanField("stopped", commit.stopped());
        meshes(json, commit.meshes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("waivers");
      for (Needed one : impact.waivers()) {
        json.writeStartObject();
        json.writeStringField("rule", one.rule());
        json.writeObjectFieldStart("match");
        for (Map.Entry<String, Object> field : one.match().entrySet()) {
          json.writeStringField(field.getKey(), String.valueOf(field.getValue()));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("branches");
        for (String branch : one.branches()) {
          json.writeString(branch);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the report could not be written", e);
    }
    out.println();
    out.flush();
  }

  private static void meshes(JsonGenerator json, List<OfMesh> meshes) throws IOException {
    json.writeArrayFieldStart("meshes");
    for (OfMesh mesh : meshes) {
      json.writeStartObject();
      json.writeStringField("mesh", mesh.mesh().value());
      json.writeStringField("before", word(mesh.before()));
      json.writeStringField("after", word(mesh.after()));
      json.writeStringField("change", word(mesh.change()));
      findings(json, "failing", mesh.failing());
      findings(json, "passing", mesh.passing());
      json.writeStringField("why", mesh.why().isEmpty() ? null : mesh.why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void findings(JsonGenerator json, String name, List<Finding> findings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("ruleId", finding.ruleId());
      json.writeStringField("severity", finding.severity().word());
      json.writeStringField("message", finding.message());
      json.writeStringField(
          "resource", finding.resource() == null ? null : finding.resource().toString());
      json.writeStringField("path", finding.path().toString());
      json.writeStringField(
          "place", finding.position() == null ? null : finding.position().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
