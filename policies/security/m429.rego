# METADATA
# title: Addresses that a load balancer hides
# description: >-
#   At a gateway behind a load balancer, a connection comes from a node, not from the caller, unless the Service has
#   `externalTrafficPolicy: Local`. The rule compares nodes' addresses.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/
# custom:
#   id: M429
#   severity: warn
#   category: security
#   scope: mesh
#   kinds: [AuthorizationPolicy.security.istio.io]
#   told: [hiddenCallers]
#   inventory: true
#   reads: []
#   message: "{field} compares addresses of nodes: Service {service} hides the caller's"
#   remediation: >-
#     Compare remoteIpBlocks and set numTrustedProxies, or set externalTrafficPolicy: Local on the Service
#   bad: |
#     # the gateway's Service has externalTrafficPolicy: Cluster
#     source: {ipBlocks: [198.51.100.0/24]}
#   good: |
#     source: {remoteIpBlocks: [198.51.100.0/24]}
package meshkeel.rules.m429

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("hiddenCallers")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"field": told.fact.field, "service": told.fact.service},
		"related": objects.related("Service", [told.fact.service]),
	}
}
