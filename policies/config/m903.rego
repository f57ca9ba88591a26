# METADATA
# title: EnvoyFilter patch that istiod ignores
# description: >-
#   Not every operation is carried out on everything: REPLACE works on filters and virtual hosts only, a route
#   configuration can only be merged with, and so on. istiod accepts the others and passes over them without a word. A
#   patch for a proxyVersion that no proxy has changes nothing either.
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
#   told: [missedVersions]
#   message: "{what}"
#   remediation: "{fix}"
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
			"what": sprintf("istiod ignores operation %s on %s", [operation, apply_to]),
			"fix": sprintf("Use one of %s, or apply the patch to something else", [concat(", ", possible(apply_to))]),
		},
		"related": [],
	}
}

findings contains finding if {
	some told in objects.told("missedVersions")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"what": sprintf("no proxy has a version that matches '%s': %s", [told.fact.pin, told.fact.running]),
			"fix": "Name the version that runs, or take the proxyVersion away",
		},
	}
}

possible(apply_to) := sort(envoyfilter.done[apply_to] - {"MERGE_AND_REPLACE_LIST"})
