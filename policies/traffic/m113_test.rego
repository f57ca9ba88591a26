package meshkeel.rules.m113_test

import data.meshkeel.rules.m113

question(route) := {"resources": {"VirtualService.networking.istio.io": [{
	"key": "shop/a",
	"resource": {"metadata": {"namespace": "shop", "name": "a"}, "spec": {"http": [route]}},
}]}}

posts(method, retries) := question({"match": [{"method": method}], "retries": retries})

test_fires_when_tries_outlast_the_timeout if {
	found := m113.findings with input as question({
		"timeout": "3s",
		"retries": {"attempts": 3, "perTryTimeout": "2s"},
	})
	found == {{
		"resource": "shop/a",
		"path": ["spec", "http", 0, "retries"],
		"params": {
			"problem": "3 attempts of 2s take longer than the route's timeout of 3s",
			"fix": "Lower attempts or perTryTimeout, or raise the timeout",
		},
		"related": [],
	}}
}

test_fires_on_retried_posts if {
	every method in [{"exact": "POST"}, {"regex": "GET|POST"}, {"exact": "PATCH"}, {"prefix": "PO"}] {
		count(m113.findings) == 1 with input as posts(method, {"attempts": 2, "retryOn": "5xx,connect-failure"})
	}
}

test_fires_when_retry_on_is_missing if {
	count(m113.findings) == 1 with input as posts({"exact": "POST"}, {"attempts": 2})
}

test_silent_when_tries_fit if {
	fits := {"timeout": "6s", "retries": {"attempts": 3, "perTryTimeout": "2s"}}
	count(m113.findings) == 0 with input as question(fits)
}

test_silent_when_the_timeout_is_missing_or_off if {
	retries := {"attempts": 3, "perTryTimeout": "2s"}
	count(m113.findings) == 0 with input as question({"retries": retries})
	count(m113.findings) == 0 with input as question({"timeout": "0s", "retries": retries})
}

test_silent_when_per_try_timeout_is_missing if {
	count(m113.findings) == 0 with input as question({"timeout": "3s", "retries": {"attempts": 30}})
}

test_silent_on_what_never_reached_its_destination if {
	safe := {"attempts": 2, "retryOn": "connect-failure, refused-stream"}
	count(m113.findings) == 0 with input as posts({"exact": "POST"}, safe)
}

test_silent_on_posts_that_are_not_retried if {
	count(m113.findings) == 0 with input as posts({"exact": "POST"}, {"attempts": 0})
	count(m113.findings) == 0 with input as posts({"exact": "GET"}, {"attempts": 2})
	count(m113.findings) == 0 with input as question({"retries": {"attempts": 2}})
}

test_silent_when_routes_are_missing if {
	count(m113.findings) == 0 with input as {"resources": {"VirtualService.networking.istio.io": [{
		"key": "shop/a",
		"resource": {"spec": {}},
	}]}}
}

test_takes_what_is_set if {
	route := {"timeout": "3s", "retries": {"attempts": 2, "perTryTimeout": "2s"}}
	asked := {"resources": {"VirtualService.networking.istio.io": [{
		"key": "VirtualService.networking.istio.io/shop/a",
		"resource": {"spec": {"http": [route]}},
	}]}}
	count(m113.findings) == 1 with input as asked
	set := {"params": {"M113": {"shop": {"slackSeconds": 1}}}}
	count(m113.findings) == 0 with input as object.union(asked, set)
}
