# METADATA
# title: Cluster that the mesh does not know by its name
# description: >-
#   istiod knows another cluster by the key of its remote secret. The secret isn't there, has ended, or names the
#   cluster differently; or the cluster's injection gives its pods another name; or its root of trust is another (each
#   istiod makes one for itself unless all are given one by the Secret cacerts), so that no connection between the
#   clusters is trusted.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/install/multicluster/
#   - ref: https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
# custom:
#   id: M1003
#   severity: error
#   category: clusters
#   scope: mesh
#   kinds: [MeshCluster.meshkeel.io]
#   told: [misfits, endings]
#   inventory: true
#   reads: []
#   params:
#     days: {default: 0, meaning: days before its end from which a certificate of a remote secret is warned of}
#   message: "{what}"
#   remediation: >-
#     Call the cluster the same everywhere, renew the secret (spec.remoteSecret does it), share one root
#   bad: |
#     # Secret istio-remote-secret-west in the control plane cluster
#     data: {cluster-west: …}
#   good: |
#     data: {west: …}
package meshkeel.rules.m1003

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("misfits")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": told.fact.what},
	}
}

findings contains finding if {
	some told in objects.told("endings")
	told.fact.days < params.of(about, told.key, "days")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"severity": "warn",
		"params": {"what": sprintf("%s ends in %v days", [told.fact.what, told.fact.days])},
	}
}
