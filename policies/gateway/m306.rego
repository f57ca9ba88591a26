# METADATA
# title: Port that the gateway is not reached on
# description: >-
#   The proxy listens on the server's port, but no Service of the gateway has it, by its own number or as a target
#   port. Nobody reaches it from outside.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0162/
# custom:
#   id: M306
#   severity: warn
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io]
#   told: [closedPorts]
#   inventory: true
#   reads: []
#   message: "no Service of the gateway leads to port {port}: {services} has other ports"
#   remediation: Add the port to the Service, or name one that it has
#   cross: [IST0162]
#   bad: |
#     servers:
#       - port: {number: 8443, name: https, protocol: HTTPS}
#   good: |
#     servers:
#       - port: {number: 443, name: https, protocol: HTTPS}
package meshkeel.rules.m306

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("closedPorts")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"port": told.fact.port, "services": told.fact.services},
		"related": objects.related("Service", told.fact.services),
	}
}
