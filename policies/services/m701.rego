# METADATA
# title: Port whose protocol nobody says
# description: >-
#   Neither appProtocol nor the name's prefix says what the port speaks, so that proxies look at the first bytes of
#   each connection. Metrics, routes and policies of HTTP depend on that guess, and protocols in which the server
#   speaks first are held up by it.
# related_resources:
#   - ref: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
#   - ref: https://istio.io/latest/docs/reference/config/analysis/ist0118/
# custom:
#   id: M701
#   severity: info
#   category: services
#   scope: resource
#   kinds: [Service]
#   told: [unnamedPorts]
#   inventory: true
#   reads: []
#   message: "nothing says which protocol port {port} ('{name}') speaks"
#   remediation: Name the port http-…, grpc-…, tcp-…, or set appProtocol, for example by a ServicePort
#   cross: [IST0118, KIA0601]
#   bad: |
#     ports: [{port: 8080, name: main}]
#   good: |
#     ports: [{port: 8080, name: http-main}]
package meshkeel.rules.m701

import data.meshkeel.lib.objects

about := rego.metadata.chain()

findings contains finding if {
	some told in objects.told("unnamedPorts")
	finding := {
		"resource": told.key,
		"path": told.fact.path,
		"params": {"port": told.fact.port, "name": object.get(told.fact, "name", "")},
	}
}
