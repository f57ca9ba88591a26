# METADATA
# title: Several PeerAuthentications for a whole namespace
# description: >-
#   A namespace has more than one PeerAuthentication without a selector. Istio takes the oldest and ignores the others,
#   so which mTLS mode holds depends on the order in which they were created.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: M401
#   severity: error
#   category: security
#   scope: namespace
#   kinds: [PeerAuthentication.security.istio.io]
#   reads: [metadata.namespace]
#   message: "namespace '{namespace}' has another PeerAuthentication without selector: {others}; only the oldest holds"
#   remediation: Keep one, or give the others a selector
#   cross: [KIA0002]
#   bad: |
#     # a second one in the namespace
#     spec:
#       mtls: {mode: PERMISSIVE}
#   good: |
#     spec:
#       selector:
#         matchLabels: {app: legacy}
#       mtls: {mode: PERMISSIVE}
package meshkeel.rules.m401

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("PeerAuthentication.security.istio.io")
	others := objects.facts(item, "others")
	count(others) > 0
	finding := {
		"resource": item.key,
		"path": ["spec"],
		"params": {"namespace": item.resource.metadata.namespace, "others": others},
		"related": others,
	}
}
