package meshkeel.rules.m101_test

import data.meshkeel.rules.m101

vs := "VirtualService.networking.istio.io"

shared := {
	"path": ["spec", "hosts", 0],
	"host": "reviews",
	"fqdn": "reviews.shop.svc.cluster.local",
	"others": ["shop/b"],
}

test_fires_on_a_shared_host if {
	found := m101.findings with input as {"resources": {vs: [{"key": "shop/a", "facts": {"hosts": [shared]}}]}}
	found == {{
		"resource": "shop/a",
		"path": ["spec", "hosts", 0],
		"params": {"host": "reviews", "fqdn": "reviews.shop.svc.cluster.local", "others": ["shop/b"]},
		"related": ["shop/b"],
	}}
}

test_fires_once_for_each_shared_host if {
	second := object.union(shared, {"path": ["spec", "hosts", 1], "host": "ratings"})
	found := m101.findings with input as {"resources": {vs: [{"key": "shop/a", "facts": {"hosts": [shared, second]}}]}}
	count(found) == 2
}

test_silent_when_no_host_is_shared if {
	count(m101.findings) == 0 with input as {"resources": {vs: [{"key": "shop/a", "facts": {}}]}}
}

test_silent_when_facts_are_missing if {
	count(m101.findings) == 0 with input as {"resources": {vs: [{"key": "shop/a"}]}}
}

test_silent_when_the_kind_is_missing if {
	count(m101.findings) == 0 with input as {"resources": {}}
}
