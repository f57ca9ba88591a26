package meshkeel.rules.m429_test

import data.meshkeel.rules.m429

fact := {
	"path": ["spec", "rules", 0, "from", 0, "source", "ipBlocks"],
	"field": "ipBlocks",
	"service": "edge/gw",
}

test_fires_on_hidden_callers if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m429.findings with input as {"facts": {"hiddenCallers": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.service == "edge/gw"
}

test_fires_once_for_each_hidden_callers if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m429.findings) == 2 with input as {"facts": {"hiddenCallers": told}}
}

test_silent_when_facts_are_missing if {
	count(m429.findings) == 0 with input as {"facts": {}}
	count(m429.findings) == 0 with input as {"resources": {}}
	count(m429.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
