package meshkeel.lib.envoyfilter_test

import data.meshkeel.lib.envoyfilter

test_replace_is_for_filters_and_virtual_hosts if {
	every apply_to in ["HTTP_FILTER", "NETWORK_FILTER", "LISTENER_FILTER", "VIRTUAL_HOST"] {
		not envoyfilter.ignored(apply_to, "REPLACE")
	}
	every apply_to in ["CLUSTER", "LISTENER", "FILTER_CHAIN", "HTTP_ROUTE", "ROUTE_CONFIGURATION"] {
		envoyfilter.ignored(apply_to, "REPLACE")
	}
}

test_what_is_not_known_is_not_called_ignored if {
	not envoyfilter.ignored("BOOTSTRAP", "ADD")
	not envoyfilter.ignored("", "ADD")
	not envoyfilter.ignored("CLUSTER", "")
}
