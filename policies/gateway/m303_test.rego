package meshkeel.rules.m303_test

import data.meshkeel.rules.m303

fact := {
	"path": ["spec", "servers", 0, "tls", "credentialName"],
	"workload": "Deployment edge/gw",
	"name": "cert",
	"why": "there is no Secret",
}

test_fires_on_credentials if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m303.findings with input as {"facts": {"credentials": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.why == "there is no Secret"
}

test_fires_once_for_each_credentials if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m303.findings) == 2 with input as {"facts": {"credentials": told}}
}

test_silent_when_facts_are_missing if {
	count(m303.findings) == 0 with input as {"facts": {}}
	count(m303.findings) == 0 with input as {"resources": {}}
	count(m303.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
