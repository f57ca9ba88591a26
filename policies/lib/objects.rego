# METADATA
# title: Objects of a question
# description: >-
#   `input.resources` holds the objects by `Kind.group`; each has a `key`, the fields that rules read under `resource`,
#   and what Java found out about its surroundings under `facts`. The key may stand for several objects that are alike
#   in those fields: a rule says by it which object it means, and reads nothing else from it. Facts that are told by
#   their name stand in `input.facts`, each with the key of its object.
package meshkeel.lib.objects

# METADATA
# description: The objects of a kind; none if the question has none of it.
of(kind) := object.get(input.resources, kind, [])

# METADATA
# description: A list of facts; empty if Java had nothing to tell.
facts(item, name) := object.get(item, ["facts", name], [])

# METADATA
# description: All facts of a name, each as `key` of its object and `fact`; empty if Java had nothing to tell.
told(name) := object.get(input, ["facts", name], [])

# METADATA
# description: A field of the object; the fallback if it is missing.
field(item, path, fallback) := object.get(item.resource, path, fallback)

# METADATA
# description: The edit that puts another value at a path.
put(path, value) := {"put": path, "value": value}

# METADATA
# description: >-
#   Whether an AuthorizationPolicy is only tried out: `isDryRun` in `pilot/pkg/security/authz/builder/builder.go` of
#   istio/istio, which takes the words that Go reads as true.
dry_run(item) if field(item, ["metadata", "annotations", "istio.io/dry-run"], "") in true_words

true_words := {"1", "t", "T", "TRUE", "true", "True"}

# METADATA
# description: Related places for objects of another kind, by their ids.
related(kind, ids) := [{"kind": kind, "id": id} | some id in ids]

# METADATA
# description: A related place within an object of another kind.
place(kind, id, path) := {"kind": kind, "id": id, "path": path}
