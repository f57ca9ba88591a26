package meshkeel.rules.m308_test

import data.meshkeel.rules.m308

kind := "Gateway.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "host": "*.x", "guarded": [{"host": "a.x", "gateway": "edge/b"}]}

test_fires_on_the_fact if {
	found := m308.findings with input as question({"wide": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"host": "*.x", "guarded": ["a.x"]},
		"related": ["edge/b"],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m308.findings with input as question({"wide": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m308.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"wide": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m308.findings) == 0 with input as question({})
	count(m308.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
