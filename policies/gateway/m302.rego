# METADATA
# title: Gateway that no proxy takes
# description: >-
#   No gateway of any cluster has the labels that the Gateway selects by, so that nobody listens on its ports. It is a
#   warning where other workloads have them: a sidecar takes no Gateway. It is one, too, where a snapshot that was
#   written by hand lacks a gateway that Istio's own charts install (istio: ingressgateway and its like).
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway
# custom:
#   id: M302
#   severity: error
#   category: gateway
#   scope: mesh
#   kinds: [Gateway.networking.istio.io]
#   told: [noProxy]
#   inventory: true
#   reads: []
#   message: "no gateway of any cluster has the labels {selector}{others}"
#   remediation: >-
#     Select by labels of the gateway's pods, usually istio: ingressgateway, or declare a MeshGateway
#   cross: [KIA0302]
#   bad: |
#     spec:
#       selector: {istio: ingress-gateway}
#   good: |
#     spec:
#       selector: {istio: ingressgateway}
package meshkeel.rules.m302

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("noProxy")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"severity": weight(told.fact),
		"params": {"selector": told.fact.selector, "others": others(told.fact)},
	}
}

mistaken(fact) := object.get(fact, "others", [])

weight(fact) := "error" if not excused(fact)

weight(fact) := "warn" if excused(fact)

excused(fact) if count(mistaken(fact)) > 0

excused(fact) if object.get(fact, "usual", false)

others(fact) := "" if {
	count(mistaken(fact)) == 0
	not object.get(fact, "usual", false)
}

others(fact) := "; Istio's charts label a gateway so, and a snapshot by hand may leave it out" if {
	count(mistaken(fact)) == 0
	object.get(fact, "usual", false)
}

others(fact) := sprintf("; %s has them, but is no gateway", [concat(", ", mistaken(fact))]) if {
	count(mistaken(fact)) > 0
}
