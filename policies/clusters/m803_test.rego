package meshkeel.rules.m803_test

import data.meshkeel.rules.m803

fact := {
	"path": ["metadata", "annotations", "sidecar.istio.io/inject"],
	"annotation": "sidecar.istio.io/inject",
	"why": "is deprecated",
}

test_fires_on_annotations if {
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact}]
	found := m803.findings with input as {"facts": {"annotations": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Deployment.apps/shop/a@c1"
	finding.path == fact.path
	finding.params.why == "is deprecated"
}

test_fires_once_for_each_annotations if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact}, {"key": "Deployment.apps/shop/a@c1", "fact": other}]
	count(m803.findings) == 2 with input as {"facts": {"annotations": told}}
}

test_silent_when_facts_are_missing if {
	count(m803.findings) == 0 with input as {"facts": {}}
	count(m803.findings) == 0 with input as {"resources": {}}
	count(m803.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
