package meshkeel.rules.m1003_test

import data.meshkeel.rules.m1003

fact := {
	"path": ["metadata", "name"],
	"what": "there is no remote secret for it in cluster c1",
}

test_fires_on_misfits if {
	told := [{"key": "MeshCluster.meshkeel.io//c2", "fact": fact}]
	found := m1003.findings with input as {"facts": {"misfits": told}}
	count(found) == 1
	some finding in found
	finding.resource == "MeshCluster.meshkeel.io//c2"
	finding.path == fact.path
	startswith(finding.params.what, "there is no remote secret")
}

test_fires_once_for_each_misfits if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "MeshCluster.meshkeel.io//c2", "fact": fact}, {"key": "MeshCluster.meshkeel.io//c2", "fact": other}]
	count(m1003.findings) == 2 with input as {"facts": {"misfits": told}}
}

test_silent_when_facts_are_missing if {
	count(m1003.findings) == 0 with input as {"facts": {}}
	count(m1003.findings) == 0 with input as {"resources": {}}
	count(m1003.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}

test_warns_of_what_ends_soon if {
	ending := {"path": ["metadata", "name"], "what": "the certificate", "days": 20}
	told := [{"key": "MeshCluster.meshkeel.io//c1", "fact": ending}]
	count(m1003.findings) == 0 with input as {"facts": {"endings": told}}
	set := {"M1003": {"": {"days": 30}}}
	found := m1003.findings with input as {"facts": {"endings": told}, "params": set}
	{[finding.severity, finding.params.what] | some finding in found} == {["warn", "the certificate ends in 20 days"]}
}
