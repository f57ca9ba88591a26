package meshkeel.rules.m422_test

import data.meshkeel.rules.m422

question(spec) := {"resources": {"AuthorizationPolicy.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {}, "spec": spec},
}]}}

from_web := {"from": [{"source": {"principals": ["cluster.local/ns/shop/sa/web"]}}]}

test_fires_on_the_empty_rule if {
	found := m422.findings with input as question({"rules": [from_web, {}]})
	found == {{"resource": "shop/a", "path": ["spec", "rules", 1], "params": {}, "related": []}}
}

test_fires_on_empty_lists if {
	count(m422.findings) == 1 with input as question({"action": "ALLOW", "rules": [{"from": [], "to": []}]})
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
