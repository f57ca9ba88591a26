# METADATA
# title: Configuration that differs between control planes
# description: >-
#   Each istiod reads the configuration of its own cluster. Here control plane clusters of one mesh hold an object in
#   two shapes, or only some of them hold it, and no annotation meshkeel.io/clusters says that this is meant: what
#   holds for a workload depends on the cluster that it runs in.
# related_resources:
#   - ref: https://istio.io/latest/docs/setup/install/multicluster/multi-primary/
# custom:
#   id: M1001
#   severity: error
#   category: clusters
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
#   told: [unequal]
#   inventory: true
#   reads: []
#   message: "{what}"
#   remediation: Declare the object once for all, or narrow it by the annotation meshkeel.io/clusters
#   bad: |
#     # in cluster east
#     spec: {mtls: {mode: STRICT}}
#     # in cluster west
#     spec: {mtls: {mode: PERMISSIVE}}
#   good: |
#     # in both
#     spec: {mtls: {mode: STRICT}}
package meshkeel.rules.m1001

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("unequal")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": told.fact.what},
		"related": [{"kind": told.fact.kind, "id": told.fact.id, "cluster": cluster} |
			some cluster in object.get(told.fact, "clusters", [])
		],
	}
}
