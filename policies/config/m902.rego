# METADATA
# title: EnvoyFilter for every proxy of the mesh
# description: >-
#   An EnvoyFilter in the root namespace without `workloadSelector` or `targetRefs` patches every proxy of the mesh, the
#   gateways among them. One mistake in it takes down everything at once.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/envoy-filter/
# custom:
#   id: M902
#   severity: error
#   category: config
#   scope: resource
#   kinds: [EnvoyFilter.networking.istio.io]
#   reads: [metadata.namespace, spec.workloadSelector, spec.targetRefs]
#   message: "the EnvoyFilter is in the root namespace '{namespace}' without a selector and patches every proxy"
#   remediation: Add a workloadSelector or targetRefs, or move it to the namespace that needs it
#   cross: []
#   bad: |
#     metadata: {name: tune, namespace: istio-system}
#     spec:
#       configPatches: [...]
#   good: |
#     metadata: {name: tune, namespace: istio-system}
#     spec:
#       workloadSelector:
#         labels: {app: edge}
#       configPatches: [...]
package meshkeel.rules.m902

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("EnvoyFilter.networking.istio.io")
	item.resource.metadata.namespace == input.mesh.rootNamespace
	not selects(item)
	finding := {
		"resource": item.key,
		"path": ["spec"],
		"params": {"namespace": item.resource.metadata.namespace},
		"related": [],
	}
}

selects(item) if count(objects.field(item, ["spec", "workloadSelector", "labels"], {})) > 0

selects(item) if count(objects.field(item, ["spec", "targetRefs"], [])) > 0
