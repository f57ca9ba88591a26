# METADATA
# title: Two defaults for one namespace
# description: >-
#   A Sidecar or Telemetry that selects no workloads is the default of its namespace, and a namespace has one of each.
#   Which one of several holds isn't defined.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/sidecar/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0111/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0160/
# custom:
#   id: M501
#   severity: error
#   category: config
#   scope: namespace
#   kinds: [Sidecar.networking.istio.io, Telemetry.telemetry.istio.io]
#   reads: []
#   message: "{others} is a default of this namespace too, and only one of them holds"
#   remediation: "Merge the two, or give one a selector"
#   cross: [IST0111, IST0160]
#   bad: |
#     # two Sidecars of one namespace, both with
#     spec:
#       egress: [{hosts: [./*]}]
#   good: |
#     # in the second
#     spec:
#       workloadSelector:
#         labels: {app: web}
#       egress: [{hosts: [./*]}]
package meshkeel.rules.m501

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some kind in ["Sidecar.networking.istio.io", "Telemetry.telemetry.istio.io"]
	some item in objects.of(kind)
	others := objects.facts(item, "others")
	count(others) > 0
	finding := {"resource": item.key, "path": ["spec"], "params": {"others": others}, "related": others}
}
