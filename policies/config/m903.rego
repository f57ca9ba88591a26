# METADATA
# title: EnvoyFilter patch that istiod ignores
# description: >-
#   Not every operation is carried out on everything: REPLACE works on filters and virtual hosts only, a route
#   configuration can only be merged with, and so on. istiod accepts the others and passes over them without a word.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0152/
# custom:
#   id: M903
#   severity: error
#   category: config
#   scope: resource
#   kinds: [EnvoyFilter.networking.istio.io]
#   reads: [spec.configPatches]
#   message: "istiod ignores operation {operation} on {applyTo}"
#   remediation: "Use one of {possible}, or apply the patch to something else"
#   cross: [IST0152]
#   bad: |
#     configPatches:
#       - applyTo: CLUSTER
#         patch: {operation: REPLACE, value: {...}}
#   good: |
#     configPatches:
#       - applyTo: CLUSTER
#         patch: {operation: MERGE, value: {...}}
package meshkeel.rules.m903

import data.meshkeel.lib.envoyfilter
import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("EnvoyFilter.networking.istio.io")
	some i, patch in objects.field(item, ["spec", "configPatches"], [])
	apply_to := object.get(patch, "applyTo", "")
	operation := object.get(patch, ["patch", "operation"], "")
	envoyfilter.ignored(apply_to, operation)
	finding := {
		"resource": item.key,
		"path": ["spec", "configPatches", i, "patch", "operation"],
		"params": {
			"operation": operation,
			"applyTo": apply_to,
			"possible": sort(envoyfilter.done[apply_to] - {"MERGE_AND_REPLACE_LIST"}),
		},
		"related": [],
	}
}
