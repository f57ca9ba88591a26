# METADATA
# title: Callers named where nobody has a name
# description: >-
#   A rule compares the caller's identity, which comes from the certificate of mutual TLS. At this workload mutual TLS
#   is off, so that no caller has one: a rule that allows never matches, a rule that denies never denies.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
# custom:
#   id: M425
#   severity: error
#   category: security
#   scope: mesh
#   kinds: [AuthorizationPolicy.security.istio.io]
#   told: [noIdentity]
#   inventory: true
#   reads: []
#   message: "{field} is compared at {workload}, where mutual TLS is off{by}: {effect}"
#   remediation: Make the PeerAuthentication PERMISSIVE or STRICT there
#   cross: [KIA0105]
#   bad: |
#     # a PeerAuthentication of the workload has mode DISABLE
#     rules:
#       - from: [{source: {principals: [cluster.local/ns/web/sa/web]}}]
#   good: |
#     # its mode is STRICT
#     rules:
#       - from:
#           - source: {principals: [cluster.local/ns/web/sa/web]}
package meshkeel.rules.m425

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("noIdentity")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"field": told.fact.field,
			"workload": told.fact.workload,
			"by": by(told.fact),
			"effect": effects[told.fact.action],
		},
		"related": policy(told.fact),
	}
}

has_policy(fact) if object.get(fact, "by", "") != ""

policy(fact) := [objects.place("PeerAuthentication.security.istio.io", fact.by, fact.byPath)] if has_policy(fact)

policy(fact) := [] if not has_policy(fact)

by(fact) := sprintf(" by PeerAuthentication %s", [fact.by]) if has_policy(fact)

by(fact) := "" if not has_policy(fact)

effects := {
	"ALLOW": "the rule never matches",
	"DENY": "the rule denies nobody",
}
