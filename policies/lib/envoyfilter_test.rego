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

test_an_insertion_without_order_is_an_addition if {
	every operation in ["INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST"] {
		every apply_to in ["CLUSTER", "LISTENER", "FILTER_CHAIN", "VIRTUAL_HOST", "EXTENSION_CONFIG"] {
			envoyfilter.taken(apply_to, operation) == "ADD"
			not envoyfilter.ignored(apply_to, operation)
		}
		envoyfilter.taken("HTTP_FILTER", operation) == operation
		envoyfilter.ignored("ROUTE_CONFIGURATION", operation)
	}
}

test_extension_configs_are_only_added if {
	every operation in ["MERGE", "REMOVE", "REPLACE"] {
		envoyfilter.ignored("EXTENSION_CONFIG", operation)
	}
}

test_what_is_not_known_is_not_called_ignored if {
	not envoyfilter.ignored("BOOTSTRAP", "ADD")
	not envoyfilter.ignored("", "ADD")
	not envoyfilter.ignored("CLUSTER", "")
}
