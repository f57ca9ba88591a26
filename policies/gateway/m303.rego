# METADATA
# title: Certificate that is not there
# description: >-
#   istiod looks for the Secret that `credentialName` names in the namespace of the gateway's pods: in their own
#   cluster, then in the control plane's. It isn't there, or lacks the keys that are needed (its type doesn't matter),
#   so that the server gets no certificate and every connection fails. For MUTUAL the certificate authority is needed
#   too, from the Secret with `-cacert` or the same one. For a Gateway of the Gateway API istiod looks in its own
#   cluster only, in the namespace that `certificateRefs` names.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0161/
# custom:
#   id: M303
#   severity: error
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io, Gateway.gateway.networking.k8s.io]
#   told: [credentials]
#   inventory: true
#   reads: []
#   message: "{workload} gets no certificate '{name}': {why}"
#   remediation: Put the Secret into the namespace of the gateway's pods, with the keys that are needed
#   cross: [IST0161]
#   bad: |
#     # the Secret is in namespace shop, the gateway's pods are in istio-ingress
#     tls: {mode: SIMPLE, credentialName: shop-cert}
#   good: |
#     # the Secret is in namespace istio-ingress
#     tls: {mode: SIMPLE, credentialName: shop-cert}
#     # and says what it is for
package meshkeel.rules.m303

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("credentials")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"workload": told.fact.workload, "name": told.fact.name, "why": told.fact.why},
	}
}
