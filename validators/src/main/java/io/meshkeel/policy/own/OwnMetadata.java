package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is said in METADATA of a package or a rule. Not thread-safe. */
final class OwnMetadata {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "severity",
          "category",
          "scope",
          "kinds",
          "reads",
          "facts",
          "told",
          "enabled",
          "deleted",
          "params",
          "message",
          "remediation",
          "cross",
          "bad",
          "good");

  private static final Set<String> OF_RULES = Set.of("kinds", "enabled", "deleted", "params");

  private final Map<String, Object> custom = new HashMap<>();
  private final Set<String> twice = new TreeSet<>();
  private String title = "";
  private boolean ofOneDefinition;

  /** Takes one block in. */
  void add(JsonNode annotations) {
    if (title.isEmpty()) {
      title = annotations.path("title").asText("");
    }
    Map<String, Object> said = OwnRuleReader.tree(annotations.path("custom"));
    said.forEach((key, value) -> {
      if (custom.putIfAbsent(key, value) != null) {
        twice.add(key);
      }
    });
    ofOneDefinition |=
        annotations.path("scope").asText("").equals("rule")
            && said.keySet().stream().anyMatch(OF_RULES::contains);
  }

  boolean has(String key) {
    return custom.containsKey(key);
  }

  /** Keys that are said more than once. */
  Set<String> twice() {
    return twice;
  }

  /** Whether something that holds for a whole rule is said of one of its definitions. */
  boolean isOfOneDefinition() {
    return ofOneDefinition;
  }

  String title() {
    return title;
  }

  /** A text; empty if it isn't there. */
  String text(String key) {
    return custom.get(key) instanceof String text ? text.strip() : "";
  }

  boolean flag(String key, boolean fallback) {
    return custom.get(key) instanceof Boolean flag ? flag : fallback;
  }

  List<GroupKind> kinds() {
    return JsonTree.strings(custom, "kinds").stream().map(OwnRuleReader::kind).toList();
  }

  Map<String, Object> params() {
    return JsonTree.map(custom, "params");
  }

  Severity severity(Severity fallback) {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(text("severity"))) {
        return severity;
      }
    }
    return fallback;
  }

  /** What isn't said here is taken from the other. */
  OwnMetadata or(OwnMetadata other) {
    OwnMetadata both = new OwnMetadata();
    both.title = title.isEmpty() ? other.title : title;
    both.custom.putAll(other.custom);
    both.custom.putAll(custom);
    return both;
  }

  /** What can't be understood, in plain words. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    for (String key : new TreeSet<>(custom.keySet())) {
      // Other tools have fields of their own; what is nearly one of ours is a slip.
      if (!KNOWN.contains(key) && !ClosestName.hint(key, KNOWN).isEmpty()) {
        wrong.add("there is no custom." + key + ClosestName.hint(key, KNOWN));
      }
    }
    if (custom.containsKey("severity") && severity(Severity.INFO) != severity(Severity.ERROR)) {
      wrong.add("custom.severity is none of error, warn, info");
    }
    if (custom.containsKey("kinds") && kinds().size() != JsonTree.list(custom, "kinds").size()
        || custom.containsKey("kinds") && kinds().isEmpty()) {
      wrong.add("custom.kinds is no list of kinds");
    }
    for (String key : List.of("enabled", "deleted")) {
      if (custom.containsKey(key) && !(custom.get(key) instanceof Boolean)) {
        wrong.add("custom." + key + " is neither true nor false");
      }
    }
    for (String key : List.of("id", "message", "remediation")) {
      if (custom.containsKey(key) && text(key).isEmpty()) {
        wrong.add("custom." + key + " is no text");
      }
    }
    if (custom.containsKey("params") && !(custom.get("params") instanceof Map<?, ?>)) {
      wrong.add("custom.params is no map of names and defaults");
    }
    return wrong;
  }
}
