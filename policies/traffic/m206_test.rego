package meshkeel.rules.m206_test

import data.meshkeel.rules.m206

fact := {
	"path": ["metadata", "namespace"],
	"namespace": "platform",
	"host": "a.shop.svc.cluster.local",
}

test_fires_on_aside if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m206.findings with input as {"facts": {"aside": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.namespace == "platform"
}

test_fires_once_for_each_aside if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m206.findings) == 2 with input as {"facts": {"aside": told}}
}

test_silent_when_facts_are_missing if {
	count(m206.findings) == 0 with input as {"facts": {}}
	count(m206.findings) == 0 with input as {"resources": {}}
	count(m206.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
