package meshkeel.rules.m102_test

import data.meshkeel.rules.m102

question(lookups) := {"resources": {"VirtualService.networking.istio.io": [{
	"key": "shop/a",
	"facts": {"destinations": [{
		"path": ["spec", "http", 0, "route", 0, "destination", "subset"],
		"host": "reviews",
		"fqdn": "reviews.shop.svc.cluster.local",
		"subset": "v9",
		"lookups": lookups,
	}]},
}]}}

lookup(rules, subsets, certain) := {
	"proxies": ["namespace shop"],
	"certain": certain,
	"rules": rules,
	"subsets": subsets,
}

test_fires_when_the_subset_is_not_defined if {
	found := m102.findings with input as question([lookup(["shop/reviews"], ["v1", "v2"], true)])
	some finding in found
	finding.severity == "error"
	finding.path == ["spec", "http", 0, "route", 0, "destination", "subset"]
	finding.params.found == "DestinationRule shop/reviews defines v1, v2"
}

test_fires_when_the_rule_has_no_subsets if {
	found := m102.findings with input as question([lookup(["shop/reviews"], [], true)])
	some finding in found
	finding.params.found == "DestinationRule shop/reviews defines no subset"
}

test_fires_when_the_rule_is_missing if {
	found := m102.findings with input as question([lookup([], [], true)])
	some finding in found
	finding.params.found == "they see no DestinationRule of that host"
}

test_warns_when_only_other_namespaces_miss_it if {
	found := m102.findings with input as question([
		lookup(["shop/reviews"], ["v9"], true),
		lookup([], [], false),
	])
	{finding.severity | some finding in found} == {"warn"}
}

test_tells_of_other_namespaces_when_the_host_is_of_the_outside if {
	lookups := [lookup(["shop/egress"], ["v9"], true), lookup([], [], false)]
	outside := json.patch(question(lookups), [{
		"op": "add",
		"path": "/resources/VirtualService.networking.istio.io/0/facts/destinations/0/outside",
		"value": true,
	}])
	found := m102.findings with input as outside
	{finding.severity | some finding in found} == {"info"}
}

test_silent_when_the_subset_is_defined if {
	count(m102.findings) == 0 with input as question([lookup(["shop/reviews"], ["v1", "v9"], true)])
}

test_silent_when_facts_are_missing if {
	count(m102.findings) == 0 with input as {"resources": {"VirtualService.networking.istio.io": [{"key": "shop/a"}]}}
}
