# METADATA
# title: HTTP rule on a port without HTTP
# description: >-
#   A rule compares what only an HTTP request has, and reaches a port whose connections are bytes. There a rule of an
#   ALLOW policy never matches, so that all callers are denied; a rule of a DENY policy loses that condition and
#   denies more than it says.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/common-problems/security-issues/
# custom:
#   id: M424
#   severity: error
#   category: security
#   scope: mesh
#   kinds: [AuthorizationPolicy.security.istio.io]
#   told: [httpOnTcp]
#   inventory: true
#   reads: []
#   message: "{field} is compared on port {port} ({protocol}) of {workload}, which is no HTTP: {effect}"
#   remediation: Name the HTTP ports in the rule, and the others in a rule of their own
#   bad: |
#     # the workload's Service has a port named tcp-db
#     rules:
#       - to: [{operation: {methods: [GET]}}]
#   good: |
#     rules:
#       - to: [{operation: {methods: [GET], ports: ["8080"]}}]
#       - to: [{operation: {ports: ["3306"]}}]
package meshkeel.rules.m424

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("httpOnTcp")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"field": told.fact.field,
			"port": told.fact.port,
			"protocol": told.fact.protocol,
			"workload": told.fact.workload,
			"effect": effects[told.fact.action],
		},
		"related": objects.related("Service", object.get(told.fact, "services", [])),
	}
}

effects := {
	"ALLOW": "the rule never matches there, and whom it should let in is denied",
	"DENY": "the rule denies all that is left of it",
}
