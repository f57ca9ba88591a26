# METADATA
# title: Routes that can't be reached
# description: >-
#   Istio tries the routes of a VirtualService in their order and stops at the first that takes every request: one
#   without `match`, or with a match that asks for nothing but the prefix `/`. What comes after it is never used. The
#   same holds for a match that an earlier route has already.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0130/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0131/
# custom:
#   id: M108
#   severity: warn
#   category: traffic
#   scope: resource
#   kinds: [VirtualService.networking.istio.io]
#   reads: [spec.http.match, spec.http.delegate, spec.tls.match, spec.tcp.match]
#   message: "{problem}"
#   remediation: Put the route without conditions last, and keep one of two equal matches
#   cross: [IST0130, IST0131]
#   bad: |
#     http:
#       - route: [{destination: {host: reviews, subset: v1}}]
#       - match: [{headers: {end-user: {exact: jason}}}]
#         route: [{destination: {host: reviews, subset: v2}}]
#   good: |
#     http:
#       - match: [{headers: {end-user: {exact: jason}}}]
#         route: [{destination: {host: reviews, subset: v2}}]
#       - route: [{destination: {host: reviews, subset: v1}}]
package meshkeel.rules.m108

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some protocol in ["http", "tcp"]
	routes := objects.field(item, ["spec", protocol], [])
	first := first_unconditional(routes)
	first < count(routes) - 1
	finding := {
		"resource": item.key,
		"path": ["spec", protocol, first],
		"params": {"problem": "the route takes every request, so what comes after it is never used"},
		"related": [],
	}
}

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some protocol in ["http", "tls", "tcp"]
	routes := objects.field(item, ["spec", protocol], [])
	reached := first_unconditional(routes)
	some later, route in routes
	later <= reached
	some place, condition in object.get(route, "match", [])
	earlier := [index |
		some index, other in routes
		some before, known in object.get(other, "match", [])
		[index, before] < [later, place]
		asked(known) == asked(condition)
	]
	count(earlier) > 0
	finding := {
		"resource": item.key,
		"path": ["spec", protocol, later, "match", place],
		"params": {"problem": sprintf("route %d has the same match, so this one is never used", [earlier[0] + 1])},
		"related": [],
	}
}

# The place of the first route that takes every request; one past the last if none does.
first_unconditional(routes) := min(array.concat(
	[index | some index, route in routes; unconditional(route)],
	[count(routes)],
))

unconditional(route) if {
	not object.get(route, "delegate", false)
	count(object.get(route, "match", [])) == 0
}

unconditional(route) if {
	not object.get(route, "delegate", false)
	some condition in object.get(route, "match", [])
	takes_all(asked(condition))
}

takes_all(condition) if condition in [{}, {"uri": {"prefix": "/"}}, {"uri": {"regex": ".*"}}]

# What a match asks for: its name and the prefix of its statistics ask for nothing, nor does an empty field.
asked(condition) := {name: value |
	some name, value in condition
	not name in {"name", "statPrefix"}
	not value in [{}, []]
}
