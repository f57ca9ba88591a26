package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meshkeel.model.Verdict.NotJudged;
import io.meshkeel.policy.RuleCount;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What each rule looked at, so that the silence of one that saw nothing isn't taken for a pass. */
final class CountsReport {
  private CountsReport() {}

  /** For people: a line for each rule. */
  static void text(Validation validation, PrintWriter out) {
    for (int i = 0; i < validation.counts().size(); i++) {
      out.println(
          "mesh %s: what each rule looked at".formatted(validation.verdicts().get(i).mesh()));
      for (RuleCount count : validation.counts().get(i)) {
        out.println("  %-5s %s".formatted(count.rule(), String.join("; ", words(count))));
      }
    }
    out.flush();
  }

  private static List<String> words(RuleCount count) {
    List<String> words = new ArrayList<>();
    if (count.judged() > 0) {
      words.add("%4d judged, %d found".formatted(count.judged(), count.findings()));
    }
    for (NotJudged one : count.notJudged()) {
      words.add("%4d not judged: %s".formatted(one.objects(), one.reason()));
    }
    if (!count.nothing().isEmpty()) {
      words.add("   - nothing to look at: " + count.nothing());
    }
    return words;
  }

  /**
   * For programs: an array with an object for each mesh, {@code {mesh, rules [{ruleId, judged,
   * findings, notJudged [{objects, reason}], nothing}]}}; {@code nothing} says why there was
   * nothing to look at and is null where there was something.
   */
  static void json(Validation validation, PrintWriter out) {
    JsonOut.print(
        out,
        json -> {
          json.writeStartArray();
          for (int i = 0; i < validation.counts().size(); i++) {
            json.writeStartObject();
            json.writeStringField("mesh", validation.verdicts().get(i).mesh().value());
            json.writeArrayFieldStart("rules");
            for (RuleCount count : validation.counts().get(i)) {
              write(json, count);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, RuleCount count) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", count.rule());
    json.writeNumberField("judged", count.judged());
    json.writeNumberField("findings", count.findings());
    json.writeArrayFieldStart("notJudged");
    for (NotJudged one : count.notJudged()) {
      json.writeStartObject();
      json.writeNumberField("objects", one.objects());
      json.writeStringField("reason", one.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("nothing", count.nothing().isEmpty() ? null : count.nothing());
    json.writeEndObject();
  }
}
