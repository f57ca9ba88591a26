# METADATA
# title: Wildcard beside a host that asks for a client certificate
# description: >-
#   A server with a wildcard host and plain TLS covers a host that another server of the same proxies guards by mutual
#   TLS. Who connects for any other name of the wildcard, without a client certificate, can then send requests for the
#   guarded host over that connection. A VirtualService at the wildcard's Gateway that answers 421 for the guarded host
#   closes the gap.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/security/#gateways
#   - ref: https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
# custom:
#   id: M308
#   severity: warn
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io]
#   facts: [wide]
#   reads: []
#   message: "host '{host}' needs no client certificate and covers {guarded}, which does"
#   remediation: "Name the hosts instead of the wildcard, or answer 421 for the guarded host at this Gateway"
#   cross: []
#   bad: |
#     # beside a Gateway of the same proxies with admin.example.com and mode MUTUAL
#     hosts: ["*.example.com"]
#     tls: {mode: SIMPLE, credentialName: wildcard-cert}
#   good: |
#     # and a VirtualService at the wildcard's Gateway
#     hosts: [admin.example.com]
#     http:
#       - directResponse: {status: 421}
package meshkeel.rules.m308

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some wide in objects.facts(item, "wide")
	finding := {
		"resource": item.key,
		"path": wide.path,
		"params": {"host": wide.host, "guarded": [one.host | some one in wide.guarded]},
		"related": [one.gateway | some one in wide.guarded],
	}
}
