# METADATA
# title: AuthorizationPolicy that allows everyone
# description: >-
#   A rule without `from`, `to` and `when` matches every request. In an ALLOW policy it opens what the policy selects to
#   everyone, whatever the other rules say: beside other rules it is an error. As the only rule it is how "allow all" is
#   written; the annotation `meshkeel.io/intent: allow-all` says that it is meant.
# related_resources:
#   - ref: https://istio.io/latest/docs/concepts/security/#allow-nothing-deny-all-and-allow-all-policy
# custom:
#   id: M422
#   severity: error
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules, metadata.annotations]
#   message: "the empty rule matches every request, so the policy allows everyone{others}"
#   remediation: "Add from (and to, when) to the rule, or annotate meshkeel.io/intent: allow-all if it is meant"
#   cross: []
#   bad: |
#     rules:
#       - from:
#           - source: {principals: [cluster.local/ns/shop/sa/web]}
#       - {}
#   good: |
#     rules:
#       - from:
#           - source: {principals: [cluster.local/ns/shop/sa/web]}
package meshkeel.rules.m422

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("AuthorizationPolicy.security.istio.io")
	objects.field(item, ["spec", "action"], "ALLOW") == "ALLOW"
	not meant(item)
	rules := objects.field(item, ["spec", "rules"], [])
	some i, rule in rules
	matches_all(rule)
	beside := weight(rules)
	finding := {
		"resource": item.key,
		"path": ["spec", "rules", i],
		"severity": beside.severity,
		"params": {"others": beside.others},
		"related": [],
	}
}

weight(rules) := {"severity": "error", "others": ", whatever its other rules say"} if {
	some rule in rules
	not matches_all(rule)
} else := {"severity": "warn", "others": ""}

meant(item) if objects.field(item, ["metadata", "annotations", "meshkeel.io/intent"], "") == "allow-all"

matches_all(rule) if {
	every part in ["from", "to", "when"] {
		count(object.get(rule, part, [])) == 0
	}
}
