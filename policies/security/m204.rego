# METADATA
# title: Plain text to workloads that want mutual TLS
# description: >-
#   A DestinationRule turns mutual TLS off for a host whose workloads take nothing else: their effective
#   PeerAuthentication is STRICT on the port that is called. Every connection by the rule is refused.
# related_resources:
#   - ref: https://istio.io/latest/docs/concepts/security/#mutual-tls-authentication
#   - ref: https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule
# custom:
#   id: M204
#   severity: error
#   category: security
#   scope: mesh
#   kinds: [DestinationRule.networking.istio.io]
#   told: [plainToStrict]
#   inventory: true
#   reads: []
#   message: "TLS mode {mode} for '{host}', but {workload} takes mutual TLS only{by}"
#   remediation: >-
#     Leave the TLS mode out, or set ISTIO_MUTUAL; or make the PeerAuthentication PERMISSIVE for that workload
#   fix: leave the TLS settings out, so that mutual TLS is used
#   cross: [KIA0207, KIA0208]
#   bad: |
#     # the namespace of the host has a PeerAuthentication of mode STRICT
#     trafficPolicy:
#       tls: {mode: DISABLE}
#   good: |
#     trafficPolicy:
#       tls: {mode: ISTIO_MUTUAL}
package meshkeel.rules.m204

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("plainToStrict")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {
			"mode": told.fact.mode,
			"host": told.fact.host,
			"workload": told.fact.workload,
			"by": by(told.fact),
		},
		"fix": [{"remove": path} | path := told.fact.drop],
		"related": [objects.place("PeerAuthentication.security.istio.io", id, told.fact.byPath) | id := told.fact.by],
	}
}

by(fact) := sprintf(", as PeerAuthentication %s says", [fact.by]) if fact.by

by(fact) := "" if not fact.by
