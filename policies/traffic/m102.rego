# METADATA
# title: Route to a subset that no visible DestinationRule defines
# description: >-
#   A route names a subset. The proxies that take the route look for a DestinationRule of the destination's host in
#   their own namespace, then in the service's namespace, then in the root namespace; the first that is visible to them
#   (exportTo) decides. If it doesn't define the subset, requests fail with 503. The finding is a warning where only
#   proxies of other namespaces, about which nothing is declared, miss the subset.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0101/
# custom:
#   id: M102
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [destinations]
#   reads: []
#   message: "subset '{subset}' of host '{fqdn}' is not defined for the proxies of {proxies}: {found}"
#   remediation: Name a subset that is defined, define this one, or widen exportTo of the DestinationRule that has it
#   fix: write {meant}
#   cross: [IST0101, KIA1107]
#   bad: |
#     route:
#       - destination: {host: reviews, subset: v9}
#   good: |
#     route:
#       - destination: {host: reviews, subset: v1}
package meshkeel.rules.m102

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some destination in objects.facts(item, "destinations")
	some lookup in destination.lookups
	not defines(lookup, destination.subset)
	finding := {
		"resource": item.key,
		"path": destination.path,
		"severity": severity(destination, lookup),
		"params": {
			"subset": destination.subset,
			"fqdn": destination.fqdn,
			"proxies": lookup.proxies,
			"found": found(lookup),
			"meant": object.get(destination, "meant", ""),
		},
		"related": objects.related("DestinationRule.networking.istio.io", lookup.rules),
		"fix": [objects.put(destination.path, meant) | meant := destination.meant],
	}
}

defines(lookup, subset) if subset in lookup.subsets

severity(_, lookup) := "error" if lookup.certain

severity(destination, lookup) := weight(destination) if not lookup.certain

# Who routes a host of the outside does it for the own namespace, as Istio's pages about egress gateways show.
weight(destination) := "info" if {
	object.get(destination, "outside", false)
} else := "warn"

found(lookup) := "they see no DestinationRule of that host" if count(lookup.rules) == 0

found(lookup) := text if {
	count(lookup.rules) > 0
	count(lookup.subsets) == 0
	text := sprintf("DestinationRule %s defines no subset", [concat(", ", lookup.rules)])
}

found(lookup) := text if {
	count(lookup.rules) > 0
	count(lookup.subsets) > 0
	text := sprintf("DestinationRule %s defines %s", [concat(", ", lookup.rules), concat(", ", lookup.subsets)])
}
