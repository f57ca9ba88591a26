package io.meshkeel.policy;

import java.util.Random;

/** Objects of a {@link RandomMesh} that reach workloads, hosts and gateways of many kinds. */
final class RandomPolicies {
  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  private String any(String... of) {
    return of[random.nextInt(of.length)];
  }

  /** Most in one, so that they meet. */
  private String namespace() {
    return any("shop", "shop", "shop", "web", "istio-system");
  }

  /**
   * An object that a file may hold.
   *
   * @param number of its name
   */
  String object(int number) {
    String head = "\nmetadata: {name: o" + number + ", namespace: " + namespace() + "}\n";
    return switch (random.nextInt(14)) {
      case 0 ->
          "apiVersion: security.istio.io/v1\nkind: PeerAuthentication"
              + head
              + "spec: {"
              + any("", "selector: {matchLabels: {app: a}}, ")
              + "mtls: {mode: "
              + any("STRICT", "DISABLE", "PERMISSIVE")
              + "}"
              + any("", ", portLevelMtls: {\"8080\": {mode: STRICT}}")
              + "}\n";
      case 1 ->
          "apiVersion: security.istio.io/v1\nkind: RequestAuthentication"
              + head
              + "spec: {"
              + any(
                  "",
                  "selector: {matchLabels: {app: a}}, ",
                  "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}], ")
              + "jwtRules: [{issuer: i, jwksUri: \"https://i/keys\"}]}\n";
      case 2, 3 ->
          "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy"
              + any(
                  head, head, head.replace("}\n", ", annotations: {istio.io/dry-run: \"true\"}}\n"))
              + "spec: {"
              + any(
                  "",
                  "selector: {matchLabels: {app: a}}, ",
                  "selector: {matchLabels: {app: b, version: v1}}, ",
                  "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}], ")
              + "action: "
              + any("ALLOW", "DENY", "AUDIT")
              + ", rules: ["
              + any(
                  "{from: [{source: {requestPrincipals: [\"*\"]}}]}",
                  "{from: [{source: {principals: [cluster.local/ns/web/sa/z]}}]}",
                  "{from: [{source: {principals: [\"*/ns/nowhere/sa/*\"]}}]}",
                  "{from: [{source: {serviceAccounts: [shop/z]}}]}",
                  "{from: [{source: {remoteIpBlocks: [10.0.0.0/8]}}]}",
                  "{to: [{operation: {ports: [\"8080\"], methods: [GET]}}]}",
                  "{when: [{key: \"request.auth.claims[a]\", values: [b]}]}")
              + "]}\n";
      case 4, 13 ->
          "apiVersion: networking.istio.io/v1\nkind: DestinationRule"
              + head
              + "spec: {host: "
              + any(
                  "reviews.shop.svc.cluster.local",
                  "ratings.web.svc.cluster.local",
                  "\"*.shop.svc.cluster.local\"",
                  "\"*.shop.svc.cluster.local\"",
                  "\"*.example.com\"",
                  "api.example.com")
              + any("", ", workloadSelector: {matchLabels: {app: a}}")
              + ", trafficPolicy: {tls: {mode: "
              + any("DISABLE", "SIMPLE", "ISTIO_MUTUAL")
              + "}}, subsets: [{name: v1, labels: {version: "
              + any("v1", "v3")
              + "}}]}\n";
      case 5, 6 ->
          "apiVersion: networking.istio.io/v1\nkind: ServiceEntry"
              + head
              + "spec: {hosts: ["
              + any(
                  "api.example.com",
                  "\"*.example.com\"",
                  "reviews.shop.svc.cluster.local",
                  "ratings.web.svc.cluster.local")
              + "], ports: [{number: 80, name: http, protocol: "
              + any("HTTP", "TCP")
              + "}], resolution: STATIC"
              + any("", ", location: MESH_INTERNAL")
              + any(
                  ", workloadSelector: {labels: {app: a}}",
                  ", endpoints: [{address: 1.1.1.1, labels: {version: v1}}]",
                  "")
              + any("", ", exportTo: [\".\"]", ", exportTo: [web]")
              + "}\n";
      case 7 ->
          "apiVersion: networking.istio.io/v1\nkind: Sidecar"
              + head
              + "spec: {"
              + any("", "workloadSelector: {labels: {app: b}}, ")
              + any("", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}, ")
              + "egress: [{hosts: ["
              + any("\"*/api.example.com\"", "\"./*\"", "\"shop/*\"")
              + "]}]}\n";
      case 8 ->
          "apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter"
              + head
              + "spec: {"
              + any("", "workloadSelector: {labels: {app: a}}, ")
              + "configPatches: [{applyTo: CLUSTER, match: {proxy: {proxyVersion: '"
              + any("^1\\.30.*", "^1\\.31\\.0", "^1\\.2[0-9].*")
              + "'}}, patch: {operation: MERGE, value: {}}}]}\n";
      case 9 ->
          any(
                  "apiVersion: telemetry.istio.io/v1\nkind: Telemetry",
                  "apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin",
                  "apiVersion: networking.istio.io/v1beta1\nkind: ProxyConfig")
              + head
              + "spec: {selector: {matchLabels: {"
              + any("app: a", "app: b, version: v2", "istio: a")
              + "}}}\n";
      case 10 ->
          "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: "
              + namespace()
              + "}\nspec: {gatewayClassName: "
              + any("istio", "istio-waypoint")
              + ", listeners: [{name: l, port: "
              + any("80", "8080")
              + ", protocol: HTTPS, tls: {certificateRefs: [{name: "
              + any("c", "d, namespace: web")
              + "}]}"
              + any("", ", allowedRoutes: {namespaces: {from: All}}")
              + "}]}\n";
      case 11 ->
          "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute"
              + head
              + "spec: {parentRefs: ["
              + any(
                  "{name: gw}",
                  "{name: gw, namespace: shop}",
                  "{group: \"\", kind: Service, name: reviews, port: 80}",
                  "{group: networking.istio.io, kind: ServiceEntry, name: o1}")
              + "], rules: [{backendRefs: [{name: "
              + any("reviews", "ratings")
              + any("", ", namespace: shop")
              + ", port: "
              + any("80", "81")
              + "}]}]}\n";
      default ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + head
              + "spec: {hosts: [b.example.com], gateways: [o1, o2], http: [{match: [{headers:"
              + " {\"@request.auth.claims.a\": {exact: b}}}], route: [{destination: {host: "
              + any("reviews.shop.svc.cluster.local", "api.example.com", "ratings")
              + "}}]}]}\n";
    };
  }

  /** A declaration of one of Meshkeel's own kinds. */
  String own(int number) {
    String head = "apiVersion: meshkeel.io/v1alpha1\nkind: ";
    String name = "\nmetadata: {name: n" + number + "}\nspec: ";
    return switch (random.nextInt(4)) {
      case 0 ->
          head
              + "NamespaceSidecar"
              + name
              + "{namespaces: ["
              + (number == 0 ? "shop" : "web")
              + "], injection: "
              + any("Enabled", "Disabled")
              + "}\n";
      case 1 ->
          head
              + "WorkloadSidecar"
              + name
              + "{workload: {kind: Deployment, namespace: shop, name: "
              + (number == 0 ? "reviews" : "ratings")
              + "}, ports: {excludeInbound: [8080]}}\n";
      case 2 ->
          head
              + "ServicePort"
              + name
              + "{service: {namespace: shop, name: "
              + (number == 0 ? "reviews" : "ratings")
              + "}, ports: [{port: 80, appProtocol: "
              + any("http", "tcp")
              + "}]}\n";
      default -> head + "MeshGateway" + name + "{type: Ingress, namespace: web}\n";
    };
  }
}
