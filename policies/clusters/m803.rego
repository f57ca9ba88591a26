# METADATA
# title: Annotation that does nothing
# description: >-
#   An annotation of Istio is unknown, deprecated, stands on a kind of object for which it isn't meant, or has a value
#   that can't be read. Injection is asked for by the label sidecar.istio.io/inject, since webhooks select by labels.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/annotations/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0107/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0108/
# custom:
#   id: M803
#   severity: warn
#   category: clusters
#   scope: resource
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - Job.batch
#     - CronJob.batch
#     - Pod
#     - Namespace
#     - Service
#   told: [annotations]
#   inventory: true
#   reads: []
#   message: "annotation {annotation} {why}"
#   remediation: Correct it, put it where it belongs, or take it away
#   cross: [IST0107, IST0108]
#   bad: |
#     template:
#       metadata:
#         annotations: {sidecar.istio.io/inject: "true"}
#   good: |
#     template:
#       metadata:
#         labels: {sidecar.istio.io/inject: "true"}
package meshkeel.rules.m803

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("annotations")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"annotation": told.fact.annotation, "why": told.fact.why},
	}
}
