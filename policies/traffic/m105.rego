# METADATA
# title: Reference to a gateway that isn't there
# description: >-
#   A VirtualService names a gateway that the mesh doesn't declare, so its routes are attached to nothing; or it names
#   one of the Gateways that istiod makes of Gateway API objects, which nobody else may refer to.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-gateways
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0101/
# custom:
#   id: M105
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [gateways]
#   reads: []
#   message: "gateway '{reference}' {problem}"
#   remediation: "{fix}"
#   fix: write {meant}, the one Gateway of that name
#   cross: [KIA1102, IST0101, IST0165]
#   bad: |
#     # namespace shop, while the Gateway is shop/public
#     gateways: [web/public]
#   good: |
#     gateways: [public]
package meshkeel.rules.m105

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some gateway in objects.facts(item, "gateways")
	gateway.internal
	finding := {
		"resource": item.key,
		"path": gateway.path,
		"params": {
			"reference": gateway.reference,
			"problem": "is made by istiod from a Gateway API object and must not be referred to",
			"fix": "Attach an HTTPRoute to the Gateway API object, or declare an Istio Gateway",
			"meant": "",
		},
		"related": [],
	}
}

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some gateway in objects.facts(item, "gateways")
	not gateway.internal
	not gateway.declared
	finding := {
		"resource": item.key,
		"path": gateway.path,
		"params": {
			"reference": gateway.reference,
			"problem": sprintf("is not declared: the mesh has no Gateway %s", [gateway.name]),
			"fix": "Name a Gateway that is declared, as namespace/name where it is in another namespace",
			"meant": object.get(gateway, "meant", ""),
		},
		"related": [],
		"fix": [objects.put(gateway.path, meant) | meant := gateway.meant],
	}
}
