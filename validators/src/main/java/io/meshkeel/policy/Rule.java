package io.meshkeel.policy;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Severity;
import java.util.List;
import java.util.Map;

/**
 * What a rule's METADATA say of it.
 *
 * @param id for example {@code M101}
 * @param title in a few words
 * @param description why it matters
 * @param severity the worst that it finds
 * @param category traffic, gateway, security, config
 * @param scope how far it looks: resource, namespace, mesh
 * @param kinds the kinds it wants to see
 * @param reads the fields it reads of an object, as paths (see {@link FieldMask})
 * @param facts the facts that it is about, told in the objects; empty if it looks at every object
 * @param told the facts that it is about, told by their name
 * @param inventory whether it says nothing without knowledge of the clusters
 * @param params its parameters, by name
 * @param enabled whether it is asked unless configuration turns it off; false for a rule that an
 *     organisation turns on
 * @param message template, with {@code {name}} for a parameter of the finding
 * @param remediation template of how to fix it
 * @param fix template of what is done where a fix is certain; empty if the rule knows none
 * @param cross codes of other tools for the same mistake
 * @param references links
 * @param bad an example that it finds
 * @param good the same example put right
 */
record Rule(
    String id,
    String title,
    String description,
    Severity severity,
    String category,
    String scope,
    List<GroupKind> kinds,
    List<List<String>> reads,
    List<String> facts,
    List<String> told,
    boolean inventory,
    Map<String, Param> params,
    boolean enabled,
    String message,
    String remediation,
    String fix,
    List<String> cross,
    List<String> references,
    String bad,
    String good) {
  /**
   * A parameter that {@code policies/config.yaml} can set.
   *
   * @param fallback what it is where nobody sets it, as {@code JsonTree}
   * @param meaning in a few words
   */
  record Param(Object fallback, String meaning) {}

  Rule {
    kinds = List.copyOf(kinds);
    reads = List.copyOf(reads);
    facts = List.copyOf(facts);
    told = List.copyOf(told);
    params = Map.copyOf(params);
    cross = List.copyOf(cross);
    references = List.copyOf(references);
  }

  /** One that looks at objects of the repository by themselves. */
  Rule(
      String id,
      String title,
      String description,
      Severity severity,
      String category,
      String scope,
      List<GroupKind> kinds,
      List<List<String>> reads,
      String message,
      String remediation,
      List<String> cross,
      List<String> references,
      String bad,
      String good) {
    this(
        id,
        title,
        description,
        severity,
        category,
        scope,
        kinds,
        reads,
        List.of(),
        List.of(),
        false,
        Map.of(),
        true,
        message,
        remediation,
        "",
        cross,
        references,
        bad,
        good);
  }

  /** Whether an object can be left out where nothing is told of it: the rule reads no fields. */
  boolean onlyFacts() {
    return reads.isEmpty() && !(facts.isEmpty() && told.isEmpty());
  }

  /** The name of its package below {@code meshkeel.rules}, and its key in an answer. */
  String key() {
    return id.toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Fills a template.
   *
   * @throws UnansweredException if the rule gave no such parameter
   */
  String fill(String template, Map<String, String> params) throws UnansweredException {
    return MessageTemplate.fill(
        template,
        params,
        missing ->
            new UnansweredException(
                UnansweredException.Cause.UNTRUSTED,
                "rule " + id + " gave no parameter '" + missing + "' for its message"));
  }
}
