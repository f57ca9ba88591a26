package meshkeel.rules.m108_test

import data.meshkeel.rules.m108

question(spec) := {"resources": {"VirtualService.networking.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": spec},
}]}}

all := {"route": [{"destination": {"host": "a"}}]}

jason := {"match": [{"headers": {"user": {"exact": "jason"}}}], "route": [{"destination": {"host": "b"}}]}

open(condition) := {"match": [condition], "route": [{"destination": {"host": "b"}}]}

paths(found) := {finding.path | some finding in found}

test_fires_on_a_route_without_match_before_another if {
	found := m108.findings with input as question({"http": [all, jason]})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "http", 0],
		"params": {"problem": "the route takes every request, so what comes after it is never used"},
		"related": [],
	}}
}

test_fires_on_matches_that_ask_for_nothing if {
	every condition in [
		{},
		{"name": "x"},
		{"headers": {}},
		{"uri": {}},
		{"uri": {"prefix": "/"}},
		{"uri": {"regex": ".*"}},
	] {
		found := m108.findings with input as question({"http": [open(condition), jason]})
		paths(found) == {["spec", "http", 0]}
	}
}

test_fires_on_tcp if {
	found := m108.findings with input as question({"tcp": [all, {"match": [{"port": 80}]}]})
	paths(found) == {["spec", "tcp", 0]}
}

test_fires_on_an_equal_match if {
	named := object.union(jason, {"match": [object.union(jason.match[0], {"name": "x"})]})
	found := m108.findings with input as question({"http": [jason, named, all]})
	paths(found) == {["spec", "http", 1, "match", 0]}
}

test_fires_on_an_equal_match_of_the_same_route if {
	twice := object.union(jason, {"match": [jason.match[0], jason.match[0]]})
	found := m108.findings with input as question({"http": [twice, all]})
	paths(found) == {["spec", "http", 0, "match", 1]}
}

test_fires_once_when_both_are_wrong if {
	found := m108.findings with input as question({"http": [all, jason, jason]})
	paths(found) == {["spec", "http", 0]}
}

test_silent_when_the_open_route_is_last if {
	count(m108.findings) == 0 with input as question({"http": [jason, all]})
	count(m108.findings) == 0 with input as question({"http": [all]})
}

test_silent_when_the_match_asks_for_more if {
	more := {"uri": {"prefix": "/"}, "headers": {"user": {"exact": "x"}}}
	count(m108.findings) == 0 with input as question({"http": [open(more), jason]})
	at_gateway := {"uri": {"prefix": "/"}, "gateways": ["edge"]}
	count(m108.findings) == 0 with input as question({"http": [open(at_gateway), all]})
}

test_silent_on_delegates if {
	delegate := {"delegate": {"name": "b"}}
	count(m108.findings) == 0 with input as question({"http": [delegate, all]})
}

test_silent_when_routes_are_missing if {
	count(m108.findings) == 0 with input as question({})
	count(m108.findings) == 0 with input as {"resources": {}}
}
