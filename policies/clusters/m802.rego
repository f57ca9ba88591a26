# METADATA
# title: Revision that the cluster does not have
# description: >-
#   A label istio.io/rev names neither a revision nor a tag that some injection webhook of that cluster serves: no new
#   pod gets a proxy.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/upgrade/canary/#stable-revision-labels
# custom:
#   id: M802
#   severity: error
#   category: clusters
#   scope: mesh
#   kinds:
#     - Namespace
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - Job.batch
#     - CronJob.batch
#     - NamespaceSidecar.meshkeel.io
#     - MeshGateway.meshkeel.io
#   told: [unknownRevision]
#   inventory: true
#   reads: []
#   message: "revision '{revision}' of {where} is none of cluster {cluster}, which has: {known}"
#   remediation: Name a revision or tag of the cluster, or install it there first
#   bad: |
#     labels: {istio.io/rev: stabel}
#   good: |
#     labels: {istio.io/rev: stable}
package meshkeel.rules.m802

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("unknownRevision")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"revision": told.fact.revision,
			"where": told.fact.where,
			"cluster": told.fact.cluster,
			"known": told.fact.known,
		},
	}
}
