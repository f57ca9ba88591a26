# METADATA
# title: Caller that nobody can be
# description: >-
#   A rule names a service account that no cluster has, or a trust domain that is neither the mesh's nor an alias of
#   it. No caller ever has that name.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
# custom:
#   id: M428
#   severity: warn
#   category: security
#   scope: mesh
#   kinds: [AuthorizationPolicy.security.istio.io]
#   told: [strangers]
#   inventory: true
#   reads: []
#   params:
#     trustDomains: {default: [], meaning: trust domains of others from which callers are let in}
#   message: "nobody is '{value}': {why}"
#   remediation: Name a service account that exists, in the mesh's trust domain
#   cross: [KIA0106, KIA0108]
#   bad: |
#     source: {principals: [cluster.local/ns/web/sa/wbe]}
#   good: |
#     source: {principals: [cluster.local/ns/web/sa/web]}
package meshkeel.rules.m428

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("strangers")
	not object.get(told.fact, "domain", "") in params.of(about, told.key, "trustDomains")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"value": told.fact.value, "why": told.fact.why},
	}
}
