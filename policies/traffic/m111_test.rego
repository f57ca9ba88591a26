package meshkeel.rules.m111_test

import data.meshkeel.rules.m111

kind := "VirtualService.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "host": "h", "gateway": "edge/a", "others": ["shop/b"]}

test_fires_on_the_fact if {
	found := m111.findings with input as question({"catchAlls": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"host": "h", "gateway": "edge/a", "others": ["shop/b"]},
		"related": ["shop/b"],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m111.findings with input as question({"catchAlls": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m111.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"catchAlls": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m111.findings) == 0 with input as question({})
	count(m111.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
