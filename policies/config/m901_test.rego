package meshkeel.rules.m901_test

import data.meshkeel.rules.m901

question(extra, apply_to, patch) := {"resources": {"EnvoyFilter.networking.istio.io": [{
	"key": "shop/a",
	"resource": {
		"metadata": {"namespace": "shop", "name": "a"},
		"spec": object.union(extra, {"configPatches": [{"applyTo": apply_to, "patch": patch}]}),
	},
}]}}

test_fires_on_relative_operations_when_priority_is_missing if {
	every operation in ["INSERT_BEFORE", "INSERT_AFTER", "REPLACE", "REMOVE"] {
		found := m901.findings with input as question({}, "HTTP_FILTER", {"operation": operation})
		found == {{
			"resource": "shop/a",
			"path": ["spec", "configPatches", 0, "patch", "operation"],
			"params": {"operation": operation},
			"related": [],
		}}
	}
}

test_fires_on_priority_zero if {
	count(m901.findings) == 1 with input as question({"priority": 0}, "HTTP_FILTER", {"operation": "REPLACE"})
}

test_silent_with_a_priority if {
	count(m901.findings) == 0 with input as question({"priority": -10}, "HTTP_FILTER", {"operation": "REPLACE"})
}

test_silent_on_absolute_operations if {
	every operation in ["INSERT_FIRST", "ADD", "MERGE"] {
		count(m901.findings) == 0 with input as question({}, "HTTP_FILTER", {"operation": operation})
	}
}

test_silent_where_nothing_has_an_order if {
	count(m901.findings) == 0 with input as question({}, "CLUSTER", {"operation": "INSERT_BEFORE"})
}

test_silent_where_istiod_ignores_it_anyway if {
	count(m901.findings) == 0 with input as question({}, "ROUTE_CONFIGURATION", {"operation": "REMOVE"})
}

test_silent_when_the_operation_is_missing if {
	count(m901.findings) == 0 with input as question({}, "HTTP_FILTER", {})
}
