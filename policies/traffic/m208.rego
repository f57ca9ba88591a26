# METADATA
# title: Policy of a subset that nothing routes to
# description: >-
#   The traffic policy of a subset holds only for requests that a VirtualService sends to that subset. Requests to the
#   host itself follow the host's policy, even where all its pods are in the subset.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/common-problems/network-issues/#destination-rule-policy-not-activated
# custom:
#   id: M208
#   severity: warn
#   category: traffic
#   scope: mesh
#   kinds: [DestinationRule.networking.istio.io]
#   facts: [unused]
#   reads: []
#   message: "no route goes to subset '{subset}', so its traffic policy has no effect"
#   remediation: Move the policy up to spec.trafficPolicy, or add a VirtualService that routes to the subset
#   cross: []
#   bad: |
#     # and no VirtualService routes to v1
#     subsets:
#       - name: v1
#         labels: {version: v1}
#         trafficPolicy: {connectionPool: {tcp: {maxConnections: 100}}}
#   good: |
#     trafficPolicy: {connectionPool: {tcp: {maxConnections: 100}}}
#     subsets:
#       - name: v1
#         labels: {version: v1}
package meshkeel.rules.m208

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("DestinationRule.networking.istio.io")
	some part in objects.facts(item, "unused")
	finding := {
		"resource": item.key,
		"path": part.path,
		"params": {"subset": part.subset},
		"related": [],
	}
}
