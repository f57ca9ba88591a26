# METADATA
# title: Selector that takes no workload
# description: >-
#   No workload of any cluster has the labels that the object selects by: it changes nothing, and what it was written
#   for goes without it.
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
#     - DestinationRule.networking.istio.io
#   told: [idleSelectors]
#   inventory: true
#   reads: []
#   message: "no workload of {where} in any cluster has the labels {labels}: it changes nothing"
#   remediation: Select by labels that pods have
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
		"params": {"where": told.fact.where, "labels": told.fact.labels},
	}
}
