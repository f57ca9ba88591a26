# METADATA
# title: Tokens that nobody asks for
# description: >-
#   A RequestAuthentication refuses wrong tokens and lets requests without any pass. Nothing at these workloads asks
#   for a token: no AuthorizationPolicy names requestPrincipals or a claim.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/request_authentication/
# custom:
#   id: M411
#   severity: warn
#   category: security
#   scope: mesh
#   kinds: [RequestAuthentication.security.istio.io]
#   told: [optionalTokens]
#   inventory: true
#   reads: []
#   message: "requests without a token pass at {workloads}: no AuthorizationPolicy asks for one"
#   remediation: Add an AuthorizationPolicy that demands requestPrincipals, or a claim
#   bad: |
#     # alone
#     kind: RequestAuthentication
#     spec:
#       selector: {matchLabels: {app: orders}}
#       jwtRules: [{issuer: "https://id.example.com"}]
#   good: |
#     # beside it
#     kind: AuthorizationPolicy
#     spec:
#       selector: {matchLabels: {app: orders}}
#       rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]
package meshkeel.rules.m411

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("optionalTokens")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"workloads": told.fact.workloads},
	}
}
