package meshkeel.rules.m402_test

import data.meshkeel.rules.m402

question(spec) := {"resources": {"PeerAuthentication.security.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": spec},
}]}}

ports := {"8080": {"mode": "PERMISSIVE"}}

test_fires_when_the_selector_is_missing if {
	found := m402.findings with input as question({"portLevelMtls": ports})
	found == {{"resource": "shop/a", "path": ["spec", "portLevelMtls"], "params": {}, "related": []}}
}

test_fires_on_a_selector_without_labels if {
	count(m402.findings) == 1 with input as question({"portLevelMtls": ports, "selector": {"matchLabels": {}}})
	count(m402.findings) == 1 with input as question({"portLevelMtls": ports, "selector": {}})
}

test_silent_with_a_selector if {
	selector := {"matchLabels": {"app": "a"}}
	count(m402.findings) == 0 with input as question({"portLevelMtls": ports, "selector": selector})
}

test_silent_without_ports if {
	count(m402.findings) == 0 with input as question({"mtls": {"mode": "STRICT"}})
	count(m402.findings) == 0 with input as question({"portLevelMtls": {}})
}
