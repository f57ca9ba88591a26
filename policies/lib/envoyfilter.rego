# METADATA
# title: What istiod does with EnvoyFilter patches
# description: >-
#   After the patches' own code: `rc_patch.go`, `listener_patch.go`, `cluster_patch.go` and
#   `extension_configuration_patch.go` in `pilot/pkg/networking/core/envoyfilter`, and `convertToEnvoyFilterWrapper` in
#   `pilot/pkg/model/envoyfilter.go` of istio/istio, releases 1.29 to 1.31.
package meshkeel.lib.envoyfilter

merges := {"MERGE", "MERGE_AND_REPLACE_LIST"}

inserts := {"INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST"}

# The operations that istiod carries out, by what they are applied to.
done := {
	"ROUTE_CONFIGURATION": merges,
	"VIRTUAL_HOST": (merges | {"ADD", "REMOVE", "REPLACE"}),
	"HTTP_ROUTE": ((merges | inserts) | {"ADD", "REMOVE"}),
	"LISTENER": (merges | {"ADD", "REMOVE"}),
	"FILTER_CHAIN": (merges | {"ADD", "REMOVE"}),
	"LISTENER_FILTER": ((merges | inserts) | {"ADD", "REMOVE", "REPLACE"}),
	"NETWORK_FILTER": ((merges | inserts) | {"ADD", "REMOVE", "REPLACE"}),
	"HTTP_FILTER": ((merges | inserts) | {"ADD", "REMOVE", "REPLACE"}),
	"CLUSTER": (merges | {"ADD", "REMOVE"}),
	"EXTENSION_CONFIG": {"ADD"},
}

# What has an order, so that something can be put before or after.
ordered := {"HTTP_FILTER", "NETWORK_FILTER", "HTTP_ROUTE", "LISTENER_FILTER"}

# METADATA
# description: What istiod makes of an operation; where nothing has an order, an insertion is an ADD.
taken(apply_to, operation) := "ADD" if {
	operation in inserts
	not apply_to in ordered
} else := operation

# METADATA
# description: Whether istiod passes over a patch of this kind without a word.
ignored(apply_to, operation) if {
	known := done[apply_to]
	operation != ""
	not taken(apply_to, operation) in known
}
