package meshkeel.rules.m208_test

import data.meshkeel.rules.m208

kind := "DestinationRule.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "subset": "v1"}

test_fires_on_the_fact if {
	found := m208.findings with input as question({"unused": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"subset": "v1"},
		"related": [],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m208.findings with input as question({"unused": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m208.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"unused": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m208.findings) == 0 with input as question({})
	count(m208.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
