# METADATA
# title: What istiod does with EnvoyFilter patches
# description: >-
#   After the patches' own code: `rc_patch.go`, `listener_patch.go`, `cluster_patch.go` and
#   `extension_configuration_patch.go` in `pilot/pkg/networking/core/envoyfilter` of istio/istio, releases 1.29 to 1.31.
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
}

# METADATA
# description: Whether istiod passes over a patch of this kind without a word.
ignored(apply_to, operation) if {
	known := done[apply_to]
	operation != ""
	not operation in known
}
