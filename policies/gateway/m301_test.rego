package meshkeel.rules.m301_test

import data.meshkeel.rules.m301

question(others) := {"resources": {"Gateway.networking.istio.io": [{
	"key": "edge/a",
	"facts": {"listeners": [{
		"path": ["spec", "servers", 0, "hosts", 0],
		"host": "shop.example.com",
		"port": 443,
		"others": others,
	}]},
}]}}

test_fires_when_a_server_is_dropped if {
	found := m301.findings with input as question([{"gateway": "edge/b", "dropped": true}])
	{[finding.severity, finding.related] | some finding in found} == {["error", ["edge/b"]]}
}

test_fires_when_the_listener_is_refused if {
	found := m301.findings with input as question([{"gateway": "edge/b", "dropped": false, "refused": true}])
	{[finding.severity, finding.related] | some finding in found} == {["error", ["edge/b"]]}
}

test_warns_when_servers_are_merged if {
	found := m301.findings with input as question([{"gateway": "edge/b", "dropped": false}])
	{finding.severity | some finding in found} == {"warn"}
}

test_tells_both_apart if {
	found := m301.findings with input as question([
		{"gateway": "edge/b", "dropped": true},
		{"gateway": "edge/c", "dropped": false},
	])
	{[finding.severity, finding.params.others] | some finding in found} == {["error", ["edge/b"]], ["warn", ["edge/c"]]}
}

test_warns_when_dropped_is_missing if {
	found := m301.findings with input as question([{"gateway": "edge/b"}])
	{finding.severity | some finding in found} == {"warn"}
}

test_silent_when_no_listener_meets_another if {
	alone := {"key": "edge/a", "facts": {}}
	count(m301.findings) == 0 with input as {"resources": {"Gateway.networking.istio.io": [alone]}}
}

test_silent_when_facts_are_missing if {
	count(m301.findings) == 0 with input as {"resources": {"Gateway.networking.istio.io": [{"key": "edge/a"}]}}
}
