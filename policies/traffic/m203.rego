# METADATA
# title: DestinationRule for a host that nobody knows
# description: >-
#   The host of a DestinationRule is neither a Service of any cluster nor a host of a ServiceEntry. The rule has no
#   effect, and what it was written for goes without it.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule
# custom:
#   id: M203
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [DestinationRule.networking.istio.io]
#   told: [unknownHost]
#   inventory: true
#   reads: []
#   message: "no Service of any cluster and no ServiceEntry is called '{fqdn}'{hint}: the rule has no effect"
#   remediation: Name the service in full, or declare a ServiceEntry of this host
#   fix: write {meant}
#   cross: [IST0174, KIA0202]
#   bad: |
#     spec: {host: reviws.shop.svc.cluster.local}
#   good: |
#     spec: {host: reviews.shop.svc.cluster.local}
package meshkeel.rules.m203

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("unknownHost")
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
