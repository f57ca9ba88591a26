# METADATA
# title: Destination that no service answers to
# description: >-
#   A route leads to a host that is neither a Service of any cluster nor a ServiceEntry. The name must be exact: a
#   ServiceEntry of a wildcard serves no destination below it. Requests of the route fail with 503. A route that aborts
#   every request may name any host.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0101/
# custom:
#   id: M103
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   told: [unknownDestinations]
#   inventory: true
#   reads: []
#   message: "no Service of any cluster and no ServiceEntry is called '{fqdn}'{hint}"
#   remediation: Name the service in full, or declare a ServiceEntry of exactly this host
#   fix: write {meant}
#   cross: [IST0101, KIA1101]
#   bad: |
#     # in namespace web; the service is in namespace shop
#     route:
#       - destination: {host: reviews}
#   good: |
#     route:
#       - destination: {host: reviews.shop.svc.cluster.local}
package meshkeel.rules.m103

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("unknownDestinations")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"fqdn": told.fact.fqdn,
			"hint": object.get(told.fact, "hint", ""),
			"meant": object.get(told.fact, "meant", ""),
		},
		"fix": [objects.put(told.fact.path, meant) | meant := told.fact.meant],
	}
}
