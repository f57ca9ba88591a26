# METADATA
# title: Port-level mTLS without a selector
# description: >-
#   Istio takes `portLevelMtls` only from a PeerAuthentication that selects workloads. Without a selector its definition
#   and istiod's webhook refuse the object (S011, which is told where this finding is waived or turned down), and what
#   reaches istiod otherwise is ignored for the ports.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: M402
#   severity: error
#   category: security
#   scope: resource
#   kinds: [PeerAuthentication.security.istio.io]
#   reads: [spec.selector, spec.portLevelMtls]
#   message: portLevelMtls has no effect without a selector with labels
#   remediation: "Add selector.matchLabels, or remove portLevelMtls"
#   cross: []
#   bad: |
#     spec:
#       mtls: {mode: STRICT}
#       portLevelMtls:
#         8080: {mode: PERMISSIVE}
#   good: |
#     spec:
#       selector:
#         matchLabels: {app: reviews}
#       mtls: {mode: STRICT}
#       portLevelMtls:
#         8080: {mode: PERMISSIVE}
package meshkeel.rules.m402

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("PeerAuthentication.security.istio.io")
	count(objects.field(item, ["spec", "portLevelMtls"], {})) > 0
	count(objects.field(item, ["spec", "selector", "matchLabels"], {})) == 0
	finding := {"resource": item.key, "path": ["spec", "portLevelMtls"], "params": {}, "related": []}
}
