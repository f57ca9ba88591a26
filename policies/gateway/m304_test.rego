package meshkeel.rules.m304_test

import data.meshkeel.rules.m304

question(server) := {"resources": {"Gateway.networking.istio.io": [{
	"key": "edge/a",
	"resource": {"metadata": {"namespace": "edge", "name": "a"}, "spec": {"servers": [server]}},
}]}}

test_fires_on_the_open_host if {
	found := m304.findings with input as question({"hosts": ["a.example.com", "*"]})
	found == {{
		"resource": "edge/a",
		"path": ["spec", "servers", 0, "hosts", 1],
		"params": {"host": "*"},
		"related": [],
	}}
}

test_fires_on_every_namespace if {
	count(m304.findings) == 1 with input as question({"hosts": ["*/*"], "tls": {"mode": "SIMPLE"}})
}

test_fires_when_the_mode_is_missing if {
	count(m304.findings) == 1 with input as question({"hosts": ["*"], "tls": {}})
}

test_silent_with_a_namespace_or_a_name if {
	count(m304.findings) == 0 with input as question({"hosts": ["shop/*", "./*", "*.example.com", "*/a.example.com"]})
}

test_silent_when_tls_is_passed_through if {
	every mode in ["PASSTHROUGH", "AUTO_PASSTHROUGH"] {
		count(m304.findings) == 0 with input as question({"hosts": ["*"], "tls": {"mode": mode}})
	}
}

test_silent_when_tls_says_no_mode if {
	count(m304.findings) == 0 with input as question({"port": {"protocol": "TLS"}, "hosts": ["*"], "tls": {}})
}

test_fires_when_tls_is_missing if {
	count(m304.findings) == 1 with input as question({"port": {"protocol": "TLS"}, "hosts": ["*"]})
}

test_silent_on_a_redirect if {
	count(m304.findings) == 0 with input as question({"hosts": ["*"], "tls": {"httpsRedirect": true}})
}

test_silent_when_servers_are_missing if {
	bare := {"key": "edge/a", "resource": {"spec": {}}}
	count(m304.findings) == 0 with input as {"resources": {"Gateway.networking.istio.io": [bare]}}
}
