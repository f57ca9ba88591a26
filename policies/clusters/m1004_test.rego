package meshkeel.rules.m1004_test

import data.meshkeel.rules.m1004

fact := {
	"path": [],
	"kind": "VirtualService",
}

test_fires_on_idle if {
	told := [{"key": "Sidecar.x/shop/a@c2", "fact": fact}]
	found := m1004.findings with input as {"facts": {"idle": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Sidecar.x/shop/a@c2"
	finding.path == fact.path
	finding.params.kind == "VirtualService"
}

test_fires_once_for_each_idle if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Sidecar.x/shop/a@c2", "fact": fact}, {"key": "Sidecar.x/shop/a@c2", "fact": other}]
	count(m1004.findings) == 2 with input as {"facts": {"idle": told}}
}

test_silent_when_facts_are_missing if {
	count(m1004.findings) == 0 with input as {"facts": {}}
	count(m1004.findings) == 0 with input as {"resources": {}}
	count(m1004.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
