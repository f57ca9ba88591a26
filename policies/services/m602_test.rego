package meshkeel.rules.m602_test

import data.meshkeel.rules.m602

fact := {
	"path": ["spec", "ports", 0],
	"port": "3306",
	"protocol": "TCP",
}

test_fires_on_addressless if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m602.findings with input as {"facts": {"addressless": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.what == "port 3306 (TCP) has no address, and none is allocated"
}

test_fires_on_undeclared if {
	called := {"path": ["metadata", "name"], "host": "api.example.com", "namespace": "shop"}
	found := m602.findings with input as {"facts": {"undeclared": [{"key": "c1", "fact": called}]}}
	{finding.resource | some finding in found} == {"c1"}
}

test_fires_on_blocked if {
	path := ["spec", "egress", 0, "hosts", 1]
	told := [{"key": "shop/default", "fact": {"path": path, "host": "api.example.com"}}]
	found := m602.findings with input as {"facts": {"blocked": told}}
	{finding.path | some finding in found} == {path}
}

test_fires_once_for_each_addressless if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m602.findings) == 2 with input as {"facts": {"addressless": told}}
}

test_silent_when_facts_are_missing if {
	count(m602.findings) == 0 with input as {"facts": {}}
	count(m602.findings) == 0 with input as {"resources": {}}
	count(m602.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
