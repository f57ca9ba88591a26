package meshkeel.rules.m203_test

import data.meshkeel.rules.m203

fact := {"path": ["spec", "host"], "fqdn": "a.web.svc.cluster.local"}

test_fires_on_the_fact_even_if_the_hint_is_missing if {
	found := m203.findings with input as {"facts": {"unknownHost": [{"key": "web/a", "fact": fact}]}}
	found == {{
		"resource": "web/a",
		"path": fact.path,
		"params": {"fqdn": "a.web.svc.cluster.local", "hint": "", "meant": ""},
		"fix": [],
	}}
}

test_fixes_what_can_be_meant_for_one_service_only if {
	meant := object.union(fact, {"meant": "a.shop.svc.cluster.local"})
	some found in m203.findings with input as {"facts": {"unknownHost": [{"key": "web/a", "fact": meant}]}}
	found.fix == [{"put": fact.path, "value": "a.shop.svc.cluster.local"}]
}

test_silent_when_facts_are_missing if {
	count(m203.findings) == 0 with input as {"facts": {}}
	count(m203.findings) == 0 with input as {"resources": {}}
}
