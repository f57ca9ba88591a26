# METADATA
# title: AuthorizationPolicy that fails open
# description: >-
#   A policy should fail closed: what nobody thought of must be denied. An ALLOW policy with a negative field, such as
#   `notPaths`, allows all that isn't listed; a DENY policy with positive paths lets through whatever is written in
#   another way, such as another case or an encoded slash. Istio advises ALLOW with positive and DENY with negative
#   fields.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/best-practices/security/#safer-authorization-policy-patterns
# custom:
#   id: M426
#   severity: warn
#   category: security
#   scope: resource
#   kinds: [AuthorizationPolicy.security.istio.io]
#   reads: [spec.action, spec.rules, metadata.annotations]
#   message: "{action} with {field} lets through what nobody thought of"
#   remediation: "{fix}"
#   cross: []
#   bad: |
#     action: DENY
#     rules:
#       - to:
#           - operation: {paths: [/admin]}
#   good: |
#     action: DENY
#     rules:
#       - to:
#           - operation: {notPaths: [/public]}
package meshkeel.rules.m426

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some item in objects.of("AuthorizationPolicy.security.istio.io")
	objects.field(item, ["spec", "action"], "ALLOW") == "ALLOW"
	not objects.dry_run(item)
	some field in fields(item)
	startswith(field.name, "not")
	finding := finding_of(item, "ALLOW", field, "List what is allowed instead of what isn't")
}

findings contains finding if {
	some item in objects.of("AuthorizationPolicy.security.istio.io")
	objects.field(item, ["spec", "action"], "ALLOW") == "DENY"
	not objects.dry_run(item)
	some field in fields(item)
	field.name == "paths"
	finding := finding_of(item, "DENY", field, "Deny all but what may pass (notPaths), or allow paths instead")
}

finding_of(item, action, field, fix) := {
	"resource": item.key,
	"path": field.path,
	"params": {"action": action, "field": field.name, "fix": fix},
	"related": [],
}

# The fields of all sources, operations and conditions that list something.
fields(item) := [field |
	some i, rule in objects.field(item, ["spec", "rules"], [])
	some place in places(rule)
	some name, values in place.content
	is_array(values)
	count(values) > 0
	field := {"name": name, "path": array.concat(["spec", "rules", i], array.concat(place.path, [name]))}
]

places(rule) := array.concat(
	array.concat(
		[{"path": ["from", j, "source"], "content": object.get(from, "source", {})} |
			some j, from in object.get(rule, "from", [])
		],
		[{"path": ["to", j, "operation"], "content": object.get(to, "operation", {})} |
			some j, to in object.get(rule, "to", [])
		],
	),
	[{"path": ["when", j], "content": condition} | some j, condition in object.get(rule, "when", [])],
)
