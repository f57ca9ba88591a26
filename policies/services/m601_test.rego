package meshkeel.rules.m601_test

import data.meshkeel.rules.m601

kind := "ServiceEntry.networking.istio.io"

question(facts) := {"resources": {kind: [{"key": "shop/a", "facts": facts}]}}

fact := {"path": ["spec", "hosts", 0], "host": "h", "port": 443, "protocol": "TLS", "others": ["shop/b"]}

test_fires_on_the_fact if {
	found := m601.findings with input as question({"protocols": [fact]})
	found == {{
		"resource": "shop/a",
		"path": fact.path,
		"params": {"what": "port 443 of 'h' is TLS here and has another protocol in ServiceEntry shop/b"},
		"related": ["shop/b"],
	}}
}

test_fires_once_for_each if {
	other := object.union(fact, {"path": ["spec", "other"]})
	found := m601.findings with input as question({"protocols": [fact, other]})
	count(found) == 2
}

test_fires_on_the_host_of_a_service if {
	told := [{"key": "shop/a", "fact": {"path": ["spec", "hosts", 0], "host": "h", "service": "shop/h"}}]
	found := m601.findings with input as {"facts": {"shadowed": told}, "resources": {}}
	some finding in found
	finding.params.what == "host 'h' is that of Service shop/h, which counts before it"
	finding.related == [{"kind": "Service", "id": "shop/h"}]
}

test_silent_on_other_kinds if {
	count(m601.findings) == 0 with input as {"resources": {"Other": [{"key": "a", "facts": {"protocols": [fact]}}]}}
}

test_silent_when_facts_are_missing if {
	count(m601.findings) == 0 with input as question({})
	count(m601.findings) == 0 with input as {"resources": {kind: [{"key": "shop/a"}]}}
}
