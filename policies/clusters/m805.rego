# METADATA
# title: Pods without the proxy that they should have
# description: >-
#   Pods that run differ from what new ones would be: the labels that decide about injection changed after they were
#   made, or the injector was away. A container with image: auto waits for an injection that does not take place.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0103/
# custom:
#   id: M805
#   severity: info
#   category: clusters
#   scope: resource
#   kinds: [Deployment.apps, StatefulSet.apps, DaemonSet.apps, ReplicaSet.apps, Job.batch, CronJob.batch, Pod]
#   told: [pending]
#   inventory: true
#   reads: []
#   message: "{reason}"
#   remediation: Restart the workload, or correct the labels of its namespace and pods
#   cross: [IST0103, IST0146]
#   bad: |
#     # the namespace got its label after the pods were made
#     labels: {istio-injection: enabled}
#   good: |
#     # the same, after
#     # kubectl rollout restart deployment -n shop
package meshkeel.rules.m805

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("pending")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"reason": told.fact.reason},
	}
}
