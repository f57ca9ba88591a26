package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A package of Rego, which may stand in several files. Not thread-safe. */
final class OwnPackage {
  private final String name;
  private final List<String> paths = new ArrayList<>();
  private final Map<String, List<Head>> heads = new LinkedHashMap<>();
  private final OwnMetadata metadata = new OwnMetadata();
  private final Map<String, OwnMetadata> ofRules = new HashMap<>();

  /**
   * @param name with dots, without {@code data}
   */
  OwnPackage(String name) {
    this.name = name;
  }

  /**
   * A definition of a rule.
   *
   * @param file where it stands
   * @param rule its name
   * @param isSet whether it adds to a set
   */
  record Head(String file, String rule, boolean isSet) {
    /** Where the first definition of the rule stands in its file. */
    SourcePosition position(PolicyFiles files) {
      return find(files, file, "^" + Pattern.quote(rule) + "\\b");
    }
  }

  String name() {
    return name;
  }

  Map<String, List<Head>> heads() {
    return heads;
  }

  OwnMetadata metadata() {
    return metadata;
  }

  /** What is said above a rule itself. */
  OwnMetadata metadataOf(String rule) {
    return ofRules.getOrDefault(rule, new OwnMetadata());
  }

  /** Takes a file in; functions are no rules. */
  void add(String path, JsonNode rules) {
    paths.add(path);
    for (JsonNode rule : rules) {
      JsonNode head = rule.path("head");
      JsonNode reference = head.path("ref");
      if (!head.has("args") && !reference.isEmpty()) {
        String named = reference.path(0).path("value").asText("");
        boolean set = reference.size() == 1 && head.has("key") && !head.has("value");
        heads.computeIfAbsent(named, n -> new ArrayList<>()).add(new Head(path, named, set));
      }
    }
  }

  /** Takes METADATA of the package in. */
  void describe(JsonNode annotation) {
    metadata.add(annotation.path("annotations"));
  }

  /** Takes METADATA of a rule in. */
  void describe(String rule, JsonNode annotation) {
    ofRules.computeIfAbsent(rule, r -> new OwnMetadata()).add(annotation.path("annotations"));
  }

  /** Where the package begins. */
  SourcePosition start(PolicyFiles files) {
    return find(files, paths.getFirst(), "^package\\b");
  }

  private static SourcePosition find(PolicyFiles files, String path, String what) {
    Matcher matcher =
        Pattern.compile(what, Pattern.MULTILINE).matcher(files.files().getOrDefault(path, ""));
    if (!matcher.find()) {
      return new SourcePosition(path, 1, 1, false);
    }
    String before = files.files().getOrDefault(path, "").substring(0, matcher.start());
    return new SourcePosition(path, 1 + (int) before.chars().filter(c -> c == '\n').count(), 1);
  }
}
