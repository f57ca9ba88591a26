# METADATA
# title: Retries that can't work or do harm
# description: >-
#   The timeout of a route covers all its tries. Where attempts times perTryTimeout is longer, the last tries are cut
#   off or never begin. And a request that isn't idempotent, such as a POST, may be carried out twice when it is retried
#   after it reached its destination.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
#   - ref: https://istio.io/latest/docs/concepts/traffic-management/#retries
# custom:
#   id: M113
#   severity: warn
#   category: traffic
#   scope: resource
#   kinds: [VirtualService.networking.istio.io]
#   reads: [spec.http.match, spec.http.timeout, spec.http.retries]
#   params:
#     methods: {default: [POST, PATCH], meaning: requests that must not be carried out twice}
#     slackSeconds: {default: 0, meaning: seconds by which all attempts may take longer than the timeout}
#   message: "{problem}"
#   remediation: "{fix}"
#   cross: []
#   bad: |
#     - timeout: 3s
#       retries: {attempts: 3, perTryTimeout: 2s}
#   good: |
#     - timeout: 6s
#       retries: {attempts: 3, perTryTimeout: 2s}
package meshkeel.rules.m113

import data.meshkeel.lib.objects
import data.meshkeel.lib.params

about := rego.metadata.chain()

# Retried on these, a request never reached its destination.
harmless := {"connect-failure", "refused-stream", "reset-before-request"}

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some i, route in objects.field(item, ["spec", "http"], [])
	attempts := object.get(route, ["retries", "attempts"], 0)
	each := object.get(route, ["retries", "perTryTimeout"], "0s")
	all := object.get(route, "timeout", "0s")
	time.parse_duration_ns(all) > 0
	slack := params.of(about, item.key, "slackSeconds") * 1000000000
	attempts * time.parse_duration_ns(each) > time.parse_duration_ns(all) + slack
	finding := {
		"resource": item.key,
		"path": ["spec", "http", i, "retries"],
		"params": {
			"problem": sprintf("%v attempts of %s take longer than the route's timeout of %s", [attempts, each, all]),
			"fix": "Lower attempts or perTryTimeout, or raise the timeout",
		},
		"related": [],
	}
}

findings contains finding if {
	some item in objects.of("VirtualService.networking.istio.io")
	some i, route in objects.field(item, ["spec", "http"], [])
	object.get(route, ["retries", "attempts"], 0) > 0
	not all_harmless(object.get(route, ["retries", "retryOn"], ""))
	some condition in object.get(route, "match", [])
	some method in params.of(about, item.key, "methods")
	takes(object.get(condition, "method", {}), method)
	finding := {
		"resource": item.key,
		"path": ["spec", "http", i, "retries"],
		"params": {
			"problem": sprintf("%s requests are retried, which may carry one out twice", [method]),
			"fix": "Set attempts to 0, or retryOn to connect-failure,refused-stream",
		},
		"related": [],
	}
}

all_harmless(retry_on) if {
	retry_on != ""
	every word in split(retry_on, ",") {
		trim_space(word) in harmless
	}
}

takes(method, name) if method.exact == name

takes(method, name) if startswith(name, method.prefix)

takes(method, name) if regex.match(sprintf("^(?:%s)$", [method.regex]), name)
