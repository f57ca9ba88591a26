# METADATA
# title: Two Gateways with one host on one port
# description: >-
#   Two Gateways that a proxy can take both (one selector asks for all that the other asks for) have the same host on
#   the same port. With TLS istiod drops the server of the later one and with it its certificate and routes; plain HTTP
#   servers are merged, which works but leaves two owners of one host. Where the hosts differ only by the namespace
#   before the slash, istiod keeps both, and Envoy refuses the listener for having one server name twice. A wildcard
#   beside an exact host is fine.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0145/
# custom:
#   id: M301
#   severity: error
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io]
#   facts: [listeners]
#   reads: []
#   message: "host '{host}' on port {port} is also served by Gateway {others} for the same proxies{effect}"
#   remediation: Keep the host in one Gateway, or choose other hosts, another port or another selector
#   cross: [IST0145, KIA0301]
#   bad: |
#     # two Gateways, both with
#     selector: {istio: ingressgateway}
#     servers:
#       - port: {number: 443, name: https, protocol: HTTPS}
#         hosts: [shop.example.com]
#   good: |
#     # in the second
#     servers:
#       - port: {number: 443, name: https, protocol: HTTPS}
#         hosts: [pay.example.com]
package meshkeel.rules.m301

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some listener in objects.facts(item, "listeners")
	dropped := [other.gateway | some other in listener.others; other.dropped]
	count(dropped) > 0
	finding := {
		"resource": item.key,
		"path": listener.path,
		"severity": "error",
		"params": {
			"host": listener.host,
			"port": listener.port,
			"others": dropped,
			"effect": ": istiod drops the later server",
		},
		"related": dropped,
	}
}

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some listener in objects.facts(item, "listeners")
	refused := [other.gateway | some other in listener.others; is_refused(other)]
	count(refused) > 0
	finding := {
		"resource": item.key,
		"path": listener.path,
		"severity": "error",
		"params": {
			"host": listener.host,
			"port": listener.port,
			"others": refused,
			"effect": ", for another namespace: Envoy refuses the listener, which has the name twice",
		},
		"related": refused,
	}
}

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some listener in objects.facts(item, "listeners")
	merged := [other.gateway | some other in listener.others; not other.dropped; not is_refused(other)]
	count(merged) > 0
	finding := {
		"resource": item.key,
		"path": listener.path,
		"severity": "warn",
		"params": {
			"host": listener.host,
			"port": listener.port,
			"others": merged,
			"effect": ": istiod merges the servers",
		},
		"related": merged,
	}
}

is_refused(other) if object.get(other, "refused", false)
