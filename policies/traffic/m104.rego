# METADATA
# title: Host that Istio doesn't expand
# description: >-
#   Istio expands a host only if it has no dot. `reviews.shop` or `reviews.shop.svc` is taken as a full DNS name and
#   matches no service, although Kubernetes resolves it. A bare name is expanded with the namespace of the object that
#   names it, which changes its meaning when the object moves; that is only worth knowing.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-hosts
# custom:
#   id: M104
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io, DestinationRule.networking.istio.io]
#   facts: [shortHosts]
#   reads: []
#   message: "host '{host}' {problem}"
#   remediation: Write {service}
#   fix: write {service}
#   cross: []
#   bad: |
#     hosts: [reviews.shop]
#   good: |
#     hosts: [reviews.shop.svc.cluster.local]
package meshkeel.rules.m104

import data.meshkeel.lib.objects

about := rego.metadata.chain()

kinds := ["VirtualService.networking.istio.io", "DestinationRule.networking.istio.io"]

findings contains finding if {
	some kind in kinds
	some item in objects.of(kind)
	some host in objects.facts(item, "shortHosts")
	host.form == "partial"
	host.known
	finding := {
		"resource": item.key,
		"path": host.path,
		"severity": "warn",
		"params": {
			"host": host.host,
			"service": host.service,
			"problem": "has a dot, so Istio takes it as a full name and not as the service",
		},
		"related": [],
		"fix": [objects.put(host.path, host.service)],
	}
}

findings contains finding if {
	some kind in kinds
	some item in objects.of(kind)
	some host in objects.facts(item, "shortHosts")
	host.form == "bare"
	finding := {
		"resource": item.key,
		"path": host.path,
		"severity": "info",
		"params": {
			"host": host.host,
			"service": host.service,
			"problem": "is a short name: it means another service once the object moves to another namespace",
		},
		"related": [],
	}
}
