# METADATA
# title: Subset without pods
# description: >-
#   No endpoint of the host has the labels of a subset, in no cluster of the mesh; labels that Istio itself adds, such
#   as `topology.istio.io/cluster`, are understood. Requests that a route sends to the subset fail with 503; it is a
#   warning where no route does.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0173/
# custom:
#   id: M202
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [DestinationRule.networking.istio.io]
#   told: [emptySubsets]
#   inventory: true
#   reads: []
#   message: "no pod of '{host}' in any cluster has the labels of subset '{subset}': {labels}"
#   remediation: Name labels that pods have, or take the subset and the routes to it away
#   cross: [IST0173, KIA0203]
#   bad: |
#     subsets:
#       - name: v9
#         labels: {version: v9}
#   good: |
#     subsets:
#       - name: v2
#         labels: {version: v2}
package meshkeel.rules.m202

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("emptySubsets")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"severity": weight(told.fact),
		"params": {"host": told.fact.host, "subset": told.fact.subset, "labels": told.fact.labels},
		"related": [objects.place("VirtualService.networking.istio.io", route.id, route.path) |
			some route in object.get(told.fact, "routes", [])
		],
	}
}

weight(fact) := "error" if object.get(fact, "routed", false)

weight(fact) := "warn" if not object.get(fact, "routed", false)
