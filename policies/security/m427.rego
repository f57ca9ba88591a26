# METADATA
# title: Selector that takes no workload
# description: >-
#   No workload of any cluster has the labels that the object selects by: it changes nothing, and what it was written
#   for goes without it. So does one with targetRefs to what isn't there. A PeerAuthentication of the root namespace
#   with a selector counts for nobody.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/type/workload-selector/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0127/
# custom:
#   id: M427
#   severity: warn
#   category: security
#   scope: mesh
#   kinds:
#     - AuthorizationPolicy.security.istio.io
#     - PeerAuthentication.security.istio.io
#     - RequestAuthentication.security.istio.io
#     - Telemetry.telemetry.istio.io
#     - WasmPlugin.extensions.istio.io
#     - ProxyConfig.networking.istio.io
#     - Sidecar.networking.istio.io
#     - EnvoyFilter.networking.istio.io
#     - TrafficExtension.extensions.istio.io
#     - DestinationRule.networking.istio.io
#   told: [idleSelectors, missingTargets]
#   inventory: true
#   reads: []
#   message: "{what}: it changes nothing"
#   remediation: "{fix}"
#   cross: [IST0127, KIA0004]
#   bad: |
#     selector: {matchLabels: {app: oders}}
#   good: |
#     selector: {matchLabels: {app: orders}}
package meshkeel.rules.m427

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("idleSelectors")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": params(told.fact),
	}
}

findings contains finding if {
	some told in objects.told("missingTargets")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": told.fact.what, "fix": "Name what is in the namespace of the policy"},
	}
}

params(fact) := {
	"what": "Istio passes over PeerAuthentications of the root namespace that have a selector",
	"fix": "Move it to the namespace of the workloads, or take the selector away",
} if {
	object.get(fact, "overlooked", false)
} else := {
	"what": sprintf("no workload of %s in any cluster has the labels %s", [fact.where, fact.labels]),
	"fix": "Select by labels that pods have",
}
