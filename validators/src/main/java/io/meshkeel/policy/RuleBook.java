package io.meshkeel.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that OPA says it has: every answer must have a key for each.
 *
 * @param rules by {@link Rule#key()}
 */
record RuleBook(SortedMap<String, Rule> rules) {
  /** The document that lists the rules. */
  static final String CATALOG = "meshkeel/main/catalog";

  RuleBook {
    rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
  }

  /**
   * Asks for the rules.
   *
   * @param revision the library that was published
   */
  static RuleBook ask(Decisions decisions, String revision) throws UnansweredException {
    return read(decisions.ask(CATALOG, java.util.Map.of()), revision);
  }

  /** Reads the answer to {@link #CATALOG}. */
  static RuleBook read(JsonNode catalog, String revision) throws UnansweredException {
    requireRevision(catalog, revision);
    SortedMap<String, Rule> rules = new TreeMap<>();
    for (var entry : catalog.path("rules").properties()) {
      Rule rule = rule(entry.getKey(), entry.getValue());
      if (!rule.key().equals(entry.getKey())) {
        throw untrusted("package " + entry.getKey() + " says it is rule " + rule.id());
      }
      rules.put(entry.getKey(), rule);
    }
    if (rules.isEmpty()) {
      throw untrusted("it has no rule");
    }
    return new RuleBook(rules);
  }

  /** Fails unless the answer comes from this revision of the library. */
  static void requireRevision(JsonNode answer, String revision) throws UnansweredException {
    String from = answer.path("revision").asText("");
    if (!from.equals(revision)) {
      throw untrusted(
          "it comes from policy revision '" + from + "', published was '" + revision + "'");
    }
  }

  /** An answer that must not be believed. */
  static UnansweredException untrusted(String why) {
    return new UnansweredException(
        UnansweredException.Cause.UNTRUSTED, "OPA's answer can't be trusted: " + why);
  }

  private static Rule rule(String key, JsonNode chain) throws UnansweredException {
    JsonNode annotations = null;
    for (JsonNode link : chain) {
      if (link.path("annotations").path("scope").asText().equals("package")) {
        annotations = link.path("annotations");
      }
    }
    if (annotations == null) {
      throw untrusted("rule " + key + " has no METADATA");
    }
    JsonNode custom = annotations.path("custom");
    List<GroupKind> kinds = new ArrayList<>();
    for (String kind : strings(custom.path("kinds"))) {
      int dot = kind.indexOf('.');
      kinds.add(
          dot < 0
              ? new GroupKind("", kind)
              : new GroupKind(kind.substring(dot + 1), kind.substring(0, dot)));
    }
    List<String> references = new ArrayList<>();
    for (JsonNode reference : annotations.path("related_resources")) {
      references.add(reference.path("ref").asText(""));
    }
    Rule rule =
        new Rule(
            custom.path("id").asText(""),
            annotations.path("title").asText(""),
            annotations.path("description").asText("").strip(),
            severity(custom.path("severity").asText("")),
            custom.path("category").asText(""),
            custom.path("scope").asText(""),
            kinds,
            strings(custom.path("reads")).stream()
                .map(path -> Arrays.asList(path.split("\\.")))
                .toList(),
            strings(custom.path("facts")),
            strings(custom.path("told")),
            custom.path("inventory").asBoolean(false),
            params(key, custom.path("params")),
            custom.path("enabled").asBoolean(true),
            custom.path("message").asText(""),
            custom.path("remediation").asText(""),
            custom.path("fix").asText("").strip(),
            strings(custom.path("cross")),
            references,
            custom.path("bad").asText(""),
            custom.path("good").asText(""));
    if (rule.id().isEmpty() || rule.message().isEmpty() || kinds.isEmpty()) {
      throw untrusted("METADATA of rule " + key + " lack id, message or kinds");
    }
    return rule;
  }

  private static Map<String, Rule.Param> params(String key, JsonNode written)
      throws UnansweredException {
    Map<?, ?> tree = new ObjectMapper().convertValue(written, Map.class);
    Map<String, Object> frozen = tree == null ? Map.of() : JsonTree.freeze(tree);
    Map<String, Rule.Param> params = new TreeMap<>();
    for (String name : frozen.keySet()) {
      Map<String, Object> param = JsonTree.map(frozen, name);
      Object fallback = param.get("default");
      if (fallback == null) {
        throw untrusted("parameter " + name + " of rule " + key + " has no default");
      }
      params.put(name, new Rule.Param(fallback, JsonTree.string(param, "meaning", "")));
    }
    return params;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asText()));
    return List.copyOf(strings);
  }

  /** The severity that this word names. */
  static Severity severity(String word) throws UnansweredException {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word.toLowerCase(Locale.ROOT))) {
        return severity;
      }
    }
    throw untrusted("'" + word + "' is no severity");
  }
}
