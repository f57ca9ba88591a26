# METADATA
# title: Parameters of the library's rules
# description: >-
#   A rule declares them in its METADATA, each with `default` and `meaning`. What `policies/config.yaml` sets stands in
#   `input.params`, by the rule's id and the namespace, that of no name being every other one.
package meshkeel.lib.params

# METADATA
# description: A parameter of the rule that METADATA are about, for the object of this key.
of(about, key, name) := value if {
	custom := own(about)
	told := object.get(input, ["params", custom.id], {})
	here := object.get(told, split(key, "/")[1], object.get(told, "", {}))
	value := object.get(here, name, custom.params[name]["default"])
}

own(about) := custom if {
	some link in about
	link.annotations.scope == "package"
	custom := link.annotations.custom
}
