# METADATA
# title: Network without a way in
# description: >-
#   The mesh spans several networks, and no east-west gateway leads into this one: a Service with the label
#   topology.istio.io/network of its name and port 15443, or an entry of meshNetworks. Workloads of other networks
#   don't see those of this one.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0126/
# custom:
#   id: M1002
#   severity: error
#   category: clusters
#   scope: mesh
#   kinds: [MeshCluster.meshkeel.io]
#   told: [noWay]
#   inventory: true
#   reads: []
#   message: "no east-west gateway leads into network '{network}'"
#   remediation: Declare a MeshGateway of type EastWest for the cluster
#   cross: [IST0126]
#   bad: |
#     kind: MeshCluster
#     spec: {role: DataPlane, network: west}
#   good: |
#     # beside it
#     kind: MeshGateway
#     metadata: {name: east-west}
#     spec: {type: EastWest, namespace: istio-system, clusters: [west]}
package meshkeel.rules.m1002

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("noWay")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"network": told.fact.network},
	}
}
