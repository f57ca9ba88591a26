# METADATA
# title: Configuration that nobody reads
# description: >-
#   A data plane cluster has no istiod, and the istiods of the control plane clusters read their own cluster alone.
#   The object changes nothing. Only WorkloadEntries are read in every cluster.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/install/multicluster/primary-remote/
# custom:
#   id: M1004
#   severity: warn
#   category: clusters
#   scope: resource
#   kinds:
#     - DestinationRule.networking.istio.io
#     - EnvoyFilter.networking.istio.io
#     - Gateway.networking.istio.io
#     - ProxyConfig.networking.istio.io
#     - ServiceEntry.networking.istio.io
#     - Sidecar.networking.istio.io
#     - VirtualService.networking.istio.io
#     - WorkloadGroup.networking.istio.io
#     - AuthorizationPolicy.security.istio.io
#     - PeerAuthentication.security.istio.io
#     - RequestAuthentication.security.istio.io
#     - Telemetry.telemetry.istio.io
#     - TrafficExtension.extensions.istio.io
#     - WasmPlugin.extensions.istio.io
#   told: [idle]
#   inventory: true
#   reads: []
#   message: "no istiod reads a {kind} of a data plane cluster: it has no effect"
#   remediation: Move it to the control plane clusters
#   bad: |
#     # in a data plane cluster
#     kind: VirtualService
#   good: |
#     # in the repository, from where it goes to the control plane clusters
#     kind: VirtualService
package meshkeel.rules.m1004

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("idle")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"kind": told.fact.kind},
	}
}
