# METADATA
# title: One port of a host with two protocols
# description: >-
#   Two ServiceEntries of one host give the same port different protocols. Which one holds isn't defined, and what is
#   treated as the wrong protocol fails.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/service-entry/
#   - ref: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
# custom:
#   id: M601
#   severity: warn
#   category: services
#   scope: mesh
#   kinds: [ServiceEntry.networking.istio.io]
#   facts: [protocols]
#   reads: []
#   message: "port {port} of '{host}' is {protocol} here and has another protocol in ServiceEntry {others}"
#   remediation: "Give the port one protocol, or narrow exportTo so that no namespace sees both"
#   cross: [IST0177]
#   bad: |
#     # two ServiceEntries of api.example.com, one with
#     ports: [{number: 443, name: tls, protocol: TLS}]
#     # and the other with
#     ports: [{number: 443, name: tcp, protocol: TCP}]
#   good: |
#     # both with
#     ports: [{number: 443, name: tls, protocol: TLS}]
package meshkeel.rules.m601

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("ServiceEntry.networking.istio.io")
	some port in objects.facts(item, "protocols")
	finding := {
		"resource": item.key,
		"path": port.path,
		"params": {"host": port.host, "port": port.port, "protocol": port.protocol, "others": port.others},
		"related": port.others,
	}
}
