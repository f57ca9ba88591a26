package meshkeel.rules.m104_test

import data.meshkeel.rules.m104

question(kind, host) := {"resources": {kind: [{"key": "shop/a", "facts": {"shortHosts": [host]}}]}}

partial := {
	"path": ["spec", "hosts", 0],
	"host": "reviews.shop",
	"form": "partial",
	"service": "reviews.shop.svc.cluster.local",
	"known": true,
}

bare := {
	"path": ["spec", "host"],
	"host": "reviews",
	"form": "bare",
	"service": "reviews.shop.svc.cluster.local",
}

test_warns_of_a_partial_name_of_a_known_service if {
	found := m104.findings with input as question("VirtualService.networking.istio.io", partial)
	{[finding.severity, finding.params.service] | some finding in found} == {["warn", "reviews.shop.svc.cluster.local"]}
}

test_tells_of_a_bare_name if {
	found := m104.findings with input as question("DestinationRule.networking.istio.io", bare)
	{finding.severity | some finding in found} == {"info"}
}

test_silent_when_the_service_is_not_known if {
	unknown := object.union(partial, {"known": false})
	count(m104.findings) == 0 with input as question("VirtualService.networking.istio.io", unknown)
}

test_silent_when_known_is_missing if {
	unknown := object.remove(partial, ["known"])
	count(m104.findings) == 0 with input as question("VirtualService.networking.istio.io", unknown)
}

test_silent_when_facts_are_missing if {
	count(m104.findings) == 0 with input as {"resources": {"VirtualService.networking.istio.io": [{"key": "shop/a"}]}}
}
