# METADATA
# title: Traffic that need not be encrypted
# description: >-
#   Callers get in without mutual TLS, by a mode that counts: of the PeerAuthentications that reach a workload the
#   narrowest, of those for a whole namespace the oldest. Where none says anything, Istio's default PERMISSIVE counts;
#   that is told of the namespace that was found. The rule is off until an organisation turns it on.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: M403
#   severity: warn
#   enabled: false
#   category: security
#   scope: resource
#   kinds: [PeerAuthentication.security.istio.io, Namespace]
#   told: [weakModes, openByDefault]
#   reads: []
#   message: "mode {mode} lets callers in without mutual TLS{where}"
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
		"params": {"mode": told.fact.mode, "where": ""},
	}
}

findings contains finding if {
	some told in objects.told("openByDefault")
	workloads := concat(", ", told.fact.workloads)
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"mode": told.fact.mode,
			"where": sprintf(", as no PeerAuthentication says otherwise of %s", [workloads]),
		},
	}
}
