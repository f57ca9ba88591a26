package meshkeel.rules.m307_test

import data.meshkeel.rules.m307

fact := {
	"path": ["spec", "parentRefs", 0, "name"],
	"what": "there is no Gateway edge/gw",
	"certain": true,
}

test_fires_on_broken_references if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m307.findings with input as {"facts": {"brokenReferences": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.severity == "error"
}

test_fires_once_for_each_broken_references if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m307.findings) == 2 with input as {"facts": {"brokenReferences": told}}
}

test_warns_if_certainty_is_missing if {
	other := object.remove(fact, ["certain"])
	found := m307.findings with input as {"facts": {"brokenReferences": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.severity == "warn"
}

test_silent_when_facts_are_missing if {
	count(m307.findings) == 0 with input as {"facts": {}}
	count(m307.findings) == 0 with input as {"resources": {}}
	count(m307.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
