package meshkeel.rules.m703_test

import data.meshkeel.rules.m703

fact := {
	"path": ["spec"],
	"port": "8080",
	"protocols": ["HTTP", "TCP"],
	"services": ["shop/a", "shop/b"],
}

test_fires_on_disputed_ports if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m703.findings with input as {"facts": {"disputedPorts": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	count(finding.related) == 2
}

test_fires_once_for_each_disputed_ports if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m703.findings) == 2 with input as {"facts": {"disputedPorts": told}}
}

test_silent_when_facts_are_missing if {
	count(m703.findings) == 0 with input as {"facts": {}}
	count(m703.findings) == 0 with input as {"resources": {}}
	count(m703.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
