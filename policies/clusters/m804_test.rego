package meshkeel.rules.m804_test

import data.meshkeel.rules.m804

fact_1 := {
	"path": ["spec", "template", "spec", "containers", 0, "securityContext", "runAsUser"],
	"container": "container a",
}

test_fires_on_proxy_user if {
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact_1}]
	found := m804.findings with input as {"facts": {"proxyUser": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Deployment.apps/shop/a@c1"
	finding.path == fact_1.path
	startswith(finding.params.what, "container a runs as user 1337")
}

test_fires_once_for_each_proxy_user if {
	other := object.union(fact_1, {"path": ["spec", "other"]})
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact_1}, {"key": "Deployment.apps/shop/a@c1", "fact": other}]
	count(m804.findings) == 2 with input as {"facts": {"proxyUser": told}}
}

fact_2 := {
	"path": ["spec", "ports", "excludeInbound"],
	"port": "8080",
	"by": "AuthorizationPolicy shop/a",
}

test_fires_on_unchecked_ports if {
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact_2}]
	found := m804.findings with input as {"facts": {"uncheckedPorts": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Deployment.apps/shop/a@c1"
	finding.path == fact_2.path
	contains(finding.params.what, "AuthorizationPolicy shop/a")
}

test_fires_once_for_each_unchecked_ports if {
	other := object.union(fact_2, {"path": ["spec", "other"]})
	told := [{"key": "Deployment.apps/shop/a@c1", "fact": fact_2}, {"key": "Deployment.apps/shop/a@c1", "fact": other}]
	count(m804.findings) == 2 with input as {"facts": {"uncheckedPorts": told}}
}

test_silent_when_facts_are_missing if {
	count(m804.findings) == 0 with input as {"facts": {}}
	count(m804.findings) == 0 with input as {"resources": {}}
	count(m804.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
