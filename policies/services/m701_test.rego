package meshkeel.rules.m701_test

import data.meshkeel.rules.m701

fact := {
	"path": ["spec", "ports", 0],
	"port": "8080",
	"name": "main",
}

test_fires_on_unnamed_ports if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m701.findings with input as {"facts": {"unnamedPorts": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.name == "main"
}

test_fires_once_for_each_unnamed_ports if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m701.findings) == 2 with input as {"facts": {"unnamedPorts": told}}
}

test_fires_if_the_name_is_missing if {
	other := object.remove(fact, ["name"])
	found := m701.findings with input as {"facts": {"unnamedPorts": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.params.name == ""
}

test_silent_when_facts_are_missing if {
	count(m701.findings) == 0 with input as {"facts": {}}
	count(m701.findings) == 0 with input as {"resources": {}}
	count(m701.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
