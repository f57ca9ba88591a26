package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Finding.Related;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.MessageTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes findings of what rules answered, and believes nothing in it that can be checked. */
final class OwnAnswer {
  /** 1,000 findings of one rule in one object. */
  static final int MAX_FINDINGS = 1_000;

  /** 1,000 characters of a message are shown. */
  static final int MAX_MESSAGE = 1_000;

  private static final String ASTRAY = ", which isn't there)";

  private final MeshName mesh;
  private final MeshDeclarations declared;
  private final Snapshot snapshot;
  private final SourceLocator locator = new SourceLocator();
  private final Map<ResourceKey, Declaration> objects = new HashMap<>();

  /**
   * @param declared what the mesh declares
   */
  OwnAnswer(MeshName mesh, MeshDeclarations declared, Snapshot snapshot) {
    this.mesh = mesh;
    this.declared = declared;
    this.snapshot = snapshot;
  }

  /** What a rule said can't be used: says why, in plain words. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }
  }

  /**
   * What a rule found in an object.
   *
   * @param found its answer about it
   * @throws Unusable if that is no answer
   * @throws IOException if the place of a finding can't be read
   */
  List<Finding> read(OwnRule rule, AskedObject object, JsonNode found)
      throws Unusable, IOException {
    if (!found.isArray()) {
      throw new Unusable("it is undefined for " + object.declaration().manifest().key());
    }
    if (found.size() > MAX_FINDINGS) {
      throw new Unusable("it has more than " + MAX_FINDINGS + " findings in one object");
    }
    List<Finding> findings = new ArrayList<>(found.size());
    for (JsonNode each : found) {
      findings.add(
          rule.style() == OwnRule.Style.LIBRARY
              ? library(rule, object, each)
              : conftest(rule, object, each));
    }
    return List.copyOf(findings);
  }

  private Finding library(OwnRule rule, AskedObject object, JsonNode found)
      throws Unusable, IOException {
    if (!found.path("resource").asText("").equals(object.key())) {
      throw new Unusable(
          "it names the object '"
              + found.path("resource").asText("")
              + "', about which it wasn't asked");
    }
    if (!found.path("path").isArray()) {
      throw new Unusable("it gives no path");
    }
    Map<String, String> params = MessageTemplate.params(found.path("params"));
    Severity severity = rule.severity();
    if (found.has("severity")) {
      severity = severity(found.path("severity").asText(""));
      if (severity.compareTo(rule.severity()) < 0) {
        throw new Unusable("it finds something worse than its severity allows");
      }
    }
    return finding(
        rule,
        object,
        severity,
        fill(rule.message(), params),
        fill(rule.remediation(), params),
        path(found.path("path")),
        null,
        related(object, found.path("related")));
  }

  private Finding conftest(OwnRule rule, AskedObject object, JsonNode found)
      throws Unusable, IOException {
    JsonNode said = found.isObject() ? found.path("msg") : found;
    if (!said.isTextual() || said.asText().isBlank()) {
      throw new Unusable("it gives " + OpaTool.shown(found.toString()) + ", which has no message");
    }
    JsonNode place = found.path("_loc");
    JsonPath path = JsonPath.ROOT;
    SourcePosition at = null;
    if (place.isArray()) {
      path = path(place);
    } else if (place.isTextual()) {
      path = PathText.read(place.asText());
    } else if (place.isObject()) {
      path = place.has("path") ? path(place.path("path")) : JsonPath.ROOT;
      at = line(object, place);
    } else if (!place.isMissingNode()) {
      throw new Unusable("it gives the place " + OpaTool.shown(place.toString()));
    }
    String remediation = found.path("remediation").asText(rule.remediation());
    return finding(
        rule,
        object,
        rule.severity(),
        said.asText(),
        remediation.isBlank()
            ? "see what %s asks for in %s:%d"
                .formatted(rule.id(), rule.position().file(), rule.position().line())
            : remediation,
        path,
        at,
        List.of());
  }

  /** A line of the object's own file: no rule may point into another. */
  private static @Nullable SourcePosition line(AskedObject object, JsonNode place) throws Unusable {
    String own = object.declaration().file().path();
    if (place.has("file") && !place.path("file").asText("").equals(own)) {
      throw new Unusable(
          "it points to the file "
              + OpaTool.shown(place.path("file").asText(""))
              + ", which is not that of the object");
    }
    int line = place.path("line").asInt(0);
    return line < 1 || object.change() == AskedObject.Change.DELETE
        ? null
        : new SourcePosition(own, line, 1);
  }

  private Finding finding(
      OwnRule rule,
      AskedObject object,
      Severity severity,
      String message,
      String remediation,
      JsonPath path,
      @Nullable SourcePosition at,
      List<Related> related)
      throws IOException {
    boolean gone = object.change() == AskedObject.Change.DELETE;
    JsonPath there = Reach.within(object.declaration().manifest().content(), path);
    // A field that is missing where it could be is a good place; what lies beyond is a slip.
    boolean astray =
        !gone && there.segments().size() < path.segments().size() - 1
            || !gone && Reach.isBeyond(object.declaration().manifest().content(), path);
    SourcePosition position = at;
    if (position == null && !gone) {
      position = locator.locate(snapshot, object.declaration(), astray ? there : path);
      if (astray) {
        position = new SourcePosition(position.file(), position.line(), position.column(), false);
      }
    }
    return new Finding(
        rule.id(),
        severity,
        oneLine(message) + (astray ? astray(path) : ""),
        mesh,
        object.declaration().manifest().key(),
        astray ? there : path,
        position,
        oneLine(remediation)
            + (astray
                ? "; and correct the path of %s in %s:%d"
                    .formatted(rule.id(), rule.position().file(), rule.position().line())
                : ""),
        null,
        related);
  }

  private static String astray(JsonPath path) {
    return " (the rule names " + path + ASTRAY;
  }

  /** Whether a finding's rule named a path that leads nowhere in the object. */
  static boolean isAstray(Finding finding) {
    return finding.message().endsWith(ASTRAY);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + " …";
  }

  private List<Related> related(AskedObject object, JsonNode entries) throws Unusable, IOException {
    List<Related> related = new ArrayList<>();
    if (objects.isEmpty() && !entries.isEmpty()) {
      AskedObjects.of(declared).forEach(other -> objects.put(other.manifest().key(), other));
    }
    for (JsonNode entry : entries) {
      GroupKind kind =
          entry.isTextual()
              ? object.declaration().manifest().key().groupKind()
              : OwnRuleReader.kind(entry.path("kind").asText(""));
      String id = entry.isTextual() ? entry.asText() : entry.path("id").asText("");
      int slash = id.indexOf('/');
      Declaration other = null;
      if (!kind.kind().isEmpty() && slash < id.length() - 1) {
        other =
            objects.get(
                new ResourceKey(
                    kind.group(),
                    kind.kind(),
                    slash < 0 ? "" : id.substring(0, slash),
                    id.substring(slash + 1)));
      }
      if (other == null) {
        throw new Unusable(
            "it points to " + OpaTool.shown(entry.toString()) + ", which the mesh doesn't declare");
      }
      JsonPath path = entry.has("path") ? path(entry.path("path")) : JsonPath.ROOT;
      related.add(
          new Related(other.manifest().key(), null, path, locator.locate(snapshot, other, path)));
    }
    return related;
  }

  private static Severity severity(String word) throws Unusable {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    throw new Unusable("it gives the severity '" + word + "'");
  }

  private static JsonPath path(JsonNode path) throws Unusable {
    List<Object> segments = new ArrayList<>();
    for (JsonNode segment : path) {
      if (segment.isTextual()) {
        segments.add(segment.asText());
      } else if (segment.isInt() && segment.asInt() >= 0) {
        segments.add(segment.asInt());
      } else {
        throw new Unusable("it gives the path " + OpaTool.shown(path.toString()));
      }
    }
    return new JsonPath(segments);
  }

  private static String fill(String template, Map<String, String> params) throws Unusable {
    return MessageTemplate.fill(
        template,
        params,
        missing -> new Unusable("it gives no parameter '" + missing + "' for its message"));
  }
}
