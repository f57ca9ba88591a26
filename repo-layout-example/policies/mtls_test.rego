package mtls_test

import data.mtls

strict := {"spec": {"mtls": {"mode": "STRICT"}}}

test_fires_when_the_mode_goes if {
	count(mtls.deny) == 1 with input.change as {"kind": "update", "old": strict, "new": {"spec": {}}}
}

test_silent_when_it_was_not_strict if {
	count(mtls.deny) == 0 with input.change as {"kind": "update", "old": {"spec": {}}, "new": {"spec": {}}}
}
