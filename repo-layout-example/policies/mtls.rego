# METADATA
# title: Mutual TLS is not given up
# description: What was strict stays strict; who must go back asks for a Waiver.
# custom:
#   kinds: [PeerAuthentication.security.istio.io]
#   deleted: true
#   remediation: Keep STRICT, or have a Waiver reviewed
package mtls

deny contains {"msg": "strict mutual TLS is given up", "_loc": ["spec", "mtls", "mode"]} if {
	input.change.old.spec.mtls.mode == "STRICT"
	input.change.kind == "update"
	object.get(input.change.new, ["spec", "mtls", "mode"], "UNSET") != "STRICT"
}

deny contains "strict mutual TLS is removed" if {
	input.change.kind == "delete"
	input.change.old.spec.mtls.mode == "STRICT"
}
