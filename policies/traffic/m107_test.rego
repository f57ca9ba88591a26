package meshkeel.rules.m107_test

import data.meshkeel.rules.m107

kind := "VirtualService.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "host": "h", "ports": [80, 443], "wrong": [8080], "atGateway": true}

test_fires_on_the_fact if {
	found := m107.findings with input as question({"portless": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"severity": "error",
		"params": {"host": "h", "ports": [80, 443], "wrong": [8080]},
		"related": [],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m107.findings with input as question({"portless": [fact, other]})
	count(found) == 2
}

test_warns_in_the_mesh_and_when_the_place_is_missing if {
	in_mesh := object.union(fact, {"atGateway": false})
	every one in [in_mesh, object.remove(fact, ["atGateway"])] {
		found := m107.findings with input as question({"portless": [one]})
		{finding.severity | some finding in found} == {"warn"}
	}
}

test_silent_on_other_kinds if {
	count(m107.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"portless": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m107.findings) == 0 with input as question({})
	count(m107.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
