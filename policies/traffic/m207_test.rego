package meshkeel.rules.m207_test

import data.meshkeel.rules.m207

question(spec) := {"resources": {"DestinationRule.networking.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": spec},
}]}}

balancer(setting) := {"loadBalancer": {"localityLbSetting": setting}}

failover := balancer({"failover": [{"from": "a", "to": "b"}]})

detecting := object.union(failover, {"outlierDetection": {}})

paths(found) := {finding.path | some finding in found}

test_fires_without_outlier_detection if {
	found := m207.findings with input as question({"trafficPolicy": failover})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "trafficPolicy", "loadBalancer", "localityLbSetting", "failover"],
		"params": {"setting": "failover"},
		"related": [],
	}}
}

test_fires_on_failover_priority if {
	priority := balancer({"failoverPriority": ["topology.kubernetes.io/region"]})
	count(m207.findings) == 1 with input as question({"trafficPolicy": priority})
}

test_fires_on_a_subset if {
	found := m207.findings with input as question({"subsets": [{"name": "v1", "trafficPolicy": failover}]})
	[path] := [path | some path in paths(found)]
	array.slice(path, 0, 4) == ["spec", "subsets", 0, "trafficPolicy"]
}

test_fires_on_a_port_whatever_the_host_has if {
	policy := object.union(detecting, {"portLevelSettings": [object.union(failover, {"port": {"number": 80}})]})
	found := m207.findings with input as question({"trafficPolicy": policy})
	[path] := [path | some path in paths(found)]
	array.slice(path, 0, 4) == ["spec", "trafficPolicy", "portLevelSettings", 0]
}

test_silent_with_outlier_detection if {
	count(m207.findings) == 0 with input as question({"trafficPolicy": detecting})
}

test_silent_when_the_host_detects_for_its_subsets if {
	count(m207.findings) == 0 with input as question({
		"trafficPolicy": {"outlierDetection": {}},
		"subsets": [{"name": "v1", "trafficPolicy": failover}],
	})
}

test_silent_on_distribute_and_when_off if {
	distribute := balancer({"distribute": [{"from": "a/*", "to": {"a/*": 100}}]})
	count(m207.findings) == 0 with input as question({"trafficPolicy": distribute})
	off := balancer({"enabled": false, "failover": [{"from": "a", "to": "b"}]})
	count(m207.findings) == 0 with input as question({"trafficPolicy": off})
}

test_silent_when_the_policy_is_missing if {
	count(m207.findings) == 0 with input as question({})
	count(m207.findings) == 0 with input as question({"subsets": [{"name": "v1"}]})
}
