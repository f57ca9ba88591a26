# METADATA
# title: Failover without outlier detection
# description: >-
#   Istio sends requests to another locality only when it has seen that endpoints of the near one fail, which is what
#   outlierDetection does. Without it the failover that is written never happens. `distribute` needs none.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/
#   - ref: https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
# custom:
#   id: M207
#   severity: warn
#   category: traffic
#   scope: resource
#   kinds: [DestinationRule.networking.istio.io]
#   reads:
#     - spec.trafficPolicy.outlierDetection
#     - spec.trafficPolicy.loadBalancer.localityLbSetting
#     - spec.trafficPolicy.portLevelSettings.outlierDetection
#     - spec.trafficPolicy.portLevelSettings.loadBalancer.localityLbSetting
#     - spec.subsets.trafficPolicy.outlierDetection
#     - spec.subsets.trafficPolicy.loadBalancer.localityLbSetting
#     - spec.subsets.trafficPolicy.portLevelSettings.outlierDetection
#     - spec.subsets.trafficPolicy.portLevelSettings.loadBalancer.localityLbSetting
#   message: "the {setting} of localityLbSetting has no effect without outlierDetection"
#   remediation: Add outlierDetection beside loadBalancer
#   cross: []
#   bad: |
#     trafficPolicy:
#       loadBalancer:
#         localityLbSetting:
#           failover: [{from: eu-west, to: eu-central}]
#   good: |
#     trafficPolicy:
#       loadBalancer:
#         localityLbSetting:
#           failover: [{from: eu-west, to: eu-central}]
#       outlierDetection: {consecutive5xxErrors: 5}
package meshkeel.rules.m207

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("DestinationRule.networking.istio.io")
	some policy in policies(item)
	locality := object.get(policy.content, ["loadBalancer", "localityLbSetting"], {})
	object.get(locality, "enabled", true)
	some setting in ["failover", "failoverPriority"]
	count(object.get(locality, setting, [])) > 0
	not policy.detects
	finding := {
		"resource": item.key,
		"path": array.concat(policy.path, ["loadBalancer", "localityLbSetting", setting]),
		"params": {"setting": setting},
		"related": [],
	}
}

top(item) := objects.field(item, ["spec", "trafficPolicy"], {})

# The policy of the host, of its ports, of its subsets and of theirs. A subset's policy is laid over the host's; the
# settings of a port replace all others (selectTrafficPolicyComponents in pilot/pkg/networking/util).
policies(item) := array.concat(
	with_ports(["spec", "trafficPolicy"], top(item), detects(top(item))),
	[policy |
		some i, subset in objects.field(item, ["spec", "subsets"], [])
		content := object.get(subset, "trafficPolicy", {})
		own := {true | some layer in [content, top(item)]; detects(layer)}
		some policy in with_ports(["spec", "subsets", i, "trafficPolicy"], content, own == {true})
	],
)

with_ports(path, content, is_detected) := array.concat(
	[{"path": path, "content": content, "detects": is_detected}],
	[{"path": array.concat(path, ["portLevelSettings", i]), "content": port, "detects": detects(port)} |
		some i, port in object.get(content, "portLevelSettings", [])
	],
)

detects(content) := "outlierDetection" in object.keys(content)
