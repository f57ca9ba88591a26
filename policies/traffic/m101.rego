# METADATA
# title: Host claimed by two VirtualServices
# description: >-
#   Sidecars never merge VirtualServices. Where two of them are bound to `mesh`, claim the same host and are seen by the
#   same namespaces, a sidecar takes the older one and ignores the routes of the other without a word.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0109/
# custom:
#   id: M101
#   severity: error
#   category: traffic
#   scope: mesh
#   kinds: [VirtualService.networking.istio.io]
#   facts: [hosts]
#   reads: []
#   message: "host '{host}' ({fqdn}) is also claimed by VirtualService {others}, and sidecars never merge the two"
#   remediation: Join the routes in one VirtualService, or narrow exportTo so that no namespace sees both
#   cross: [IST0109, KIA1106]
#   bad: |
#     # two objects, both with
#     spec:
#       hosts: [reviews.shop.svc.cluster.local]
#   good: |
#     # one object, or in two namespaces
#     spec:
#       hosts: [reviews.shop.svc.cluster.local]
#       exportTo: ["."]
package meshkeel.rules.m101

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some host in objects.facts(item, "hosts")
	finding := {
		"resource": item.key,
		"path": host.path,
		"params": {"host": host.host, "fqdn": host.fqdn, "others": host.others},
		"related": host.others,
	}
}
