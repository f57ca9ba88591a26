package io.meshkeel.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.RawFinding.RawRelated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads OPA's answer to a question, and believes nothing in it that can be checked. */
final class Answer {
  /** 20,000 findings: more in one answer is no answer. */
  static final int MAX_FINDINGS = 20_000;

  private final Map<String, Rule> asked;
  private final Question question;
  private final Map<String, List<RawFinding>> found = new HashMap<>();
  private int count;

  private Answer(Map<String, Rule> asked, Question question) {
    this.asked = asked;
    this.question = question;
  }

  /**
   * What was found, by object; an object without findings has an empty list.
   *
   * @param revision the library that was published
   * @param asked the rules that were asked, by key
   * @throws UnansweredException if the answer comes from another revision, lacks a rule's key, or
   *     says something of an object that it wasn't asked about
   */
  static Map<String, List<RawFinding>> read(
      JsonNode answer, String revision, Map<String, Rule> asked, Question question)
      throws UnansweredException {
    RuleBook.requireRevision(answer, revision);
    return new Answer(asked, question).readRules(answer.path("rules"));
  }

  private Map<String, List<RawFinding>> readRules(JsonNode rules) throws UnansweredException {
    question.items().keySet().forEach(key -> found.put(key, new ArrayList<>(0)));
    for (Rule rule : asked.values()) {
      JsonNode findings = rules.path(rule.key());
      if (!findings.isArray()) {
        throw RuleBook.untrusted("rule " + rule.id() + " is missing from it");
      }
      for (JsonNode finding : findings) {
        readFinding(rule, finding);
      }
    }
    if (rules.size() != asked.size()) {
      throw RuleBook.untrusted(
          "it has " + rules.size() + " rules where " + asked.size() + " were asked");
    }
    return found;
  }

  private void readFinding(Rule rule, JsonNode finding) throws UnansweredException {
    if (++count > MAX_FINDINGS) {
      throw RuleBook.untrusted("it has more than " + MAX_FINDINGS + " findings");
    }
    String key = finding.path("resource").asText("");
    Item item = question.items().get(key);
    List<RawFinding> list = found.get(key);
    if (item == null || list == null) {
      throw RuleBook.untrusted(
          "rule " + rule.id() + " found something in '" + key + "', about which it wasn't asked");
    }
    if (!rule.kinds().contains(item.subject().key().groupKind())) {
      throw RuleBook.untrusted(
          "rule " + rule.id() + " found something in '" + key + "', a kind it doesn't look at");
    }
    Severity severity = rule.severity();
    if (finding.has("severity")) {
      severity = RuleBook.severity(finding.path("severity").asText());
      if (severity.compareTo(rule.severity()) < 0) {
        throw RuleBook.untrusted(
            "rule " + rule.id() + " found something worse than its severity allows");
      }
    }
    Map<String, String> params = params(rule, finding.path("params"));
    list.add(
        new RawFinding(
            rule,
            severity,
            path(rule, finding.path("path")),
            rule.fill(rule.message(), params),
            rule.fill(rule.remediation(), params),
            related(rule, item.subject().key().groupKind(), finding.path("related")),
            fix(rule, finding.path("fix"), params)));
  }

  /**
   * Edits {@code {put: PATH, value}}, {@code {quote: PATH}}, {@code {rename: PATH, name}} or {@code
   * {remove: PATH}}; no fix if there are none.
   */
  private static @Nullable Fix fix(Rule rule, JsonNode edits, Map<String, String> params)
      throws UnansweredException {
    if (edits.isEmpty()) {
      return null;
    }
    List<Fix.Edit> read = new ArrayList<>();
    for (JsonNode edit : edits) {
      read.add(edit(rule, edit));
    }
    try {
      return new Fix(rule.fill(rule.fix(), params), read);
    } catch (IllegalArgumentException e) {
      throw RuleBook.untrusted("rule " + rule.id() + " gave a fix that is none: " + e.getMessage());
    }
  }

  private static Fix.Edit edit(Rule rule, JsonNode edit) throws UnansweredException {
    try {
      if (edit.has("put")) {
        return new Fix.Put(path(rule, edit.path("put")), scalar(edit.path("value")));
      }
      if (edit.has("quote")) {
        return new Fix.Quote(path(rule, edit.path("quote")));
      }
      if (edit.has("rename")) {
        return new Fix.Rename(path(rule, edit.path("rename")), edit.path("name").asText());
      }
      return new Fix.Remove(path(rule, edit.path("remove")));
    } catch (IllegalArgumentException e) {
      throw RuleBook.untrusted("rule " + rule.id() + " gave the edit " + edit);
    }
  }

  private static Object scalar(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isIntegralNumber()) {
      return value.asLong();
    }
    throw new IllegalArgumentException("no scalar: " + value);
  }

  /**
   * Each {@code {kind, id, cluster?, path?}}, {@code id} being {@code namespace/name}; the id alone
   * for an object of the same kind.
   */
  private static List<RawRelated> related(Rule rule, GroupKind own, JsonNode entries)
      throws UnansweredException {
    List<RawRelated> related = new ArrayList<>();
    for (JsonNode entry : entries) {
      String kind = entry.isTextual() ? own.toString() : entry.path("kind").asText("");
      String id = entry.isTextual() ? entry.asText() : entry.path("id").asText("");
      String cluster = entry.path("cluster").asText("");
      int dot = kind.indexOf('.');
      int slash = id.indexOf('/');
      if (kind.isEmpty() || id.isEmpty() || slash == id.length() - 1) {
        throw RuleBook.untrusted("rule " + rule.id() + " gave the related place " + entry);
      }
      related.add(
          new RawRelated(
              new ResourceKey(
                  dot < 0 ? "" : kind.substring(dot + 1),
                  dot < 0 ? kind : kind.substring(0, dot),
                  slash < 0 ? "" : id.substring(0, slash),
                  id.substring(slash + 1)),
              cluster.isEmpty() ? null : new ClusterName(cluster),
              entry.has("path") ? path(rule, entry.path("path")) : JsonPath.ROOT));
    }
    return related;
  }

  private static JsonPath path(Rule rule, JsonNode path) throws UnansweredException {
    List<Object> segments = new ArrayList<>();
    for (JsonNode segment : path) {
      if (segment.isTextual()) {
        segments.add(segment.asText());
      } else if (segment.isInt() && segment.asInt() >= 0) {
        segments.add(segment.asInt());
      } else {
        throw RuleBook.untrusted("rule " + rule.id() + " gave the path " + path);
      }
    }
    if (!path.isArray()) {
      throw RuleBook.untrusted("rule " + rule.id() + " gave no path");
    }
    return new JsonPath(segments);
  }

  private static Map<String, String> params(Rule rule, JsonNode params) throws UnansweredException {
    if (!params.isObject()) {
      throw RuleBook.untrusted("rule " + rule.id() + " gave no parameters");
    }
    return MessageTemplate.params(params);
  }
}
