package meshkeel.rules.m424_test

import data.meshkeel.rules.m424

fact := {
	"path": ["spec", "rules", 0, "to", 0, "operation", "methods"],
	"field": "methods",
	"port": "3306",
	"protocol": "MySQL",
	"workload": "Deployment shop/db",
	"action": "ALLOW",
	"services": ["shop/db"],
}

test_fires_on_http_on_tcp if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m424.findings with input as {"facts": {"httpOnTcp": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.effect == "the rule never matches there, and whom it should let in is denied"
	finding.related == [{"kind": "Service", "id": "shop/db"}]
}

test_fires_once_for_each_http_on_tcp if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m424.findings) == 2 with input as {"facts": {"httpOnTcp": told}}
}

test_fires_for_deny_and_if_services_are_missing if {
	other := object.union(object.remove(fact, ["services"]), {"action": "DENY"})
	found := m424.findings with input as {"facts": {"httpOnTcp": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.params.effect == "the rule denies all that is left of it"
}

test_silent_when_facts_are_missing if {
	count(m424.findings) == 0 with input as {"facts": {}}
	count(m424.findings) == 0 with input as {"resources": {}}
	count(m424.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
