# METADATA
# title: One service, told differently by clusters
# description: >-
#   Services of one name and namespace in several clusters are one service to the mesh. Istio takes ports and type
#   from whichever cluster it saw first: endpoints of the others are reached on a wrong port, or not at all.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/configuration/traffic-management/multicluster/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0170/
# custom:
#   id: M702
#   severity: error
#   category: services
#   scope: mesh
#   kinds: [Service, ServicePort.meshkeel.io]
#   told: [differences]
#   inventory: true
#   reads: []
#   message: "the clusters differ in its {what}"
#   remediation: Make the Service the same in all clusters
#   cross: [IST0170]
#   bad: |
#     # in cluster east
#     ports: [{port: 80, name: http}]
#     # in cluster west
#     ports: [{port: 8080, name: http}]
#   good: |
#     # in both
#     ports: [{port: 80, name: http}]
package meshkeel.rules.m702

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("differences")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": told.fact.what},
		"related": [{"kind": "Service", "id": told.fact.id, "cluster": cluster} |
			some cluster in object.get(told.fact, "clusters", [])
		],
	}
}
