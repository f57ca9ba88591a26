package meshkeel.rules.m904_test

import data.meshkeel.rules.m904

fact := {
	"path": ["kind"],
	"what": "kind TrafficExtension is not served",
	"cluster": "c1",
}

test_fires_on_not_served if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m904.findings with input as {"facts": {"notServed": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.cluster == "c1"
}

test_fires_once_for_each_not_served if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m904.findings) == 2 with input as {"facts": {"notServed": told}}
}

test_silent_when_facts_are_missing if {
	count(m904.findings) == 0 with input as {"facts": {}}
	count(m904.findings) == 0 with input as {"resources": {}}
	count(m904.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
