package meshkeel.rules.m202_test

import data.meshkeel.rules.m202

fact := {
	"path": ["spec", "subsets", 0, "labels"],
	"host": "a.shop.svc.cluster.local",
	"subset": "v9",
	"labels": "version=v9",
	"routed": true,
}

test_fires_on_empty_subsets if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m202.findings with input as {"facts": {"emptySubsets": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.labels == "version=v9"
	finding.severity == "error"
}

test_fires_once_for_each_empty_subsets if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m202.findings) == 2 with input as {"facts": {"emptySubsets": told}}
}

test_warns_where_a_route_is_missing if {
	other := object.remove(fact, ["routed"])
	found := m202.findings with input as {"facts": {"emptySubsets": [{"key": "shop/a", "fact": other}]}}
	some finding in found
	finding.severity == "warn"
}

test_silent_when_facts_are_missing if {
	count(m202.findings) == 0 with input as {"facts": {}}
	count(m202.findings) == 0 with input as {"resources": {}}
	count(m202.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
