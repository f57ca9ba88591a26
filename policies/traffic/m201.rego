# METADATA
# title: DestinationRules that say a thing twice
# description: >-
#   istiod merges the DestinationRules of one host and namespace. Subsets are put together, but of two traffic policies,
#   or of two subsets with one name, only the one of the oldest object holds; the other is ignored without a word.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
# custom:
#   id: M201
#   severity: warn
#   category: traffic
#   scope: namespace
#   kinds: [DestinationRule.networking.istio.io]
#   facts: [twice]
#   reads: []
#   message: "DestinationRule {others} of the same host and namespace also has the {what}; only the oldest one's holds"
#   remediation: Merge the two objects, or keep it in one of them
#   cross: [KIA0201]
#   bad: |
#     # two objects of one namespace, both with
#     host: reviews.shop.svc.cluster.local
#     trafficPolicy: {...}
#   good: |
#     # one object
#     host: reviews.shop.svc.cluster.local
#     trafficPolicy: {...}
package meshkeel.rules.m201

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("DestinationRule.networking.istio.io")
	some part in objects.facts(item, "twice")
	finding := {
		"resource": item.key,
		"path": part.path,
		"params": {"what": part.what, "others": part.others},
		"related": part.others,
	}
}
