package meshkeel.rules.m501_test

import data.meshkeel.rules.m501

test_fires_on_sidecars_and_telemetries if {
	every kind in ["Sidecar.networking.istio.io", "Telemetry.telemetry.istio.io"] {
		found := m501.findings with input as {"resources": {kind: [{"key": "shop/a", "facts": {"others": ["shop/b"]}}]}}
		found == {{
			"resource": "shop/a",
			"path": ["spec"],
			"params": {"others": ["shop/b"]},
			"related": ["shop/b"],
		}}
	}
}

test_silent_without_others if {
	alone := {"key": "shop/a", "facts": {"others": []}}
	count(m501.findings) == 0 with input as {"resources": {"Sidecar.networking.istio.io": [alone]}}
}

test_silent_when_facts_are_missing if {
	count(m501.findings) == 0 with input as {"resources": {"Sidecar.networking.istio.io": [{"key": "shop/a"}]}}
	count(m501.findings) == 0 with input as {"resources": {}}
}
