package meshkeel.rules.m902_test

import data.meshkeel.rules.m902

question(namespace, spec) := {
	"mesh": {"rootNamespace": "istio-system"},
	"resources": {"EnvoyFilter.networking.istio.io": [{
		"key": "a",
		"resource": {"metadata": {"namespace": namespace, "name": "a"}, "spec": spec},
	}]},
}

test_fires_without_a_selector_in_the_root_namespace if {
	found := m902.findings with input as question("istio-system", {})
	found == {{"resource": "a", "path": ["spec"], "params": {"namespace": "istio-system"}, "related": []}}
}

test_fires_on_an_empty_selector if {
	count(m902.findings) == 1 with input as question("istio-system", {"workloadSelector": {"labels": {}}})
}

test_fires_when_the_labels_are_missing if {
	count(m902.findings) == 1 with input as question("istio-system", {"workloadSelector": {}})
}

test_silent_with_a_selector if {
	count(m902.findings) == 0 with input as question("istio-system", {"workloadSelector": {"labels": {"app": "edge"}}})
}

test_silent_with_target_refs if {
	count(m902.findings) == 0 with input as question("istio-system", {"targetRefs": [{"kind": "Gateway", "name": "edge"}]})
}

test_silent_in_another_namespace if {
	count(m902.findings) == 0 with input as question("shop", {})
}
