package meshkeel.rules.m109_test

import data.meshkeel.rules.m109

question(spec) := {"resources": {"VirtualService.networking.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": spec},
}]}}

weighted(weights) := [{"destination": {"host": "reviews"}, "weight": weight} | some weight in weights]

test_fires_above_100 if {
	found := m109.findings with input as question({"http": [{"route": weighted([90, 20])}]})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "http", 0, "route"],
		"params": {"count": 2, "sum": 110, "total": 100},
		"related": [],
	}}
}

test_adds_up_to_what_is_set if {
	asked := object.union(
		question({"http": [{"route": weighted([900, 100])}]}),
		{"params": {"M109": {"": {"total": 1000}}}},
	)
	count(m109.findings) == 0 with input as asked
}

test_fires_below_100_on_tcp if {
	found := m109.findings with input as question({"tcp": [{"route": weighted([50, 20])}]})
	count(found) == 1
}

test_fires_when_weights_are_missing if {
	found := m109.findings with input as question({"http": [{"route": [
		{"destination": {"host": "a"}},
		{"destination": {"host": "b"}, "weight": 50},
	]}]})
	count(found) == 1
}

test_silent_at_100 if {
	count(m109.findings) == 0 with input as question({"http": [{"route": weighted([90, 10])}]})
}

test_silent_on_one_destination if {
	count(m109.findings) == 0 with input as question({"http": [{"route": weighted([7])}]})
}

test_silent_when_routes_are_missing if {
	count(m109.findings) == 0 with input as question({"http": [{"redirect": {"uri": "/"}}]})
	count(m109.findings) == 0 with input as question({})
}
