# METADATA
# title: Workload port with two protocols
# description: >-
#   Two Services lead to one port of a workload and say that it speaks different protocols. A proxy takes one of them,
#   whichever it finds first.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/deployment/application-requirements/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0116/
# custom:
#   id: M703
#   severity: warn
#   category: services
#   scope: mesh
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - Job.batch
#     - CronJob.batch
#     - Pod
#     - ServicePort.meshkeel.io
#   told: [disputedPorts]
#   inventory: true
#   reads: []
#   message: "port {port} speaks {protocols} by what {services} say"
#   remediation: Give both Services the same protocol, or two ports of the workload
#   cross: [IST0116, IST0137]
#   bad: |
#     # Service a
#     ports: [{port: 80, targetPort: 8080, name: http}]
#     # Service b, of the same pods
#     ports: [{port: 9000, targetPort: 8080, name: tcp}]
#   good: |
#     # Service b
#     ports: [{port: 9000, targetPort: 8080, name: http}]
package meshkeel.rules.m703

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("disputedPorts")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"port": told.fact.port,
			"protocols": told.fact.protocols,
			"services": told.fact.services,
		},
		"related": objects.related("Service", object.get(told.fact, "services", [])),
	}
}
