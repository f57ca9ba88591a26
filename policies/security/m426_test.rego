package meshkeel.rules.m426_test

import data.meshkeel.rules.m426

question(action, rule) := {"resources": {"AuthorizationPolicy.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": {"action": action, "rules": [rule]}},
}]}}

to(operation) := {"to": [{"operation": operation}]}

paths(found) := {finding.path | some finding in found}

test_fires_on_deny_with_paths if {
	found := m426.findings with input as question("DENY", to({"paths": ["/admin"]}))
	{[finding.path, finding.params.field] | some finding in found} == {[
		["spec", "rules", 0, "to", 0, "operation", "paths"],
		"paths",
	]}
}

test_fires_on_allow_with_a_negative_operation if {
	found := m426.findings with input as question("ALLOW", to({"methods": ["GET"], "notPaths": ["/admin"]}))
	paths(found) == {["spec", "rules", 0, "to", 0, "operation", "notPaths"]}
}

test_fires_on_allow_with_a_negative_source_or_value if {
	rule := {
		"from": [{"source": {"notNamespaces": ["web"]}}],
		"when": [{"key": "request.headers[x]", "notValues": ["y"]}],
	}
	found := m426.findings with input as question("ALLOW", rule)
	paths(found) == {
		["spec", "rules", 0, "from", 0, "source", "notNamespaces"],
		["spec", "rules", 0, "when", 0, "notValues"],
	}
}

test_fires_when_the_action_is_missing if {
	without := {"resources": {"AuthorizationPolicy.security.istio.io": [{
		"key": "shop/a",
		"resource": {"spec": {"rules": [to({"notPorts": ["80"]})]}},
	}]}}
	count(m426.findings) == 1 with input as without
}

test_silent_on_the_safe_patterns if {
	count(m426.findings) == 0 with input as question("ALLOW", to({"paths": ["/public"], "methods": ["GET"]}))
	count(m426.findings) == 0 with input as question("DENY", to({"notPaths": ["/public"]}))
	count(m426.findings) == 0 with input as question("DENY", {"from": [{"source": {"namespaces": ["web"]}}]})
}

test_silent_on_other_actions_and_empty_lists if {
	count(m426.findings) == 0 with input as question("CUSTOM", to({"paths": ["/admin"]}))
	count(m426.findings) == 0 with input as question("AUDIT", to({"notPaths": ["/admin"]}))
	count(m426.findings) == 0 with input as question("ALLOW", to({"notPaths": []}))
}

test_silent_on_a_dry_run if {
	every action, rule in {"DENY": to({"paths": ["/admin"]}), "ALLOW": to({"notPaths": ["/admin"]})} {
		tried := json.patch(question(action, rule), [{
			"op": "add",
			"path": "/resources/AuthorizationPolicy.security.istio.io/0/resource/metadata/annotations",
			"value": {"istio.io/dry-run": "true"},
		}])
		count(m426.findings) == 1 with input as question(action, rule)
		count(m426.findings) == 0 with input as tried
	}
}

test_silent_when_parts_are_missing if {
	count(m426.findings) == 0 with input as question("DENY", {"to": [{}], "from": [{}]})
	count(m426.findings) == 0 with input as question("DENY", {})
}
