# METADATA
# title: Traffic that goes around the proxy
# description: >-
#   Traffic of user 1337 is the proxy's own and is not redirected: a container that runs as that user sends everything
#   around the proxy. A port in excludeInboundPorts reaches the application around it too, and with it around the
#   policies that guard the port.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/deployment/application-requirements/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0144/
# custom:
#   id: M804
#   severity: warn
#   category: clusters
#   scope: mesh
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - Job.batch
#     - CronJob.batch
#     - Pod
#     - WorkloadSidecar.meshkeel.io
#   told: [proxyUser, uncheckedPorts]
#   inventory: true
#   reads: []
#   message: "{what}"
#   remediation: Run the container as another user; leave ports that policies guard to the proxy
#   cross: [IST0144]
#   bad: |
#     annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "8080"}
#     # and an AuthorizationPolicy for the workload, whose Service leads to 8080
#   good: |
#     annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "9090"}
#     # no Service leads to 9090
package meshkeel.rules.m804

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("proxyUser")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"what": sprintf("%s runs as user 1337: its traffic goes around the proxy", [told.fact.container]),
		},
	}
}

findings contains finding if {
	some told in objects.told("uncheckedPorts")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"what": sprintf("port %s is reached around the proxy, and so around %s", [told.fact.port, told.fact.by]),
		},
	}
}
