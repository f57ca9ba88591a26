package meshkeel.rules.m401_test

import data.meshkeel.rules.m401

question(facts) := {"resources": {"PeerAuthentication.security.istio.io": [{
	"key": "shop/default",
	"resource": {"metadata": {"namespace": "shop", "name": "default"}},
	"facts": facts,
}]}}

test_fires_when_there_is_another if {
	found := m401.findings with input as question({"others": ["shop/strict"]})
	found == {{
		"resource": "shop/default",
		"path": ["spec"],
		"params": {"namespace": "shop", "others": ["shop/strict"]},
		"related": ["shop/strict"],
	}}
}

test_silent_when_it_is_alone if {
	count(m401.findings) == 0 with input as question({})
}

test_silent_when_facts_are_missing if {
	count(m401.findings) == 0 with input as {"resources": {"PeerAuthentication.security.istio.io": [{"key": "shop/a"}]}}
}
