# METADATA
# title: EnvoyFilter patch that depends on others
# description: >-
#   A patch that inserts before or after, replaces or removes something needs that thing to be there when it is applied.
#   Without `priority` the order among EnvoyFilters follows their age, and a new version of Istio may name the thing
#   otherwise: then istiod skips the patch without a word.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0151/
#   - ref: https://istio.io/latest/docs/reference/config/networking/envoy-filter/
# custom:
#   id: M901
#   severity: warn
#   category: config
#   scope: resource
#   kinds: [EnvoyFilter.networking.istio.io]
#   reads: [spec.configPatches, spec.priority]
#   message: "operation {operation} depends on what others put there, and the EnvoyFilter has no priority"
#   remediation: Use INSERT_FIRST or ADD, or give the EnvoyFilter a priority
#   cross: [IST0151, IST0155]
#   bad: |
#     configPatches:
#       - applyTo: HTTP_FILTER
#         patch: {operation: INSERT_BEFORE, value: {...}}
#   good: |
#     configPatches:
#       - applyTo: HTTP_FILTER
#         patch: {operation: INSERT_FIRST, value: {...}}
package meshkeel.rules.m901

import data.meshkeel.lib.envoyfilter
import data.meshkeel.lib.objects

about := rego.metadata.chain()

# REMOVE where istiod ignores it is another mistake.
relative := {"INSERT_BEFORE", "INSERT_AFTER", "REPLACE", "REMOVE"}

findings contains finding if {
	some item in objects.of("EnvoyFilter.networking.istio.io")
	objects.field(item, ["spec", "priority"], 0) == 0
	some i, patch in objects.field(item, ["spec", "configPatches"], [])
	operation := object.get(patch, ["patch", "operation"], "")
	apply_to := object.get(patch, "applyTo", "")
	envoyfilter.taken(apply_to, operation) in relative
	not envoyfilter.ignored(apply_to, operation)
	finding := {
		"resource": item.key,
		"path": ["spec", "configPatches", i, "patch", "operation"],
		"params": {"operation": operation},
		"related": [],
	}
}
