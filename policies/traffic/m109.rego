# METADATA
# title: Weights that don't add up to 100
# description: >-
#   A route has several destinations whose weights don't add up to 100. Istio accepts it and takes the weights as
#   proportions, so each destination gets another share than the one that is written.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination
# custom:
#   id: M109
#   severity: warn
#   category: traffic
#   scope: resource
#   kinds: [VirtualService.networking.istio.io]
#   reads: [spec.http.route.weight, spec.tls.route.weight, spec.tcp.route.weight]
#   params:
#     total: {default: 100, meaning: what the weights of one route add up to}
#   message: "the weights of the {count} destinations add up to {sum}, not {total}"
#   remediation: Write weights that add up to 100
#   cross: []
#   bad: |
#     route:
#       - {destination: {host: reviews, subset: v1}, weight: 90}
#       - {destination: {host: reviews, subset: v2}, weight: 20}
#   good: |
#     route:
#       - {destination: {host: reviews, subset: v1}, weight: 90}
#       - {destination: {host: reviews, subset: v2}, weight: 10}
package meshkeel.rules.m109

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some protocol in ["http", "tls", "tcp"]
	some i, route in objects.field(item, ["spec", protocol], [])
	destinations := object.get(route, "route", [])
	count(destinations) > 1
	total := sum([object.get(destination, "weight", 0) | some destination in destinations])
	total != params.of(about, item.key, "total")
	finding := {
		"resource": item.key,
		"path": ["spec", protocol, i, "route"],
		"params": {
			"count": count(destinations),
			"sum": total,
			"total": params.of(about, item.key, "total"),
		},
		"related": [],
	}
}
