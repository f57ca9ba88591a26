# METADATA
# title: DestinationRule where nobody looks
# description: >-
#   Proxies look for a DestinationRule in their own namespace, then in the service's, then in the root namespace. This
#   one stands in another, in which no proxy calls the host.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration
# custom:
#   id: M206
#   severity: info
#   category: traffic
#   scope: mesh
#   kinds: [DestinationRule.networking.istio.io]
#   told: [aside]
#   inventory: true
#   reads: []
#   message: "nobody takes the rule: no proxy of namespace {namespace} calls '{host}'"
#   remediation: Move the rule to the namespace of the service
#   bad: |
#     # no workload runs in this namespace
#     metadata: {name: reviews, namespace: platform}
#     spec: {host: reviews.shop.svc.cluster.local}
#   good: |
#     metadata: {name: reviews, namespace: shop}
#     spec: {host: reviews.shop.svc.cluster.local}
package meshkeel.rules.m206

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("aside")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"namespace": told.fact.namespace, "host": told.fact.host},
	}
}
