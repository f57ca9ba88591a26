package meshkeel.rules.m425_test

import data.meshkeel.rules.m425

fact := {
	"path": ["spec", "rules", 0, "from", 0, "source", "principals"],
	"field": "principals",
	"workload": "Deployment shop/a",
	"action": "ALLOW",
	"by": "shop/off",
	"byPath": ["spec", "mtls", "mode"],
}

test_fires_on_no_identity if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m425.findings with input as {"facts": {"noIdentity": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.by == " by PeerAuthentication shop/off"
	finding.related[0].id == "shop/off"
}

test_fires_once_for_each_no_identity if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m425.findings) == 2 with input as {"facts": {"noIdentity": told}}
}

test_fires_for_deny_and_if_the_policy_is_missing if {
	other := object.union(object.remove(fact, ["by", "byPath"]), {"action": "DENY"})
	found := m425.findings with input as {"facts": {"noIdentity": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.params.effect == "the rule denies nobody"
}

test_silent_when_facts_are_missing if {
	count(m425.findings) == 0 with input as {"facts": {}}
	count(m425.findings) == 0 with input as {"resources": {}}
	count(m425.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
