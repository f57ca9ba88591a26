package meshkeel.main_test

import data.meshkeel.main

library := {"revision": "r1"}

test_answer_has_every_rule_of_the_catalog if {
	catalog := main.catalog with data.meshkeel.library as library
	question := {"resources": {}, "ask": object.keys(catalog.rules)}
	answer := main.answer with input as question with data.meshkeel.library as library
	answer.revision == "r1"
	catalog.revision == "r1"
	object.keys(answer.rules) == object.keys(catalog.rules)
	count(catalog.rules) > 0
}

test_every_rule_is_described if {
	catalog := main.catalog with data.meshkeel.library as library
	every name, chain in catalog.rules {
		some entry in chain
		entry.annotations.scope == "package"
		lower(entry.annotations.custom.id) == name
		count(entry.annotations.custom.kinds) > 0
		entry.annotations.custom.severity in {"error", "warn", "info"}
	}
}

test_answer_has_only_the_rules_that_are_asked if {
	answer := main.answer with input as {"resources": {}, "ask": ["m101"]} with data.meshkeel.library as library
	object.keys(answer.rules) == {"m101"}
}
