package io.meshkeel.policy;

import io.meshkeel.model.ObservedKinds;
import java.util.List;
import java.util.Random;

/** What somebody else may keep in a cluster of a {@link RandomMesh}. */
final class RandomFound {
  static final List<String> NAMESPACES = List.of("shop", "web", "istio-system");

  private static final List<String> SIDECARS =
      List.of(
          "spec: {containers: [{name: app}]}\n",
          "spec: {containers: [{name: app}, {name: istio-proxy, image: \"proxyv2:1.31.0\", args:"
              + " [proxy, sidecar]}]}\n",
          "spec: {containers: [{name: app, securityContext: {runAsUser: 1337}}, {name: istio-proxy,"
              + " image: \"proxyv2:1.30.2\", args: [proxy, sidecar]}]}\n",
          "spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}\n",
          "spec: {containers: [{name: istio-proxy, args: [proxy, waypoint]}]}\n");

  private final Random random;

  RandomFound(Random random) {
    this.random = random;
  }

  private String any(String... of) {
    return of[random.nextInt(of.length)];
  }

  /** Most in one, so that they meet. */
  private String namespace() {
    return any("shop", "shop", "shop", "web", "istio-system");
  }

  /** One object. */
  String object() {
    return switch (random.nextInt(22)) {
      case 0 -> namespaceObject();
      case 1, 2 -> service();
      case 3 -> deployment();
      case 4, 5, 6 -> pod();
      case 7 -> replicaSet();
      case 8 -> secret();
      case 9 -> remoteSecret();
      case 10 -> istiod();
      case 11 -> webhook();
      case 12 -> configMap();
      case 13 -> account();
      case 14 -> workloadEntry();
      case 15 -> workloadGroup();
      case 16 -> grant();
      case 17 -> definition();
      case 18, 19 -> webhook();
      case 20 -> deployment();
      default -> job();
    };
  }

  private static String head(String api, String kind, String name, String namespace, String more) {
    return "apiVersion: "
        + api
        + "\nkind: "
        + kind
        + "\nmetadata: {name: "
        + name
        + (namespace.isEmpty() ? "" : ", namespace: " + namespace)
        + more
        + "}\n";
  }

  private String namespaceObject() {
    return head(
        "v1",
        "Namespace",
        namespace(),
        "",
        any(
            "",
            ", labels: {istio-injection: enabled}",
            ", labels: {istio.io/rev: canary}",
            ", labels: {istio.io/rev: canary, istio-injection: enabled}",
            ", labels: {istio.io/dataplane-mode: ambient}",
            ", labels: {topology.istio.io/network: net-" + random.nextInt(2) + "}",
            ", annotations: {sidecar.istio.io/inject: \"true\"}"));
  }

  private String service() {
    return head(
            "v1",
            "Service",
            any("reviews", "ratings"),
            namespace(),
            any(
                "",
                "",
                "",
                ", labels: {topology.istio.io/network: net-1}",
                ", annotations: {networking.istio.io/exportTo: web}",
                ", annotations: {sidecar.istio.io/inject: \"true\"}"))
        + "spec: {selector: {app: "
        + any("a", "b")
        + "}, "
        + any(
            "",
            "",
            "type: LoadBalancer, externalTrafficPolicy: Local, ",
            "type: LoadBalancer, ",
            "clusterIP: None, ")
        + "ports: [{port: "
        + any("80", "80", "15443")
        + ", name: "
        + any("http", "tcp", "x")
        + any("", ", targetPort: 8080")
        + "}]}\n";
  }

  private String template(String app) {
    return "{metadata: {labels: {app: "
        + app
        + ", version: "
        + any("v1", "v2")
        + any(
            "}",
            "}",
            ", istio.io/rev: canary}",
            ", istio.io/rev: other}",
            ", sidecar.istio.io/inject: \"true\"}",
            ", gateway.networking.k8s.io/gateway-name: gw}",
            "}, annotations: {traffic.sidecar.istio.io/excludeInboundPorts: \"8080\"}")
        + "}, spec: {serviceAccountName: "
        + any("x", "default")
        + ", containers: [{name: "
        + any("app", "app", "istio-proxy")
        + ", image: "
        + any("app", "auto")
        + ", ports: [{containerPort: 8080}]}]}}";
  }

  private String deployment() {
    return head("apps/v1", "Deployment", any("reviews", "ratings", "gw-istio"), namespace(), "")
        + "spec: {template: "
        + template(any("a", "b"))
        + "}\n";
  }

  private String job() {
    return head("batch/v1", "Job", "once", namespace(), "")
        + "spec: {template: "
        + template("a")
        + "}\n";
  }

  private String replicaSet() {
    return head(
            "apps/v1",
            "ReplicaSet",
            "reviews-1",
            namespace(),
            any("", ", ownerReferences: [{kind: Deployment, name: reviews, controller: true}]"))
        + "spec: {template: "
        + template("a")
        + "}\n";
  }

  private String pod() {
    String app = any("a", "b");
    boolean owned = random.nextBoolean();
    String owner =
        owned
            ? ", ownerReferences: [{kind: ReplicaSet, name: reviews-1, controller: true}],"
                + " generateName: reviews-1-"
            : "";
    return head(
            "v1",
            "Pod",
            "p" + random.nextInt(4),
            namespace(),
            ", labels: {app: "
                + app
                + ", istio: "
                + app
                + ", version: "
                + any("v1", "v2")
                + any(
                    "",
                    "",
                    ", gateway.networking.k8s.io/gateway-name: gw",
                    ", istio.io/rev: canary")
                + (owned ? ", pod-template-hash: \"1\"}" : "}")
                + any(
                    "",
                    ", annotations: {sidecar.istio.io/status: '{\"containers\":[\"istio-proxy\"]}'}",
                    ", annotations: {traffic.sidecar.istio.io/excludeInboundPorts: \"8080\"}",
                    ", annotations: {istio.io/nonsense: \"1\"}")
                + owner)
        + SIDECARS.get(random.nextInt(SIDECARS.size()));
  }

  private String secret() {
    return head("v1", "Secret", any("c", "d"), namespace(), "")
        + "type: kubernetes.io/tls\ndata: {tls.crt: \"\", tls.key: \"\"}\n";
  }

  private String remoteSecret() {
    return head(
            "v1",
            "Secret",
            "remote-" + random.nextInt(2),
            "istio-system",
            ", labels: {istio/multiCluster: \"true\"}, annotations: {"
                + ObservedKinds.CERTIFICATE_EXPIRY
                + ": \"c2=2027-0"
                + (1 + random.nextInt(3))
                + "-01T00:00:00Z\"}")
        + "data: {c2: \"\"}\n";
  }

  private String istiod() {
    return head(
            "apps/v1",
            "Deployment",
            "istiod",
            "istio-system",
            any("", ", labels: {istio.io/rev: canary}"))
        + "spec: {template: {metadata: {labels: {app: istiod}}, spec: {containers: [{name: discovery,"
        + " image: \"pilot:1."
        + any("30", "31")
        + ".0\", env: [{name: "
        + any(
            "PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: \"true\"",
            "PILOT_ENABLE_IP_AUTOALLOCATE, value: \"false\"",
            "CLUSTER_ID, value: c1",
            "CLUSTER_ID, value: other")
        + "}]}]}}}\n";
  }

  private String webhook() {
    String revision = any("default", "canary");
    return head(
            "admissionregistration.k8s.io/v1",
            "MutatingWebhookConfiguration",
            "istio-sidecar-injector-" + revision,
            "",
            ", labels: {istio.io/rev: " + revision + "}")
        + "webhooks: [{name: namespace.sidecar-injector.istio.io, rules: [{operations: [CREATE],"
        + " apiGroups: [\"\"], resources: [pods]}], clientConfig: {service: {path:"
        + " /inject/cluster/"
        + any("c1", "c9")
        + "}}, namespaceSelector: {matchExpressions: ["
        + (revision.equals("default")
            ? "{key: istio-injection, operator: In, values: [enabled]}"
            : "{key: istio.io/rev, operator: In, values: [canary]}")
        + "]}}]\n";
  }

  private String configMap() {
    return switch (random.nextInt(3)) {
      case 0 ->
          head("v1", "ConfigMap", "istio", "istio-system", "")
              + "data: {mesh: \""
              + any(
                  "enableAutoMtls: false",
                  "outboundTrafficPolicy: {mode: REGISTRY_ONLY}",
                  "trustDomainAliases: [other]")
              + "\"}\n";
      case 1 ->
          head("v1", "ConfigMap", "istio-ca-root-cert", namespace(), "")
              + "data: {root-cert.pem: "
              + any("one", "two")
              + "}\n";
      default ->
          head("v1", "ConfigMap", "istio-sidecar-injector", "istio-system", "")
              + "data: {config: \"policy: "
              + any("enabled", "disabled")
              + "\", values: \"{}\"}\n";
    };
  }

  private String account() {
    return head("v1", "ServiceAccount", any("x", "z"), namespace(), "");
  }

  private String workloadEntry() {
    return head("networking.istio.io/v1", "WorkloadEntry", "vm", namespace(), "")
        + "spec: {address: 10.0.0.1, labels: {app: "
        + any("a", "b")
        + ", version: v1}}\n";
  }

  private String workloadGroup() {
    return head("networking.istio.io/v1", "WorkloadGroup", "vms", namespace(), "")
        + "spec: {metadata: {labels: {app: "
        + any("a", "b")
        + "}}, template: {}}\n";
  }

  private String grant() {
    return head("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "let", namespace(), "")
        + "spec: {from: [{group: gateway.networking.k8s.io, kind: "
        + any("HTTPRoute", "Gateway")
        + ", namespace: "
        + namespace()
        + "}], to: [{group: \"\", kind: "
        + any("Service", "Secret")
        + "}]}\n";
  }

  private String definition() {
    String kind = any("Sidecar", "DestinationRule");
    return head(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            kind.toLowerCase(java.util.Locale.ROOT) + "s.networking.istio.io",
            "",
            "")
        + "spec: {group: networking.istio.io, names: {kind: "
        + kind
        + "}, versions: [{name: "
        + any("v1", "v1beta1")
        + ", served: true}]}\n";
  }
}
