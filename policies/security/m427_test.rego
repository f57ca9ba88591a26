package meshkeel.rules.m427_test

import data.meshkeel.rules.m427

fact := {
	"path": ["spec", "selector", "matchLabels"],
	"where": "namespace shop",
	"labels": "app=oders",
}

test_fires_on_idle_selectors if {
	told := [{"key": "shop/a", "fact": fact}]
	found := m427.findings with input as {"facts": {"idleSelectors": told}}
	count(found) == 1
	some finding in found
	finding.resource == "shop/a"
	finding.path == fact.path
	finding.params.what == "no workload of namespace shop in any cluster has the labels app=oders"
}

test_fires_on_what_istio_passes_over if {
	told := [{"key": "istio-system/a", "fact": object.union(fact, {"overlooked": true})}]
	found := m427.findings with input as {"facts": {"idleSelectors": told}}
	some finding in found
	startswith(finding.params.what, "Istio passes over PeerAuthentications of the root namespace")
}

test_fires_once_for_each_idle_selectors if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "shop/a", "fact": fact}, {"key": "shop/a", "fact": other}]
	count(m427.findings) == 2 with input as {"facts": {"idleSelectors": told}}
}

test_silent_when_facts_are_missing if {
	count(m427.findings) == 0 with input as {"facts": {}}
	count(m427.findings) == 0 with input as {"resources": {}}
	count(m427.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}

test_fires_on_targets_that_are_not_there if {
	missing := {"path": ["spec", "targetRefs", 0, "name"], "what": "there is no Gateway shop/x"}
	found := m427.findings with input as {"facts": {"missingTargets": [{"key": "shop/a", "fact": missing}]}}
	{[finding.path, finding.params.what] | some finding in found} == {[missing.path, missing.what]}
}
