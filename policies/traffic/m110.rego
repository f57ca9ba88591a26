# METADATA
# title: Subsets that requests from outside don't get
# description: >-
#   A VirtualService of the mesh sends requests to subsets of a service, but a gateway's VirtualService routes to the
#   same service without a subset. A gateway doesn't follow the mesh's routes, so requests from outside go to all pods,
#   whatever those routes say.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/common-problems/network-issues/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0140/
# custom:
#   id: M110
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [unrouted]
#   reads: []
#   message: "requests from the gateway to '{host}' don't follow the subsets that {others} chooses inside the mesh"
#   remediation: Name the subset in the gateway's route too
#   cross: [IST0140]
#   bad: |
#     # beside a VirtualService of the mesh that routes to subset v2
#     gateways: [edge/public]
#     http:
#       - route: [{destination: {host: reviews.shop.svc.cluster.local}}]
#   good: |
#     gateways: [edge/public]
#     http:
#       - route: [{destination: {host: reviews.shop.svc.cluster.local, subset: v2}}]
package meshkeel.rules.m110

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some destination in objects.facts(item, "unrouted")
	finding := {
		"resource": item.key,
		"path": destination.path,
		"params": {"host": destination.host, "others": destination.others},
		"related": destination.others,
	}
}
