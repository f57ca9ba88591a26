package io.meshkeel.app.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.CommandRun;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.FieldDifference;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.PlanText;
import io.meshkeel.plan.Planner;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moving in: two control plane clusters that somebody else filled, in several ways and not alike.
 */
@Timeout(900)
class ImportCommandIT {
  private static final Set<String> MARKS =
      Set.of(
          "metadata.labels[\"app.kubernetes.io/managed-by\"]",
          "metadata.labels[\"applyset.kubernetes.io/part-of\"]",
          "metadata.labels[\"meshkeel.io/mesh\"]");

  /** Applied by server-side apply with another field manager. */
  private static final String APPLIED =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: istio-system, labels: {topology.istio.io/network: net-%1$s}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled, team: shop}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: helmed, labels: {istio-injection: enabled, app.kubernetes.io/managed-by: Helm}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: istiod, namespace: istio-system, labels: {app: istiod}}
      spec:
        selector: {matchLabels: {app: istiod}}
        template:
          metadata: {labels: {app: istiod, sidecar.istio.io/inject: "false"}}
          spec: {containers: [{name: discovery, image: "docker.io/istio/pilot:1.31.1"}]}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio, namespace: istio-system}
      data: {mesh: "trustDomain: shop.example\\nrootNamespace: istio-system\\n"}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders, namespace: shop}
      spec:
        selector: {matchLabels: {app: orders}}
        template:
          metadata:
            labels: {app: orders, sidecar.istio.io/inject: "true"}
            annotations: {sidecar.istio.io/proxyCPU: 200m, sidecar.istio.io/logLevel: debug}
          spec: {containers: [{name: orders, image: "orders:1"}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: orders, namespace: shop}
      spec:
        selector: {app: orders}
        ports: [{name: web, port: 80, appProtocol: http2}, {name: admin, port: 81}]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: orders, namespace: shop}
      spec:
        hosts: [orders.shop.svc.cluster.local]
        http: [{timeout: %2$s, route: [{destination: {host: orders.shop.svc.cluster.local}}]}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec:
        gatewayClassName: istio
        infrastructure: {labels: {app: edge, istio: edge}}
        listeners:
          - {name: http2, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
          - name: https
            port: 443
            protocol: TLS
            tls: {mode: Passthrough}
            allowedRoutes: {namespaces: {from: All}}
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
        labels: {app.kubernetes.io/managed-by: Helm}
        annotations: {meta.helm.sh/release-name: mtls, meta.helm.sh/release-namespace: shop}
      spec: {mtls: {mode: STRICT}}
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny
        namespace: shop
        annotations: {"argocd.argoproj.io/tracking-id": "shop:security.istio.io/x"}
      spec: {}
      """;

  /** A gateway by injection, as Istio's chart installs it. */
  private static final String GATEWAY =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: edge}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list, watch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gate}
      subjects: [{kind: ServiceAccount, name: gate, namespace: edge}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}, annotations: {lb.example/size: small}}
      spec:
        type: LoadBalancer
        selector: {app: gate, istio: gate}
        ports:
          - {name: status-port, port: 15021, targetPort: 15021}
          - {name: http2, port: 80, targetPort: 80}
          - {name: https, port: 443, targetPort: 8443}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gate}
        minReplicas: 2
        maxReplicas: 5
        metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      spec: {maxUnavailable: 1, selector: {matchLabels: {app: gate, istio: gate}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: gate, namespace: edge, labels: {app: gate, istio: gate}}
      spec:
        selector: {matchLabels: {app: gate, istio: gate}}
        template:
          metadata:
            labels: {app: gate, istio: gate, sidecar.istio.io/inject: "true"}
            annotations:
              inject.istio.io/templates: gateway
              prometheus.io/path: /stats/prometheus
              prometheus.io/port: "15020"
              prometheus.io/scrape: "true"
          spec:
            serviceAccountName: gate
            terminationGracePeriodSeconds: 30
            securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "0"}]}
            containers:
              - name: istio-proxy
                image: auto
                ports: [{containerPort: 15090, name: http-envoy-prom, protocol: TCP}]
                resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 2000m, memory: 1Gi}}
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities: {drop: [ALL]}
                  privileged: false
                  readOnlyRootFilesystem: true
                  runAsGroup: 1337
                  runAsNonRoot: true
                  runAsUser: 1337
      """;

  /** Created by ordinary writes, as kubectl does, in versions and with defaults of old. */
  private static final List<String> CREATED =
      List.of(
          """
          apiVersion: networking.istio.io/v1alpha3
          kind: DestinationRule
          metadata:
            name: orders
            namespace: shop
            annotations:
              kubectl.kubernetes.io/last-applied-configuration: '{"kind":"DestinationRule"}'
          spec: {host: orders.shop.svc.cluster.local, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
          """,
          """
          apiVersion: gateway.networking.k8s.io/v1beta1
          kind: HTTPRoute
          metadata: {name: api, namespace: shop}
          spec:
            parentRefs: [{name: edge, kind: Gateway, group: gateway.networking.k8s.io}]
            rules:
              - matches: [{path: {type: PathPrefix, value: /}}]
                backendRefs: [{name: orders, port: 80, weight: 1}]
          """,
          """
          apiVersion: networking.istio.io/v1beta1
          kind: ServiceEntry
          metadata: {name: pay, namespace: shop, finalizers: [shop.example/keep]}
          spec:
            hosts: [pay.example.com]
            ports: [{number: 443, name: tls, protocol: TLS}]
            resolution: DNS
            location: MESH_EXTERNAL
          """);

  @TempDir private static Path folder;
  private static KubeApiServer east;
  private static KubeApiServer west;

  @BeforeAll
  static void somebodyElseFillsTwoClusters() {
    east = SharedServers.newKubeApiServer();
    west = SharedServers.newKubeApiServer();
    fill(east, "east", "3s");
    fill(west, "west", "5s");
    west.admin()
        .genericKubernetesResources("networking.istio.io/v1", "ServiceEntry")
        .inNamespace("shop")
        .withName("pay")
        .edit(entry -> {
          entry.getMetadata().setFinalizers(List.of());
          return entry;
        });
    west.admin()
        .genericKubernetesResources("networking.istio.io/v1", "ServiceEntry")
        .inNamespace("shop")
        .withName("pay")
        .delete();
  }

  @AfterAll
  static void end() {
    east.close();
    west.close();
  }

  private static void fill(KubeApiServer server, String name, String timeout) {
    server.apply(APPLIED.formatted(name, timeout));
    server.apply(GATEWAY);
    for (String object : CREATED) {
      server.admin().load(new ByteArrayInputStream(object.getBytes(UTF_8))).create();
    }
  }

  private static CommandRun imported(Path out, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "import",
                    "--mesh",
                    "shop",
                    "--from",
                    "east=" + east.adminKubeconfigFile(),
                    "--from",
                    "west=" + west.adminKubeconfigFile(),
                    "--out",
                    out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static MeshDeclarations read(Path repository) throws IOException {
    Declarations read = new DeclarationReader().read(DirectorySnapshot.of(repository));
    assertThat(read.problems()).extracting(Finding::oneLine).isEmpty();
    MeshDeclarations mesh =
        Optional.ofNullable(read.meshes().get(new MeshName("shop"))).orElseThrow();
    assertThat(mesh.problems()).extracting(Finding::oneLine).isEmpty();
    SchemaCheck schema = SchemaCheck.of(mesh.mesh().spec().istioVersion());
    assertThat(mesh.objects())
        .allSatisfy(object -> assertThat(schema.check(object.manifest())).isEmpty());
    return mesh;
  }

  private static KubeCluster connect(KubeApiServer server) throws Exception {
    return KubeCluster.connect(Kubeconfig.parse(Files.readAllBytes(server.adminKubeconfigFile())));
  }

  private static Plan plan(MeshDeclarations mesh, String name, KubeCluster cluster)
      throws Exception {
    DesiredState desired =
        Optional.ofNullable(new DesiredStates().of(mesh).get(new ClusterName(name))).orElseThrow();
    return Planner.plan(
        desired, LiveSnapshot.list(cluster, desired.mesh().name(), List.of()), Instant.now());
  }

  private static void onlyTakesOver(Plan plan) {
    for (Change change : plan.changes()) {
      List<FieldDifference> differences =
          switch (change) {
            case Change.Adopt adopt -> adopt.differences();
            case Change.Update update -> update.differences();
            case Change.Unchanged _ -> List.of();
            default -> throw new AssertionError(PlanText.of(plan));
          };
      assertThat(differences)
          .as(PlanText.of(plan))
          .allSatisfy(difference -> assertThat(MARKS).contains(difference.path().toString()));
    }
    assertThat(plan.of(Change.Adopt.class)).isNotEmpty();
  }

  @Test
  void whatIsImportedIsTakenOverWithoutAnyDifference() throws Exception {
    Path repository = folder.resolve("repository");
    CommandRun run = imported(repository);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("changes nothing");

    Path mesh = repository.resolve("meshes/shop");
    assertThat(Files.readString(mesh.resolve("mesh.yaml")))
        .contains("topology: MultiPrimary", "istioVersion: \"1.31\"", "trustDomain: shop.example");
    assertThat(Files.readString(mesh.resolve("clusters/west.yaml"))).contains("network: net-west");
    assertThat(Files.readString(mesh.resolve("namespaces/shop.yaml"))).contains("Enabled");
    assertThat(Files.readString(mesh.resolve("workloads/shop.orders.yaml"))).contains("cpu: 200m");
    assertThat(Files.readString(mesh.resolve("services/shop.orders.yaml"))).contains("http2");
    assertThat(Files.readString(mesh.resolve("gateways/edge.yaml"))).contains("MeshGateway");
    assertThat(Files.readString(mesh.resolve("gateways/gate.yaml")))
        .contains("engine: Injection", "targetPort: 8443", "lb.example/size: small", "max: 5");
    assertThat(Files.readString(mesh.resolve("traffic/shop/virtualservice-orders.yaml")))
        .contains("east: \"3s\" | west: \"5s\"", "meshkeel.io/clusters: west");
    assertThat(Files.readString(mesh.resolve("services/shop/serviceentry-pay.yaml")))
        .contains("meshkeel.io/clusters: east", "finalizers");
    assertThat(Files.readString(mesh.resolve("traffic/shop/destinationrule-orders.yaml")))
        .contains("ROUND_ROBIN")
        .doesNotContain("last-applied", "v1alpha3");
    assertThat(Files.readString(mesh.resolve("traffic/shop/httproute-api.yaml")))
        .doesNotContain("weight", "PathPrefix", "status");
    assertThat(mesh.resolve("security")).doesNotExist();
    assertThat(Files.readString(repository.resolve("README.md")))
        .contains("Helm, release mtls", "Argo CD, shop:security.istio.io/x", "helmed");

    MeshDeclarations declared = read(repository);
    for (Map.Entry<String, KubeApiServer> each : Map.of("east", east, "west", west).entrySet()) {
      try (KubeCluster cluster = connect(each.getValue())) {
        onlyTakesOver(plan(declared, each.getKey(), cluster));
      }
    }

    // Nothing is promised that doesn't hold: taken over for real, the next plan has nothing to do.
    try (KubeCluster cluster = connect(west)) {
      Plan plan = plan(declared, "west", cluster);
      LiveSnapshot live = LiveSnapshot.list(cluster, new MeshName("shop"), List.of());
      ApplyResult result = new Applier(8).apply(plan, cluster, live, Optional.empty(), () -> false);
      assertThat(result.complete()).as(result.toString()).isTrue();
      Plan again = plan(declared, "west", cluster);
      assertThat(again.isEmpty()).as(PlanText.of(again)).isTrue();
    }
  }

  @Test
  void aSnapshotGivesTheSameRepository() throws Exception {
    Path snapshot = folder.resolve("snapshot");
    CommandRun taken =
        CommandRun.of(
            "snapshot",
            "--out",
            snapshot.toString(),
            "--cluster",
            "east=" + east.adminKubeconfigFile());
    assertThat(taken.code()).as(taken.err()).isZero();
    Path repository = folder.resolve("of-snapshot");
    CommandRun run =
        CommandRun.of(
            "import",
            "--mesh",
            "shop",
            "--snapshot",
            snapshot.toString(),
            "--out",
            repository.toString());
    assertThat(run.code()).as(run.err()).isZero();
    try (KubeCluster cluster = connect(east)) {
      onlyTakesOver(plan(read(repository), "east", cluster));
    }
  }

  @Test
  void whatIsManagedIsWrittenIfThatIsAsked() throws Exception {
    Path repository = folder.resolve("managed");
    assertThat(imported(repository, "--include-managed", "--adopt", "mesh").code()).isZero();
    assertThat(
            Files.readString(
                repository.resolve("meshes/shop/security/shop/peerauthentication-default.yaml")))
        .contains("STRICT", "# Managed by Helm, release mtls")
        .doesNotContain("release-name:");
    MeshDeclarations declared = read(repository);
    assertThat(declared.mesh().spec().adopt()).isTrue();
    try (KubeCluster cluster = connect(east)) {
      onlyTakesOver(plan(declared, "east", cluster));
    }
  }
}
