package io.meshkeel.policy.own;

import java.util.List;

/**
 * The Rego that asks the rules: each about one object at a time, so that no answer hangs on what
 * else is in the question.
 *
 * <p>{@code input.ask[rule][object]} are the parameters of a rule for an object, {@code
 * input.objects[object]} is {@code {kind, doc, change, old?, facts}}.
 */
final class OwnProgram {
  /** The document that answers. */
  static final String DOCUMENT = "meshkeel/own/answer";

  private static final String HEAD =
      """
      package meshkeel.own

      answer := {
      	"revision": "%s",
      	"rules": {name: found |
      		some name, _ in input.ask
      		found := answers[name]
      	},
      }

      change(one) := {"kind": "create", "new": one.doc} if one.change == "create"

      change(one) := {"kind": "update", "old": one.old, "new": one.doc} if one.change == "update"

      change(one) := {"kind": "unchanged", "old": one.doc, "new": one.doc} if one.change == "unchanged"

      change(one) := {"kind": "delete", "old": one.old} if one.change == "delete"

      told(key, one) := {name: facts |
      	some name, list in one.facts
      	facts := [{"key": key, "fact": fact} | some fact in list]
      }

      question(key, one, params) := {
      	"istioVersion": input.istioVersion,
      	"mesh": input.mesh,
      	"params": params,
      	"change": change(one),
      	"facts": told(key, one),
      	"resources": {one.kind: [{"key": key, "resource": one.doc, "facts": one.facts}]},
      }

      document(one) := object.union(one.doc, {"change": change(one)})
      """;

  private static final String LIBRARY_RULE =
      """

      answers["%1$s"] := {key: found |
      	some key, params in input.ask["%1$s"]
      	asked := question(key, input.objects[key], params)
      	found := %2$s with input as asked
      }
      """;

  private static final String CONFTEST_RULE =
      """

      answers["%1$s"] := {key: found |
      	some key, params in input.ask["%1$s"]
      	asked := document(input.objects[key])
      	found := %2$s with input as asked with data.meshkeel.params as params
      }
      """;

  private OwnProgram() {}

  static String of(String revision, List<OwnRule> rules) {
    StringBuilder program = new StringBuilder(HEAD.formatted(revision));
    for (OwnRule rule : rules) {
      program.append(
          (rule.style() == OwnRule.Style.LIBRARY ? LIBRARY_RULE : CONFTEST_RULE)
              .formatted(rule.id(), rule.reference()));
    }
    return program.toString();
  }
}
