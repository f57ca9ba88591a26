package meshkeel.rules.m422_test

import data.meshkeel.rules.m422

question(spec) := annotated({}, spec)

annotated(annotations, spec) := {"resources": {"AuthorizationPolicy.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"annotations": annotations}, "spec": spec},
}]}}

from_web := {"from": [{"source": {"principals": ["cluster.local/ns/shop/sa/web"]}}]}

test_fires_on_the_empty_rule_beside_others if {
	found := m422.findings with input as question({"rules": [from_web, {}]})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "rules", 1],
		"severity": "error",
		"params": {"others": ", whatever its other rules say"},
		"related": [],
	}}
}

test_warns_of_the_empty_rule_alone if {
	found := m422.findings with input as question({"rules": [{}]})
	{[finding.severity, finding.params.others] | some finding in found} == {["warn", ""]}
}

test_warns_of_empty_lists if {
	found := m422.findings with input as question({"action": "ALLOW", "rules": [{"from": [], "to": []}]})
	{finding.severity | some finding in found} == {"warn"}
}

test_silent_when_it_is_meant if {
	intent := {"meshkeel.io/intent": "allow-all"}
	count(m422.findings) == 0 with input as annotated(intent, {"rules": [{}]})
}

test_fires_on_another_intent if {
	intent := {"meshkeel.io/intent": "default-deny"}
	count(m422.findings) == 1 with input as annotated(intent, {"rules": [{}]})
}

test_silent_on_a_rule_with_from if {
	count(m422.findings) == 0 with input as question({"rules": [from_web]})
}

test_silent_on_deny if {
	count(m422.findings) == 0 with input as question({"action": "DENY", "rules": [{}]})
}

test_silent_when_rules_are_missing if {
	count(m422.findings) == 0 with input as question({})
	count(m422.findings) == 0 with input as {"resources": {}}
}
