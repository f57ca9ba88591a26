# METADATA
# title: ServiceEntry that is missing or has no address
# description: >-
#   A port of bytes is told apart by its address. The entry has none, and Istio gives it none: the label
#   `networking.istio.io/enable-autoallocate-ip` or the setting of istiod turns that off. The proxy then listens on
#   the port for every address, and takes traffic that is meant for others. Or traffic shows that a host is called
#   which neither a Service nor a ServiceEntry declares, from where `outboundTrafficPolicy` REGISTRY_ONLY lets nothing
#   else through, or a Sidecar asks for such a host.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/configuration/traffic-management/dns-proxy/#address-auto-allocation
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0134/
# custom:
#   id: M602
#   severity: warn
#   category: services
#   scope: mesh
#   kinds: [ServiceEntry.networking.istio.io, Sidecar.networking.istio.io, MeshCluster.meshkeel.io]
#   told: [addressless, undeclared, blocked]
#   reads: []
#   message: "{what}"
#   remediation: Write addresses or let Istio allocate them; declare a ServiceEntry of a host that is called
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
		"params": {"what": sprintf(
			"port %s (%s) has no address, and none is allocated",
			[told.fact.port, told.fact.protocol],
		)},
	}
}

findings contains finding if {
	some told in objects.told("undeclared")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": sprintf(
			"namespace %s calls '%s', which nothing declares, and outboundTrafficPolicy is REGISTRY_ONLY",
			[told.fact.namespace, told.fact.host],
		)},
	}
}

findings contains finding if {
	some told in objects.told("blocked")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"what": sprintf(
			"nothing declares '%s', and outboundTrafficPolicy is REGISTRY_ONLY",
			[told.fact.host],
		)},
	}
}
