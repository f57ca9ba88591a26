package meshkeel.rules.m302_test

import data.meshkeel.rules.m302

fact := {
	"path": ["spec", "selector"],
	"selector": "istio=gw",
	"others": ["Deployment shop/a"],
}

test_fires_on_no_proxy if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m302.findings with input as {"facts": {"noProxy": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.severity == "warn"
}

test_fires_once_for_each_no_proxy if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m302.findings) == 2 with input as {"facts": {"noProxy": told}}
}

test_fires_as_an_error_if_others_are_missing if {
	other := object.remove(fact, ["others"])
	found := m302.findings with input as {"facts": {"noProxy": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.severity == "error"
}

test_fires_as_a_warning_for_what_charts_install if {
	usual := object.union(object.remove(fact, ["others"]), {"usual": true})
	found := m302.findings with input as {"facts": {"noProxy": [{"key": "shop/a", "fact": usual}]}}
	some finding in found
	finding.severity == "warn"
	contains(finding.params.others, "by hand")
}

test_silent_when_facts_are_missing if {
	count(m302.findings) == 0 with input as {"facts": {}}
	count(m302.findings) == 0 with input as {"resources": {}}
	count(m302.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
