package meshkeel.rules.m421_test

import data.meshkeel.rules.m421

question(metadata, spec) := {"resources": {"AuthorizationPolicy.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": metadata, "spec": spec},
}]}}

test_fires_on_an_empty_spec if {
	found := m421.findings with input as question({}, {})
	found == {{"resource": "shop/a", "path": ["spec"], "params": {}, "related": []}}
}

test_fires_on_allow_with_an_empty_list if {
	count(m421.findings) == 1 with input as question({}, {"action": "ALLOW", "rules": []})
}

test_fires_when_the_spec_is_missing if {
	question_without_spec := {"resources": {"AuthorizationPolicy.security.istio.io": [{
		"key": "shop/a",
		"resource": {"metadata": {}},
	}]}}
	count(m421.findings) == 1 with input as question_without_spec
}

test_fires_on_another_intent if {
	count(m421.findings) == 1 with input as question({"annotations": {"meshkeel.io/intent": "other"}}, {})
}

test_silent_when_it_is_meant if {
	count(m421.findings) == 0 with input as question({"annotations": {"meshkeel.io/intent": "default-deny"}}, {})
}

test_silent_on_a_dry_run if {
	count(m421.findings) == 0 with input as question({"annotations": {"istio.io/dry-run": "true"}}, {})
	count(m421.findings) == 1 with input as question({"annotations": {"istio.io/dry-run": "false"}}, {})
}

test_silent_on_deny_without_rules if {
	count(m421.findings) == 0 with input as question({}, {"action": "DENY"})
}

test_silent_on_allow_with_rules if {
	count(m421.findings) == 0 with input as question({}, {"rules": [{"to": [{"operation": {"methods": ["GET"]}}]}]})
}
