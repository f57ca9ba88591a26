# METADATA
# title: One certificate on two Gateways
# description: >-
#   Two Gateways of the same proxies show the same certificate on one port. A browser that has a connection to the one
#   and sees that its certificate is good for a host of the other sends requests for that host over it (HTTP/2 reuses
#   connections), and gets 404, since the routes of the other Gateway aren't there.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0138/
#   - ref: https://istio.io/latest/docs/ops/common-problems/network-issues/
# custom:
#   id: M305
#   severity: warn
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io]
#   facts: [certificates]
#   reads: []
#   message: "certificate '{certificate}' on port {port} is also shown by Gateway {others} of the same proxies"
#   remediation: Use one Gateway with all hosts of the certificate, or a certificate for each
#   cross: [IST0138]
#   bad: |
#     # two Gateways with one selector, both with
#     tls: {mode: SIMPLE, credentialName: wildcard-cert}
#   good: |
#     # one Gateway
#     hosts: [a.example.com, b.example.com]
#     tls: {mode: SIMPLE, credentialName: wildcard-cert}
package meshkeel.rules.m305

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some shared in objects.facts(item, "certificates")
	finding := {
		"resource": item.key,
		"path": shared.path,
		"params": {"certificate": shared.certificate, "port": shared.port, "others": shared.others},
		"related": shared.others,
	}
}
