package meshkeel.rules.m428_test

import data.meshkeel.rules.m428

fact := {
	"path": ["spec", "rules", 0, "from", 0, "source", "principals", 0],
	"value": "cluster.local/ns/web/sa/wbe",
	"why": "no cluster has it",
}

test_fires_on_strangers if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m428.findings with input as {"facts": {"strangers": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.why == "no cluster has it"
}

test_fires_once_for_each_strangers if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m428.findings) == 2 with input as {"facts": {"strangers": told}}
}

test_silent_when_facts_are_missing if {
	count(m428.findings) == 0 with input as {"facts": {}}
	count(m428.findings) == 0 with input as {"resources": {}}
	count(m428.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}

test_silent_on_domains_that_are_let_in if {
	foreign := {"path": ["spec"], "value": "old/ns/a/sa/b", "why": "foreign", "domain": "old"}
	told := [{"key": "AuthorizationPolicy.security.istio.io/shop/a", "fact": foreign}]
	count(m428.findings) == 1 with input as {"facts": {"strangers": told}}
	set := {"M428": {"": {"trustDomains": ["old"]}}}
	count(m428.findings) == 0 with input as {"facts": {"strangers": told}, "params": set}
}
