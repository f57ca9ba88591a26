# METADATA
# title: AuthorizationPolicy that allows everyone
# description: >-
#   A rule without `from`, `to` and `when` matches every request. In an ALLOW policy it opens what the policy selects to
#   everyone, whatever the other rules say.
# related_resources:
#   - ref: https://istio.io/latest/docs/concepts/security/#allow-nothing-deny-all-and-allow-all-policy
# custom:
#   id: M422
#   severity: error
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules]
#   message: the empty rule matches every request, so the policy allows everyone
#   remediation: Add from (and to, when) to the rule, or remove the rule
#   cross: []
#   bad: |
#     rules:
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
	some i, rule in objects.field(item, ["spec", "rules"], [])
	matches_all(rule)
	finding := {"resource": item.key, "path": ["spec", "rules", i], "params": {}, "related": []}
}

matches_all(rule) if {
	every part in ["from", "to", "when"] {
		count(object.get(rule, part, [])) == 0
	}
}
