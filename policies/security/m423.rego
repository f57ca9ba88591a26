# METADATA
# title: AuthorizationPolicy rule split in two
# description: >-
#   The rules of a policy are alternatives: a request that matches one of them is enough. Where `from` and `to` stand in
#   two list items, because of one dash too many, the one lets its callers do everything and the other lets everyone do
#   what it lists. Where that one lists paths it may be meant, for a health check for example, and is only warned of.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule
# custom:
#   id: M423
#   severity: error
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules]
#   message: "rule {to} has only 'to' and rule {from} only 'from': the one allows everyone, the other everything"
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
	objects.field(item, ["spec", "action"], "ALLOW") == "ALLOW"
	rules := objects.field(item, ["spec", "rules"], [])
	some i, rule in rules
	only(rule, "to")
	beside := [j | some j in [i - 1, i + 1]; only(rules[j], "from")]
	count(beside) > 0
	finding := {
		"resource": item.key,
		"path": ["spec", "rules", i],
		"severity": severity(rule),
		"params": {"to": i + 1, "from": beside[0] + 1},
		"related": [],
	}
}

# A rule of paths alone is how a public page beside protected ones is written.
severity(rule) := "warn" if {
	every to in rule.to {
		count(object.get(to, ["operation", "paths"], [])) > 0
	}
} else := "error"

only(rule, part) if {
	present := {name | some name in ["from", "to", "when"]; count(object.get(rule, name, [])) > 0}
	present == {part}
}
