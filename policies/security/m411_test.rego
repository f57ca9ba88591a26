package meshkeel.rules.m411_test

import data.meshkeel.rules.m411

fact := {
	"path": ["spec", "jwtRules"],
	"workloads": ["Deployment shop/a"],
}

test_fires_on_optional_tokens if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m411.findings with input as {"facts": {"optionalTokens": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.workloads == ["Deployment shop/a"]
}

test_fires_once_for_each_optional_tokens if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m411.findings) == 2 with input as {"facts": {"optionalTokens": told}}
}

test_silent_when_facts_are_missing if {
	count(m411.findings) == 0 with input as {"facts": {}}
	count(m411.findings) == 0 with input as {"resources": {}}
	count(m411.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
