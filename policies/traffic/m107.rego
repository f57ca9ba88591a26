# METADATA
# title: Destination without a port
# description: >-
#   The destination's service has several ports and the route names none. Istio then takes the port on which the request
#   came in, and where the service has no such port every request fails.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0112/
# custom:
#   id: M107
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [portless]
#   inventory: true
#   reads: []
#   message: "'{host}' has the ports {ports} and none is named, so Istio takes port {wrong}, which it doesn't have"
#   remediation: Name the port with destination.port.number
#   cross: [IST0112]
#   bad: |
#     # the gateway listens on 80, the service on 3306 and 33060
#     destination: {host: db.example.com}
#   good: |
#     destination: {host: db.example.com, port: {number: 3306}}
package meshkeel.rules.m107

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some destination in objects.facts(item, "portless")
	finding := {
		"resource": item.key,
		"path": destination.path,
		"severity": severity(destination),
		"params": {"host": destination.host, "ports": destination.ports, "wrong": destination.wrong},
		"related": [objects.place(one.kind, one.id, ["spec", "ports"]) | some one in object.get(destination, "by", [])],
	}
}

severity(destination) := "error" if destination.atGateway

severity(destination) := "warn" if not destination.atGateway
