# METADATA
# title: Strict mutual TLS that shuts workloads out
# description: >-
#   The policy demands mutual TLS in a scope in which workloads have no proxy: they can call none of the others, and
#   nothing guards them themselves. The same goes for callers that were seen to call without mutual TLS.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
# custom:
#   id: M404
#   severity: warn
#   category: security
#   scope: mesh
#   kinds: [PeerAuthentication.security.istio.io]
#   told: [shutOut, plainCallers]
#   inventory: true
#   reads: []
#   params:
#     share: {default: 1, meaning: share of a caller's requests that must have come by mutual TLS}
#   message: "mode STRICT {effect}"
#   remediation: Give these workloads a proxy first, or keep PERMISSIVE until they have one
#   bad: |
#     # namespace shop has a Deployment without a proxy
#     metadata: {name: default, namespace: shop}
#     spec: {mtls: {mode: STRICT}}
#   good: |
#     metadata: {name: default, namespace: shop}
#     spec: {mtls: {mode: PERMISSIVE}}
package meshkeel.rules.m404

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("shutOut")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"effect": sprintf("reaches %s without a proxy: %s", [told.fact.count, concat(", ", told.fact.workloads)]),
		},
	}
}

findings contains finding if {
	some told in objects.told("plainCallers")
	share := params.of(about, told.key, "share")
	callers := [caller.name | some caller in told.fact.callers; caller.share < share]
	count(callers) > 0
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"effect": sprintf("shuts out callers without mutual TLS: %s", [concat(", ", callers)]),
		},
	}
}
