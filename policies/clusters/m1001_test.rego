package meshkeel.rules.m1001_test

import data.meshkeel.rules.m1001

fact := {
	"path": ["spec"],
	"what": "cluster c2 lacks it",
	"clusters": ["c1"],
	"id": "shop/a",
	"kind": "VirtualService.networking.istio.io",
}

test_fires_on_unequal if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m1001.findings with input as {"facts": {"unequal": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.related == [{"kind": "VirtualService.networking.istio.io", "id": "shop/a", "cluster": "c1"}]
}

test_fires_once_for_each_unequal if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m1001.findings) == 2 with input as {"facts": {"unequal": told}}
}

test_fires_if_the_other_clusters_are_missing if {
	other := object.remove(fact, ["clusters"])
	found := m1001.findings with input as {"facts": {"unequal": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.related == []
}

test_silent_when_facts_are_missing if {
	count(m1001.findings) == 0 with input as {"facts": {}}
	count(m1001.findings) == 0 with input as {"resources": {}}
	count(m1001.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
