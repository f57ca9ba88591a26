# METADATA
# title: Route by claims of a token that nobody checks
# description: >-
#   A route matches claims of a JSON web token, which the gateway knows only where a RequestAuthentication makes it
#   check tokens. Without one the match never holds.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0149/
# custom:
#   id: M412
#   severity: error
#   category: security
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [claims, checkedClaims, gatewayChecks]
#   reads: []
#   message: "the match of '{claim}' {effect}: {why} at gateway {gateway}"
#   remediation: Add a RequestAuthentication in the namespace of the gateway's pods that selects them
#   cross: [IST0149]
#   bad: |
#     # no RequestAuthentication selects the gateway's pods
#     - match: [{headers: {"@request.auth.claims.group": {exact: admin}}}]
#   good: |
#     # kind: RequestAuthentication, beside the gateway's pods
#     spec:
#       selector: {matchLabels: {istio: ingressgateway}}
#       jwtRules: [{issuer: "https://id.example.com"}]
package meshkeel.rules.m412

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some route in objects.facts(item, "claims")
	not route.gateway in gateways(item, true)
	weight := weights[certain(item, route)]
	finding := {
		"resource": item.key,
		"path": route.path,
		"severity": weight.severity,
		"params": {"claim": route.claim, "gateway": route.gateway, "why": weight.why, "effect": weight.effect},
		"related": objects.related("Gateway.networking.istio.io", [route.gateway]),
	}
}

# A check that the Gateway's labels tell of, and that doesn't reach the pods that were found.
findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some route in objects.facts(item, "checkedClaims")
	route.gateway in gateways(item, false)
	weight := weights[true]
	finding := {
		"resource": item.key,
		"path": route.path,
		"severity": weight.severity,
		"params": {"claim": route.claim, "gateway": route.gateway, "why": weight.why, "effect": weight.effect},
		"related": objects.related("Gateway.networking.istio.io", [route.gateway]),
	}
}

# The gateways of which is known that their pods check tokens, or don't.
gateways(item, checked) := {known.gateway |
	some known in objects.facts(item, "gatewayChecks")
	known.checked == checked
}

certain(item, route) if {
	route.gateway in gateways(item, false)
} else := object.get(route, "certain", false)

weights := {
	true: {
		"severity": "error",
		"effect": "never holds",
		"why": "no RequestAuthentication checks tokens",
	},
	false: {
		"severity": "warn",
		"effect": "may never hold",
		"why": "no RequestAuthentication that is surely for its pods checks tokens",
	},
}
