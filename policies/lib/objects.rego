# METADATA
# title: Objects of a question
# description: >-
#   `input.resources` holds the objects by `Kind.group`; each has a `key`, the fields that rules read under `resource`,
#   and what Java found out about its surroundings under `facts`.
package meshkeel.lib.objects

# METADATA
# description: The objects of a kind; none if the question has none of it.
of(kind) := object.get(input.resources, kind, [])

# METADATA
# description: A list of facts; empty if Java had nothing to tell.
facts(item, name) := object.get(item, ["facts", name], [])

# METADATA
# description: A field of the object; the fallback if it is missing.
field(item, path, fallback) := object.get(item.resource, path, fallback)
