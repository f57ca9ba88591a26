package meshkeel.rules.m201_test

import data.meshkeel.rules.m201

kind := "DestinationRule.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "what": "subset 'v1'", "others": ["shop/b"]}

test_fires_on_the_fact if {
	found := m201.findings with input as question({"twice": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"what": "subset 'v1'", "others": ["shop/b"]},
		"related": ["shop/b"],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m201.findings with input as question({"twice": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m201.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"twice": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m201.findings) == 0 with input as question({})
	count(m201.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
