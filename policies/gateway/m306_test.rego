package meshkeel.rules.m306_test

import data.meshkeel.rules.m306

fact := {
	"path": ["spec", "servers", 0, "port", "number"],
	"port": "8443",
	"services": ["edge/gw"],
}

test_fires_on_closed_ports if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m306.findings with input as {"facts": {"closedPorts": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.services == ["edge/gw"]
}

test_fires_once_for_each_closed_ports if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m306.findings) == 2 with input as {"facts": {"closedPorts": told}}
}

test_silent_when_facts_are_missing if {
	count(m306.findings) == 0 with input as {"facts": {}}
	count(m306.findings) == 0 with input as {"resources": {}}
	count(m306.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
