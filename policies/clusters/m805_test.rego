package meshkeel.rules.m805_test

import data.meshkeel.rules.m805

fact := {
	"path": ["spec"],
	"reason": "1 of 1 pod has no proxy, new ones would",
}

test_fires_on_pending if {
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact}]
	found := m805.findings with input as {"facts": {"pending": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Deployment.apps/shop/a@c1"
	finding.path == fact.path
	startswith(finding.params.reason, "1 of 1")
}

test_fires_once_for_each_pending if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact}, {"key": "Deployment.apps/shop/a@c1", "fact": other}]
	count(m805.findings) == 2 with input as {"facts": {"pending": told}}
}

test_silent_when_facts_are_missing if {
	count(m805.findings) == 0 with input as {"facts": {}}
	count(m805.findings) == 0 with input as {"resources": {}}
	count(m805.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
