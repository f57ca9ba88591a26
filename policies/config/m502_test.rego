package meshkeel.rules.m502_test

import data.meshkeel.rules.m502

fact := {
	"path": ["spec", "egress", 0, "hosts"],
	"namespace": "shop",
	"host": "a.example.com",
	"why": "it is called from there",
	"by": "shop/a",
}

test_fires_on_hidden_hosts if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m502.findings with input as {"facts": {"hiddenHosts": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.related == [{"kind": "VirtualService.networking.istio.io", "id": "shop/a"}]
}

test_fires_once_for_each_hidden_hosts if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m502.findings) == 2 with input as {"facts": {"hiddenHosts": told}}
}

test_fires_if_the_virtual_service_is_missing if {
	other := object.remove(fact, ["by"])
	found := m502.findings with input as {"facts": {"hiddenHosts": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.related == []
}

test_silent_when_facts_are_missing if {
	count(m502.findings) == 0 with input as {"facts": {}}
	count(m502.findings) == 0 with input as {"resources": {}}
	count(m502.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
