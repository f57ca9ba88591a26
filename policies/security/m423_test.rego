package meshkeel.rules.m423_test

import data.meshkeel.rules.m423

question(spec) := {"resources": {"AuthorizationPolicy.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": spec},
}]}}

web := [{"source": {"namespaces": ["web"]}}]

get := [{"operation": {"methods": ["GET"]}}]

test_fires_on_a_rule_in_two_items if {
	found := m423.findings with input as question({"rules": [{"from": web}, {"to": get}]})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "rules", 1],
		"severity": "error",
		"params": {"to": 2, "from": 1, "verb": "allows"},
		"related": [],
	}}
}

test_fires_in_the_other_order if {
	found := m423.findings with input as question({"action": "ALLOW", "rules": [{"to": get}, {"from": web}]})
	{finding.path | some finding in found} == {["spec", "rules", 0]}
}

test_warns_of_what_may_be_a_public_path if {
	health := [{"operation": {"paths": ["/healthz"]}}]
	found := m423.findings with input as question({"rules": [{"from": web}, {"to": health}]})
	{finding.severity | some finding in found} == {"warn"}
}

test_fires_when_one_operation_has_no_paths if {
	mixed := array.concat(get, [{"operation": {"paths": ["/healthz"]}}])
	found := m423.findings with input as question({"rules": [{"from": web}, {"to": mixed}]})
	{finding.severity | some finding in found} == {"error"}
}

test_fires_when_from_is_empty if {
	count(m423.findings) == 1 with input as question({"rules": [{"from": web}, {"from": [], "to": get}]})
}

test_silent_on_a_whole_rule if {
	count(m423.findings) == 0 with input as question({"rules": [{"from": web, "to": get}]})
	count(m423.findings) == 0 with input as question({"rules": [{"from": web}, {"from": web, "to": get}]})
}

test_silent_on_rules_of_one_sort if {
	count(m423.findings) == 0 with input as question({"rules": [{"to": get}, {"to": get}]})
	count(m423.findings) == 0 with input as question({"rules": [{"from": web}, {"from": web}]})
}

test_warns_of_deny if {
	found := m423.findings with input as question({"action": "DENY", "rules": [{"from": web}, {"to": get}]})
	{[finding.severity, finding.params.verb] | some finding in found} == {["warn", "denies"]}
}

test_silent_on_deny_of_callers_that_lack_something if {
	nobody := [{"source": {"notPrincipals": ["*"]}}]
	count(m423.findings) == 0 with input as question({"action": "DENY", "rules": [{"from": nobody}, {"to": get}]})
}

test_silent_on_other_actions_and_with_conditions if {
	count(m423.findings) == 0 with input as question({"action": "AUDIT", "rules": [{"from": web}, {"to": get}]})
	when := [{"key": "request.headers[x]", "values": ["y"]}]
	count(m423.findings) == 0 with input as question({"rules": [{"from": web}, {"to": get, "when": when}]})
}

test_silent_when_rules_are_missing if {
	count(m423.findings) == 0 with input as question({})
}
