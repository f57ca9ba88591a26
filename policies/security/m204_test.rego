package meshkeel.rules.m204_test

import data.meshkeel.rules.m204

fact := {
	"path": ["spec", "trafficPolicy", "tls", "mode"],
	"mode": "DISABLE",
	"host": "a.shop.svc.cluster.local",
	"workload": "Deployment shop/a",
	"by": "shop/default",
	"byPath": ["spec", "mtls", "mode"],
}

test_fires_on_plain_to_strict if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m204.findings with input as {"facts": {"plainToStrict": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.by == ", as PeerAuthentication shop/default says"
	finding.related[0].id == "shop/default"
	finding.related[0].path == ["spec", "mtls", "mode"]
}

test_fires_once_for_each_plain_to_strict if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m204.findings) == 2 with input as {"facts": {"plainToStrict": told}}
}

test_fires_if_the_policy_is_missing if {
	other := object.remove(fact, ["by", "byPath"])
	found := m204.findings with input as {"facts": {"plainToStrict": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.params.by == ""
}

test_silent_when_facts_are_missing if {
	count(m204.findings) == 0 with input as {"facts": {}}
	count(m204.findings) == 0 with input as {"resources": {}}
	count(m204.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
