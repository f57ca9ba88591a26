# METADATA
# title: ServiceEntry of bytes without an address
# description: >-
#   A port of bytes is told apart by its address. The entry has none, and Istio gives it none: the label
#   `networking.istio.io/enable-autoallocate-ip` or the setting of istiod turns that off. The proxy then listens on
#   the port for every address, and takes traffic that is meant for others.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/configuration/traffic-management/dns-proxy/#address-auto-allocation
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0134/
# custom:
#   id: M602
#   severity: warn
#   category: services
#   scope: resource
#   kinds: [ServiceEntry.networking.istio.io]
#   told: [addressless]
#   reads: []
#   message: "port {port} ({protocol}) has no address, and none is allocated"
#   remediation: Write addresses, or let Istio allocate them
#   cross: [IST0134]
#   bad: |
#     metadata:
#       labels: {networking.istio.io/enable-autoallocate-ip: "false"}
#     spec:
#       ports: [{number: 3306, name: tcp, protocol: TCP}]
#   good: |
#     metadata:
#       labels: {networking.istio.io/enable-autoallocate-ip: "false"}
#     spec:
#       addresses: [192.0.2.7]
#       ports: [{number: 3306, name: tcp, protocol: TCP}]
package meshkeel.rules.m602

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("addressless")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"port": told.fact.port, "protocol": told.fact.protocol},
	}
}
