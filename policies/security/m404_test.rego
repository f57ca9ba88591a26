package meshkeel.rules.m404_test

import data.meshkeel.rules.m404

fact_1 := {
	"path": ["spec", "mtls", "mode"],
	"count": "1",
	"workloads": ["Deployment shop/a"],
}

test_fires_on_shut_out if {
	told := [{"key": "shop/a", "fact": fact_1}]
	found := m404.findings with input as {"facts": {"shutOut": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact_1.path
	finding.params.effect == "reaches 1 without a proxy: Deployment shop/a"
}

test_fires_once_for_each_shut_out if {
	other := object.union(fact_1, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact_1}, {"key": "shop/a", "fact": other}]
	count(m404.findings) == 2 with input as {"facts": {"shutOut": told}}
}

fact_2 := {
	"path": ["spec", "mtls", "mode"],
	"callers": [{"name": "c1/web/old", "share": 0.2}],
}

test_fires_on_plain_callers if {
	told := [{"key": "shop/a", "fact": fact_2}]
	found := m404.findings with input as {"facts": {"plainCallers": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact_2.path
	contains(finding.params.effect, "c1/web/old")
}

test_fires_once_for_each_plain_callers if {
	other := object.union(fact_2, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact_2}, {"key": "shop/a", "fact": other}]
	count(m404.findings) == 2 with input as {"facts": {"plainCallers": told}}
}

test_silent_on_callers_above_the_share if {
	told := [{"key": "PeerAuthentication.security.istio.io/shop/a", "fact": fact_2}]
	set := {"M404": {"shop": {"share": 0.1}}}
	count(m404.findings) == 0 with input as {"facts": {"plainCallers": told}, "params": set}
}

test_silent_when_facts_are_missing if {
	count(m404.findings) == 0 with input as {"facts": {}}
	count(m404.findings) == 0 with input as {"resources": {}}
	count(m404.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
