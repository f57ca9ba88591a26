package meshkeel.rules.m305_test

import data.meshkeel.rules.m305

kind := "Gateway.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "certificate": "c", "port": 443, "others": ["edge/b"]}

test_fires_on_the_fact if {
	found := m305.findings with input as question({"certificates": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"certificate": "c", "port": 443, "others": ["edge/b"]},
		"related": ["edge/b"],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m305.findings with input as question({"certificates": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m305.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"certificates": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m305.findings) == 0 with input as question({})
	count(m305.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
