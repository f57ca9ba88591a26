# METADATA
# title: Sidecar that hides what its namespace needs
# description: >-
#   The Sidecar of a whole namespace lists the hosts that its proxies know. A VirtualService of that namespace is
#   written for one that isn't among them, so that its routes hold for nobody there ('./*' takes in the VirtualService,
#   but not a service of another namespace); or, where traffic was observed, a service is called that they would not
#   know any more.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener
# custom:
#   id: M502
#   severity: error
#   category: config
#   scope: mesh
#   kinds: [Sidecar.networking.istio.io]
#   told: [hiddenHosts]
#   reads: []
#   message: "proxies of namespace {namespace} don't know '{host}', but {why}"
#   remediation: Add the host to egress.hosts, with its namespace or './' for the own one
#   bad: |
#     # a VirtualService of this namespace has the host ratings.example.com
#     egress:
#       - hosts: ["istio-system/*"]
#   good: |
#     egress:
#       - hosts: ["istio-system/*", "./*"]
package meshkeel.rules.m502

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("hiddenHosts")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"namespace": told.fact.namespace, "host": told.fact.host, "why": told.fact.why},
		"related": objects.related("VirtualService.networking.istio.io", [id | id := told.fact.by; id != ""]),
	}
}
