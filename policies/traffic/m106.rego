# METADATA
# title: Gateway that serves none of the hosts
# description: >-
#   A gateway takes a VirtualService only for hosts that one of its servers has, and has for the namespace of the
#   VirtualService (`shop/*.example.com` or `./*.example.com` are for one namespace). Where none fits, the routes are
#   never used. Nor is a host that none of its gateways serves, where it is bound to gateways only.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0132/
#   - ref: https://istio.io/latest/docs/reference/config/networking/gateway/#Server
# custom:
#   id: M106
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [unserved]
#   reads: []
#   message: "gateway {gateway} serves none of the hosts {hosts} for this namespace; it serves {served}"
#   remediation: Add the host to a server of the gateway, with this namespace or */ before it, or correct the host
#   cross: [IST0132]
#   bad: |
#     # Gateway in namespace edge, VirtualService in namespace shop
#     hosts: [web/*.example.com]
#   good: |
#     hosts: [shop/*.example.com]
package meshkeel.rules.m106

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some gateway in objects.facts(item, "unserved")
	finding := {
		"resource": item.key,
		"path": gateway.path,
		"params": {"gateway": gateway.gateway, "hosts": gateway.hosts, "served": gateway.served},
		"related": objects.related("Gateway.networking.istio.io", split(gateway.gateway, ", ")),
	}
}
