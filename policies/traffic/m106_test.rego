package meshkeel.rules.m106_test

import data.meshkeel.rules.m106

kind := "VirtualService.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "gateway": "edge/a", "hosts": ["h"], "served": ["g"]}

test_fires_on_the_fact if {
	found := m106.findings with input as question({"unserved": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"gateway": "edge/a", "hosts": ["h"], "served": ["g"]},
		"related": [{"kind": "Gateway.networking.istio.io", "id": "edge/a"}],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m106.findings with input as question({"unserved": [fact, other]})
	count(found) == 2
}

test_silent_on_other_kinds if {
	count(m106.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"unserved": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m106.findings) == 0 with input as question({})
	count(m106.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
