# METADATA
# title: Sidecar for some workloads in the root namespace
# description: >-
#   A Sidecar in the root namespace is the default of every namespace that has none, but only without a
#   `workloadSelector`. With one it holds for workloads of the root namespace alone and is no default for anyone.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/sidecar/
# custom:
#   id: M503
#   severity: warn
#   category: config
#   scope: resource
#   kinds: [Sidecar.networking.istio.io]
#   reads: [metadata.namespace, spec.workloadSelector]
#   message: "a workloadSelector in the root namespace '{namespace}' makes the Sidecar no default of the mesh"
#   remediation: Remove the workloadSelector, or move the Sidecar to the namespace of the workloads
#   cross: [KIA1006]
#   bad: |
#     metadata: {name: default, namespace: istio-system}
#     spec:
#       workloadSelector:
#         labels: {app: web}
#       egress: [{hosts: [./*]}]
#   good: |
#     metadata: {name: default, namespace: istio-system}
#     spec:
#       egress: [{hosts: [./*]}]
package meshkeel.rules.m503

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("Sidecar.networking.istio.io")
	item.resource.metadata.namespace == input.mesh.rootNamespace
	count(objects.field(item, ["spec", "workloadSelector", "labels"], {})) > 0
	finding := {
		"resource": item.key,
		"path": ["spec", "workloadSelector"],
		"params": {"namespace": item.resource.metadata.namespace},
		"related": [],
	}
}
