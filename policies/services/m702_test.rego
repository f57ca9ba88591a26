package meshkeel.rules.m702_test

import data.meshkeel.rules.m702

fact := {
	"path": ["spec", "ports"],
	"what": "ports: 80 HTTP in c1; 8080 HTTP in c2",
	"clusters": ["c1"],
	"id": "shop/a",
}

test_fires_on_differences if {
	told := [{"key": "Service/shop/a@c2", "fact": fact}]
	found := m702.findings with input as {"facts": {"differences": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Service/shop/a@c2"
	finding.path == fact.path
	finding.related == [{"kind": "Service", "id": "shop/a", "cluster": "c1"}]
}

test_fires_once_for_each_differences if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Service/shop/a@c2", "fact": fact}, {"key": "Service/shop/a@c2", "fact": other}]
	count(m702.findings) == 2 with input as {"facts": {"differences": told}}
}

test_fires_if_the_other_clusters_are_missing if {
	other := object.remove(fact, ["clusters"])
	found := m702.findings with input as {"facts": {"differences": [{"key": "Service/shop/a@c2", "fact": other}]}}
	some finding in found
	finding.related == []
}

test_silent_when_facts_are_missing if {
	count(m702.findings) == 0 with input as {"facts": {}}
	count(m702.findings) == 0 with input as {"resources": {}}
	count(m702.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
