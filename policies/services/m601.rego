# METADATA
# title: One host, declared twice
# description: >-
#   Two ServiceEntries of one host give the same port different protocols. Which one holds isn't defined, and what is
#   treated as the wrong protocol fails. Or a ServiceEntry has the full name of a Kubernetes Service, which counts
#   before it where both are seen.
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
#   told: [shadowed]
#   reads: []
#   message: "{what}"
#   remediation: "Give the port one protocol, the host a name of its own, or narrow exportTo so that nobody sees both"
#   cross: [IST0177, KIA1211, KIA1212]
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
		"params": {"what": sprintf(
			"port %d of '%s' is %s here and has another protocol in ServiceEntry %s",
			[port.port, port.host, port.protocol, concat(", ", port.others)],
		)},
		"related": port.others,
	}
}

findings contains finding if {
	some told in objects.told("shadowed")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": sprintf("host '%s' is that of Service %s, which counts before it", [
			told.fact.host,
			told.fact.service,
		])},
		"related": objects.related("Service", [told.fact.service]),
	}
}
