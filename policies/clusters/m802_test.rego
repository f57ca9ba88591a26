package meshkeel.rules.m802_test

import data.meshkeel.rules.m802

fact := {
	"path": ["metadata", "labels", "istio.io/rev"],
	"revision": "stabel",
	"where": "namespace shop",
	"cluster": "c1",
	"known": "stable",
}

test_fires_on_unknown_revision if {
	told := [{"key": "Namespace//shop@c1", "fact": fact}]
	found := m802.findings with input as {"facts": {"unknownRevision": told}}
	count(found) == 1
	some finding in found
	finding.resource == "Namespace//shop@c1"
	finding.path == fact.path
	finding.params.known == "stable"
}

test_fires_once_for_each_unknown_revision if {
	other := object.union(fact, {"path": ["spec", "other"]})
	told := [{"key": "Namespace//shop@c1", "fact": fact}, {"key": "Namespace//shop@c1", "fact": other}]
	count(m802.findings) == 2 with input as {"facts": {"unknownRevision": told}}
}

test_silent_when_facts_are_missing if {
	count(m802.findings) == 0 with input as {"facts": {}}
	count(m802.findings) == 0 with input as {"resources": {}}
	count(m802.findings) == 0 with input as {"facts": {"other": [{"key": "shop/a", "fact": {"path": []}}]}}
}
