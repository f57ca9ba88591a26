package meshkeel.rules.m112_test

import data.meshkeel.rules.m112

fact := {
	"path": ["spec", "http", 0, "fault"],
	"why": "it says no end",
}

test_fires_on_faults if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m112.findings with input as {"facts": {"faults": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.why == "it says no end"
}

test_fires_once_for_each_faults if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m112.findings) == 2 with input as {"facts": {"faults": told}}
}

test_silent_when_facts_are_missing if {
	count(m112.findings) == 0 with input as {"facts": {}}
	count(m112.findings) == 0 with input as {"resources": {}}
	count(m112.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}

test_fires_on_what_ends_later_than_is_set if {
	ending := {"path": ["spec", "http", 0, "fault"], "days": 40}
	told := [{"key": "VirtualService.networking.istio.io/shop/a", "fact": ending}]
	count(m112.findings) == 0 with input as {"facts": {"endingFaults": told}}
	set := {"M112": {"": {"mostDays": 30}}}
	count(m112.findings) == 1 with input as {"facts": {"endingFaults": told}, "params": set}
}
