# METADATA
# title: Fault injection without an end
# description: >-
#   Injected faults are a test that somebody forgot. The annotation `meshkeel.io/expires` says when it ends. An abort
#   with 421 is left alone: it is the guard that Istio documents for connections that browsers reuse. The rule is off
#   until an organisation turns it on.
# related_resources:
#   - ref: https://istio.io/latest/docs/tasks/traffic-management/fault-injection/
# custom:
#   id: M112
#   severity: warn
#   enabled: false
#   category: traffic
#   scope: resource
#   kinds: [VirtualService.networking.istio.io]
#   told: [faults, endingFaults]
#   reads: []
#   params:
#     mostDays: {default: 0, meaning: days ahead that the end may be; 0 for any}
#   message: "requests are made to fail: {why}"
#   remediation: Take the fault away, or say by the annotation meshkeel.io/expires when it ends
#   bad: |
#     http:
#       - fault: {delay: {percentage: {value: 10}, fixedDelay: 5s}}
#   good: |
#     metadata:
#       annotations: {meshkeel.io/expires: "2026-12-24"}
package meshkeel.rules.m112

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("faults")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"why": told.fact.why},
	}
}

findings contains finding if {
	some told in objects.told("endingFaults")
	most := params.of(about, told.key, "mostDays")
	most > 0
	told.fact.days > most
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"why": sprintf("they end in %v days, and at most %v are allowed", [told.fact.days, most])},
	}
}
