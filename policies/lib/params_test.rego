package meshkeel.lib.params_test

import data.meshkeel.lib.params

about := [
	{"path": ["data", "x"]},
	{"annotations": {"scope": "package", "custom": {
		"id": "M1",
		"params": {"most": {"default": 3, "meaning": "so many"}},
	}}},
]

test_is_the_default_where_nothing_is_set if {
	params.of(about, "Kind.group/shop/a", "most") == 3 with input as {}
	params.of(about, "Kind.group/shop/a", "most") == 3 with input as {"params": {"M2": {"": {"most": 5}}}}
}

test_is_what_is_set if {
	params.of(about, "Kind.group/shop/a", "most") == 5 with input as {"params": {"M1": {"": {"most": 5}}}}
}

test_is_what_is_set_for_the_namespace if {
	set := {"": {"most": 5}, "shop": {"most": 7}}
	params.of(about, "Kind.group/shop/a", "most") == 7 with input as {"params": {"M1": set}}
	params.of(about, "Kind.group/web/a", "most") == 5 with input as {"params": {"M1": set}}
}

test_false_is_a_value_too if {
	params.of(about, "Kind.group/shop/a", "most") == false with input as {"params": {"M1": {"": {"most": false}}}}
}
