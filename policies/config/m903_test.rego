package meshkeel.rules.m903_test

import data.meshkeel.rules.m903

question(patches) := {"resources": {"EnvoyFilter.networking.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": {"configPatches": patches}},
}]}}

patch(apply_to, operation) := {"applyTo": apply_to, "patch": {"operation": operation}}

test_fires_on_replace_of_a_cluster if {
	found := m903.findings with input as question([patch("HTTP_FILTER", "REPLACE"), patch("CLUSTER", "REPLACE")])
	found == {{
		"resource": "shop/a",
		"path": ["spec", "configPatches", 1, "patch", "operation"],
		"params": {
			"what": "istiod ignores operation REPLACE on CLUSTER",
			"fix": "Use one of ADD, MERGE, REMOVE, or apply the patch to something else",
		},
		"related": [],
	}}
}

test_fires_on_add_and_remove_of_a_route_configuration if {
	every operation in ["ADD", "REMOVE"] {
		count(m903.findings) == 1 with input as question([patch("ROUTE_CONFIGURATION", operation)])
	}
}

test_silent_on_what_is_carried_out if {
	count(m903.findings) == 0 with input as question([
		patch("ROUTE_CONFIGURATION", "MERGE"),
		patch("HTTP_ROUTE", "ADD"),
		patch("VIRTUAL_HOST", "REPLACE"),
		patch("LISTENER_FILTER", "REPLACE"),
		patch("BOOTSTRAP", "MERGE"),
	])
}

test_fires_on_a_version_that_nothing_has if {
	path := ["spec", "configPatches", 0, "match", "proxy", "proxyVersion"]
	fact := {"path": path, "pin": "^1\\.20.*", "running": "1.31.1 runs"}
	found := m903.findings with input as {"facts": {"missedVersions": [{"key": "shop/a", "fact": fact}]}}
	some finding in found
	finding.path == path
	finding.params.what == "no proxy has a version that matches '^1\\.20.*': 1.31.1 runs"
}

test_silent_when_facts_are_missing if {
	count(m903.findings) == 0 with input as {"facts": {}}
	count(m903.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}

test_silent_when_the_patch_is_missing if {
	count(m903.findings) == 0 with input as question([{"applyTo": "CLUSTER"}, {}])
	count(m903.findings) == 0 with input as {"resources": {}}
}
