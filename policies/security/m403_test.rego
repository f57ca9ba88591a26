package meshkeel.rules.m403_test

import data.meshkeel.rules.m403

fact := {
	"path": ["spec", "mtls", "mode"],
	"mode": "PERMISSIVE",
}

test_fires_on_weak_modes if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m403.findings with input as {"facts": {"weakModes": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.mode == "PERMISSIVE"
}

test_fires_once_for_each_weak_modes if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m403.findings) == 2 with input as {"facts": {"weakModes": told}}
}

test_fires_on_namespaces_that_are_open_by_default if {
	open := {"path": ["metadata", "name"], "mode": "PERMISSIVE", "workloads": ["Deployment shop/a"]}
	told := [{"key": "Namespace//shop@c1", "fact": open}]
	found := m403.findings with input as {"facts": {"openByDefault": told}}
	found == {{
		"resource": "Namespace//shop@c1",
		"path": ["metadata", "name"],
		"params": {
			"mode": "PERMISSIVE",
			"where": ", as no PeerAuthentication says otherwise of Deployment shop/a",
		},
	}}
}

test_silent_when_facts_are_missing if {
	count(m403.findings) == 0 with input as {"facts": {}}
	count(m403.findings) == 0 with input as {"resources": {}}
	count(m403.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
