# METADATA
# title: AuthorizationPolicy that allows nothing
# description: >-
#   An ALLOW policy without rules matches no request, and what no ALLOW policy matches is denied: everything. That is
#   how a default deny is written, and also what a forgotten `rules` looks like. The annotation
#   `meshkeel.io/intent: default-deny` says that it is meant.
# related_resources:
#   - ref: https://istio.io/latest/docs/concepts/security/#allow-nothing-deny-all-and-allow-all-policy
# custom:
#   id: M421
#   severity: warn
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules, metadata.annotations]
#   message: the policy has action ALLOW and no rules, so it denies every request to what it selects
#   remediation: "Add rules, or annotate meshkeel.io/intent: default-deny if it is meant"
#   cross: []
#   bad: |
#     spec: {}
#   good: |
#     metadata:
#       annotations:
#         meshkeel.io/intent: default-deny
#     spec: {}
package meshkeel.rules.m421

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("AuthorizationPolicy.security.istio.io")
	objects.field(item, ["spec", "action"], "ALLOW") == "ALLOW"
	count(objects.field(item, ["spec", "rules"], [])) == 0
	not meant(item)
	not objects.dry_run(item)
	finding := {"resource": item.key, "path": place(item), "params": {}, "related": []}
}

# The empty list, where one is written.
place(item) := ["spec", "rules"] if {
	objects.field(item, ["spec", "rules"], null) != null
} else := ["spec"]

meant(item) if objects.field(item, ["metadata", "annotations", "meshkeel.io/intent"], "") == "default-deny"
