# METADATA
# title: Gateway server for every host and namespace
# description: >-
#   A server with the host `*` takes the routes of VirtualServices of every namespace, for any host. Whoever may write a
#   VirtualService anywhere in the mesh can bind to it and take traffic of others. A namespace before the host
#   (`shop/*`) says whose routes are meant. TLS that is passed through and redirects to HTTPS are left alone.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/gateway/#Server
#   - ref: https://istio.io/latest/docs/ops/best-practices/security/#avoid-overly-broad-hosts-configurations
# custom:
#   id: M304
#   severity: warn
#   category: gateway
#   scope: resource
#   kinds: [Gateway.networking.istio.io]
#   reads: [spec.servers]
#   message: "host '{host}' takes routes of every namespace for any host"
#   remediation: Write the hosts that are served, or the namespace whose routes are meant, such as shop/*
#   cross: []
#   bad: |
#     servers:
#       - port: {number: 80, name: http, protocol: HTTP}
#         hosts: ["*"]
#   good: |
#     servers:
#       - port: {number: 80, name: http, protocol: HTTP}
#         hosts: [shop/*]
package meshkeel.rules.m304

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("Gateway.networking.istio.io")
	some i, server in objects.field(item, ["spec", "servers"], [])
	not mode(server) in {"PASSTHROUGH", "AUTO_PASSTHROUGH"}
	not object.get(server, ["tls", "httpsRedirect"], false)
	some j, host in object.get(server, "hosts", [])
	host in {"*", "*/*"}
	finding := {
		"resource": item.key,
		"path": ["spec", "servers", i, "hosts", j],
		"params": {"host": host},
		"related": [],
	}
}

# PASSTHROUGH is the first word of the enumeration, so it is what istiod reads where none is written.
mode(server) := object.get(server.tls, "mode", "PASSTHROUGH") if {
	object.get(server, ["port", "protocol"], "") in {"TLS", "HTTPS"}
} else := object.get(server, ["tls", "mode"], "")
