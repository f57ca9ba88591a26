package meshkeel.rules.m412_test

import data.meshkeel.rules.m412

kind := "VirtualService.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "claim": "@request.auth.claims.a", "gateway": "edge/b", "certain": true}

test_fires_on_the_fact if {
	found := m412.findings with input as question({"claims": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"severity": "error",
		"params": {
			"claim": "@request.auth.claims.a",
			"gateway": "edge/b",
			"why": "no RequestAuthentication checks tokens",
			"effect": "never holds",
		},
		"related": [{"kind": "Gateway.networking.istio.io", "id": "edge/b"}],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m412.findings with input as question({"claims": [fact, other]})
	count(found) == 2
}

test_warns_when_it_is_not_certain_or_that_is_missing if {
	every one in [object.union(fact, {"certain": false}), object.remove(fact, ["certain"])] {
		found := m412.findings with input as question({"claims": [one]})
		{finding.severity | some finding in found} == {"warn"}
	}
}

test_what_is_known_of_the_pods_decides if {
	checked := [{"gateway": "edge/b", "checked": true}]
	unchecked := [{"gateway": "edge/b", "checked": false}]
	elsewhere := [{"gateway": "edge/c", "checked": true}]
	doubtful := object.union(fact, {"certain": false})
	count(m412.findings) == 0 with input as question({"claims": [fact], "gatewayChecks": checked})
	count(m412.findings) == 1 with input as question({"claims": [fact], "gatewayChecks": elsewhere})
	sure := m412.findings with input as question({"claims": [doubtful], "gatewayChecks": unchecked})
	{finding.severity | some finding in sure} == {"error"}
	missed := m412.findings with input as question({"checkedClaims": [fact], "gatewayChecks": unchecked})
	{finding.severity | some finding in missed} == {"error"}
}

test_silent_when_a_check_reaches_the_pods if {
	checked := [{"gateway": "edge/b", "checked": true}]
	count(m412.findings) == 0 with input as question({"checkedClaims": [fact]})
	count(m412.findings) == 0 with input as question({"checkedClaims": [fact], "gatewayChecks": checked})
}

test_silent_on_other_kinds if {
	count(m412.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"claims": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m412.findings) == 0 with input as question({})
	count(m412.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
