package meshkeel.rules.m503_test

import data.meshkeel.rules.m503

question(namespace, spec) := {
	"mesh": {"rootNamespace": "istio-system"},
	"resources": {"Sidecar.networking.istio.io": [{
		"key": "a",
		"resource": {"metadata": {"namespace": namespace, "name": "a"}, "spec": spec},
	}]},
}

selecting := {"workloadSelector": {"labels": {"app": "web"}}}

test_fires_in_the_root_namespace if {
	found := m503.findings with input as question("istio-system", selecting)
	found == {{
		"resource": "a",
		"path": ["spec", "workloadSelector"],
		"params": {"namespace": "istio-system"},
		"related": [],
	}}
}

test_silent_in_another_namespace if {
	count(m503.findings) == 0 with input as question("shop", selecting)
}

test_silent_without_labels if {
	count(m503.findings) == 0 with input as question("istio-system", {"workloadSelector": {"labels": {}}})
	count(m503.findings) == 0 with input as question("istio-system", {"workloadSelector": {}})
}

test_silent_when_the_selector_is_missing if {
	count(m503.findings) == 0 with input as question("istio-system", {})
}
