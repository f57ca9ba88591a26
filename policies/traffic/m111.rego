# METADATA
# title: Several catch-all routes for one host of a gateway
# description: >-
#   istiod joins the VirtualServices of one host at a gateway into one list of routes. Their order among each other is
#   not defined, so where several have a route that takes every request, one of them shadows the others.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
# custom:
#   id: M111
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [catchAlls]
#   reads: []
#   message: "at gateway {gateway}, {others} also takes every request for '{host}', and their order isn't defined"
#   remediation: Keep the route without conditions in one of the VirtualServices
#   cross: []
#   bad: |
#     # two VirtualServices, both with
#     hosts: [shop.example.com]
#     gateways: [edge/public]
#     http:
#       - route: [{destination: {host: web.shop.svc.cluster.local}}]
#   good: |
#     # in the second
#     http:
#       - match: [{uri: {prefix: /pay}}]
#         route: [{destination: {host: pay.shop.svc.cluster.local}}]
package meshkeel.rules.m111

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some host in objects.facts(item, "catchAlls")
	finding := {
		"resource": item.key,
		"path": host.path,
		"params": {"host": host.host, "gateway": host.gateway, "others": host.others},
		"related": host.others,
	}
}
