# METADATA
# title: What Meshkeel asks
# description: >-
#   `catalog` tells which rules there are; `answer` evaluates those that are asked for over `input`. Both name the
#   revision of the library, so that an answer can be traced to the policies that were published.
package meshkeel.main

catalog := {
	"revision": data.meshkeel.library.revision,
	"rules": {name: chain | chain := data.meshkeel.rules[name].about},
}

answer := {
	"revision": data.meshkeel.library.revision,
	"rules": {name: findings |
		some name in input.ask
		findings := data.meshkeel.rules[name].findings
	},
}
