# METADATA
# title: Reference of the Gateway API that leads nowhere
# description: >-
#   A route names a Gateway, a listener or a Service that isn't there, or one of another namespace that doesn't let
#   it: the route isn't attached, or answers 500. A policy that selects the pods of a waypoint is ignored there, since
#   a waypoint takes policies by targetRefs alone; for other Gateways of the Gateway API that is a warning.
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/api-types/referencegrant/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0166/
# custom:
#   id: M307
#   severity: error
#   category: gateway
#   scope: mesh
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#     - Gateway.gateway.networking.k8s.io
#     - AuthorizationPolicy.security.istio.io
#     - RequestAuthentication.security.istio.io
#     - Telemetry.telemetry.istio.io
#     - WasmPlugin.extensions.istio.io
#   told: [brokenReferences]
#   inventory: true
#   reads: []
#   message: "{what}"
#   remediation: Name what is there, add a ReferenceGrant beside what is referred to, or use targetRefs
#   cross: [KIA1401, KIA1402, IST0166]
#   bad: |
#     # in namespace web, without a ReferenceGrant in namespace shop
#     backendRefs:
#       - {name: reviews, namespace: shop, port: 9080}
#   good: |
#     kind: ReferenceGrant
#     metadata: {name: web, namespace: shop}
#     spec:
#       from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web}]
#       to: [{group: "", kind: Service}]
package meshkeel.rules.m307

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("brokenReferences")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"severity": weight(told.fact),
		"params": {"what": told.fact.what},
	}
}

certain(fact) := object.get(fact, "certain", false)

weight(fact) := "error" if certain(fact)

weight(fact) := "warn" if not certain(fact)
