# METADATA
# title: Object that a cluster does not serve
# description: >-
#   A control plane cluster that the object goes to doesn't serve its kind or version, or doesn't know one of its
#   fields, which its API server would drop without a word.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/
# custom:
#   id: M904
#   severity: error
#   category: config
#   scope: mesh
#   kinds:
#     - DestinationRule.networking.istio.io
#     - EnvoyFilter.networking.istio.io
#     - Gateway.networking.istio.io
#     - ProxyConfig.networking.istio.io
#     - ServiceEntry.networking.istio.io
#     - Sidecar.networking.istio.io
#     - VirtualService.networking.istio.io
#     - WorkloadEntry.networking.istio.io
#     - WorkloadGroup.networking.istio.io
#     - AuthorizationPolicy.security.istio.io
#     - PeerAuthentication.security.istio.io
#     - RequestAuthentication.security.istio.io
#     - Telemetry.telemetry.istio.io
#     - TrafficExtension.extensions.istio.io
#     - WasmPlugin.extensions.istio.io
#     - BackendTLSPolicy.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - Gateway.gateway.networking.k8s.io
#     - GatewayClass.gateway.networking.k8s.io
#     - HTTPRoute.gateway.networking.k8s.io
#     - ListenerSet.gateway.networking.k8s.io
#     - ReferenceGrant.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   told: [notServed]
#   inventory: true
#   reads: []
#   message: "{what} in cluster {cluster}"
#   remediation: >-
#     Write it in a version that the cluster serves, or bring the cluster's CustomResourceDefinitions up to date
#   cross: [IST0176]
#   bad: |
#     # the cluster has the definitions of an older Istio
#     kind: TrafficExtension
#   good: |
#     kind: WasmPlugin
package meshkeel.rules.m904

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("notServed")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": told.fact.what, "cluster": told.fact.cluster},
	}
}
