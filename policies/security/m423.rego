# METADATA
# title: AuthorizationPolicy rule split in two
# description: >-
#   The rules of a policy are alternatives: a request that matches one of them is enough. Where `from` and `to` stand in
#   two list items, because of one dash too many, the one lets its callers do everything and the other lets everyone do
#   what it lists. Where that one lists paths it may be meant, for a health check for example, and is only warned of. So
#   is DENY, which then shuts out more than was meant, unless one of the two is about callers that lack something.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule
# custom:
#   id: M423
#   severity: error
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules]
#   message: "rule {to} has only 'to' and rule {from} only 'from': the one {verb} everyone, the other everything"
#   remediation: Join the two in one list item, with one dash before both, or give each a from and a to
#   cross: []
#   bad: |
#     rules:
#       - from:
#           - source: {principals: [cluster.local/ns/shop/sa/web]}
#       - to:
#           - operation: {methods: [GET]}
#   good: |
#     rules:
#       - from:
#           - source: {principals: [cluster.local/ns/shop/sa/web]}
#         to:
#           - operation: {methods: [GET]}
package meshkeel.rules.m423

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("AuthorizationPolicy.security.istio.io")
	action := objects.field(item, ["spec", "action"], "ALLOW")
	verb := verbs[action]
	rules := objects.field(item, ["spec", "rules"], [])
	some i, rule in rules
	only(rule, "to")
	beside := [j | some j in [i - 1, i + 1]; only(rules[j], "from"); joins(action, rules[j])]
	count(beside) > 0
	finding := {
		"resource": item.key,
		"path": ["spec", "rules", i],
		"severity": severity(action, rule),
		"params": {"to": i + 1, "from": beside[0] + 1, "verb": verb},
		"related": [],
	}
}

verbs := {"ALLOW": "allows", "DENY": "denies"}

# Denying who lacks something, beside denying what nobody may do, is how two reasons are written.
joins(action, rule) if {
	action == "DENY"
	some from in rule.from
	some name, values in object.get(from, "source", {})
	not startswith(name, "not")
	count(values) > 0
}

joins("ALLOW", _)

# A rule of paths alone is how a public page beside protected ones is written.
severity("ALLOW", rule) := "warn" if {
	every to in rule.to {
		count(object.get(to, ["operation", "paths"], [])) > 0
	}
} else := "error"

severity("DENY", _) := "warn"

only(rule, part) if {
	present := {name | some name in ["from", "to", "when"]; count(object.get(rule, name, [])) > 0}
	present == {part}
}
