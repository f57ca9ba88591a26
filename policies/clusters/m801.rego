# METADATA
# title: Namespace with both labels of injection
# description: >-
#   The namespace has both istio-injection and istio.io/rev. Istio heeds istio-injection then and ignores the
#   revision, so that pods get the sidecar of another istiod, or none.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/upgrade/canary/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0123/
# custom:
#   id: M801
#   severity: error
#   category: clusters
#   scope: resource
#   kinds: [Namespace, NamespaceSidecar.meshkeel.io]
#   told: [twoLabels]
#   inventory: true
#   reads: []
#   message: "it has both istio-injection={injection} and istio.io/rev={revision}: the revision is ignored"
#   remediation: Take one of the labels away, for example by a NamespaceSidecar
#   cross: [IST0123]
#   bad: |
#     labels: {istio-injection: enabled, istio.io/rev: stable}
#   good: |
#     labels: {istio.io/rev: stable}
package meshkeel.rules.m801

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("twoLabels")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"injection": told.fact.injection, "revision": told.fact.revision},
	}
}
