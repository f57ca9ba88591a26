package meshkeel.rules.m801_test

import data.meshkeel.rules.m801

fact := {
	"path": ["metadata", "labels", "istio.io/rev"],
	"injection": "enabled",
	"revision": "stable",
}

test_fires_on_two_labels if {
	told := [{"key": "Namespace//shop@c1", "fact": fact}]
	found := m801.findings with input as {"facts": {"twoLabels": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Namespace//shop@c1"
	finding.path == fact.path
	finding.params.revision == "stable"
}

test_fires_once_for_each_two_labels if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Namespace//shop@c1", "fact": fact}, {"key": "Namespace//shop@c1", "fact": other}]
	count(m801.findings) == 2 with input as {"facts": {"twoLabels": told}}
}

test_silent_when_facts_are_missing if {
	count(m801.findings) == 0 with input as {"facts": {}}
	count(m801.findings) == 0 with input as {"resources": {}}
	count(m801.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
