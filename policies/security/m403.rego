# METADATA
# title: Traffic that need not be encrypted
# description: >-
#   A PeerAuthentication lets callers in without mutual TLS. The rule is off until an organisation turns it on.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: M403
#   severity: warn
#   enabled: false
#   category: security
#   scope: resource
#   kinds: [PeerAuthentication.security.istio.io]
#   told: [weakModes]
#   reads: []
#   message: "mode {mode} lets callers in without mutual TLS"
#   remediation: Set the mode STRICT once all callers have a proxy
#   bad: |
#     spec: {mtls: {mode: PERMISSIVE}}
#   good: |
#     spec: {mtls: {mode: STRICT}}
package meshkeel.rules.m403

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("weakModes")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"mode": told.fact.mode},
	}
}
