package meshkeel.rules.m1002_test

import data.meshkeel.rules.m1002

fact := {
	"path": ["spec", "network"],
	"network": "n2",
}

test_fires_on_no_way if {
	told := [{"key": "MeshCluster.meshkeel.io//c2", "fact": fact}]
	found := m1002.findings with input as {"facts": {"noWay": told}}
	count(found) == 1
	some finding in found
	finding.resource == "MeshCluster.meshkeel.io//c2"
	finding.path == fact.path
	finding.params.network == "n2"
}

test_fires_once_for_each_no_way if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "MeshCluster.meshkeel.io//c2", "fact": fact}, {"key": "MeshCluster.meshkeel.io//c2", "fact": other}]
	count(m1002.findings) == 2 with input as {"facts": {"noWay": told}}
}

test_silent_when_facts_are_missing if {
	count(m1002.findings) == 0 with input as {"facts": {}}
	count(m1002.findings) == 0 with input as {"resources": {}}
	count(m1002.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
