package io.meshkeel.rig;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.Envoy;
import io.meshkeel.testbed.FreePorts;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit changes what becomes of real calls: at a gateway, and of a client without proxy. */
class GatewayTrafficIT {
  private static final String HOST = "orders.example.com";
  private static final String NAMESPACE = "istio-ingress";
  private static final String ROUTE_FILE = "meshes/edge/traffic/route.yaml";
  private static final String GRPC_ROUTE_FILE = "meshes/edge/traffic/grpc-route.yaml";
  private static final int CALLS = 200;

  /** Of 200 calls at 80 % about 160; so wide that chance leaves it once in a million times. */
  private static final int AT_80_PERCENT_LEAST = 130;

  /** Of 200 calls at 20 % about 40. */
  private static final int AT_20_PERCENT_MOST = 70;

  private static final String DENIAL =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-delete
        namespace: istio-ingress
      spec:
        selector:
          matchLabels: {istio: ingress}
        action: DENY
        rules:
          - to:
              - operation:
                  methods: [DELETE]
      """;

  @TempDir Path folder;

  @Test
  void weightsAndADenialTurnTheCallsAtAGatewayAndWeightsThoseOfAClientWithoutProxy()
      throws IOException {
    Server stableGreeter = GrpcCalls.service("stable");
    Server nextGreeter = GrpcCalls.service("next");
    HttpServer stable = GatewayCalls.service("stable");
    HttpServer next = GatewayCalls.service("next");
    int port = FreePorts.one();
    GatewayCalls calls = new GatewayCalls(port, HOST);
    try (Rig rig = new Rig(folder, SharedServers.binaries())) {
      KubeApiServer cluster = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      Istiod istiod = startGateway(rig, cluster);
      Repository repository = rig.newRepository("edge");
      WorkingCopy files = repository.files();
      declareMesh(files, istiod.url());
      // The gateway's Envoy is a process beside the cluster, and no pod of it.
      files.write("policies/config.yaml", "rules: {M302: {severity: warn}}\n");
      declareService(files, port, stable.getAddress().getPort(), next.getAddress().getPort());
      declareGreeter(files, stableGreeter.getPort(), nextGreeter.getPort());
      files.write(ROUTE_FILE, route(80, 20));
      files.write(GRPC_ROUTE_FILE, greeterRoute(80, 20));
      Revision first = files.publish("Send most calls to the stable version");
      ServiceProcess service = rig.startService(repository, Launcher.command());
      awaitSync(rig, repository, first);
      await()
          .untilAsserted(() ->
              assertThat(calls.answeredBy("stable", CALLS))
                  .isBetween((long) AT_80_PERCENT_LEAST, CALLS - 1L));
      assertThat(calls.answeredBy("next", CALLS)).isBetween(1L, (long) AT_20_PERCENT_MOST);
      GrpcCalls greetings = rig.keep(GrpcCalls.steeredBy(istiod, cluster.name()));
      awaitMost(greetings, "stable");

      files.write(ROUTE_FILE, route(20, 80));
      files.write(GRPC_ROUTE_FILE, greeterRoute(20, 80));
      awaitSync(rig, repository, files.publish("Send most calls to the next version"));

      await()
          .untilAsserted(() ->
              assertThat(calls.answeredBy("next", CALLS))
                  .isBetween((long) AT_80_PERCENT_LEAST, CALLS - 1L));
      assertThat(calls.answeredBy("stable", CALLS)).isBetween(1L, (long) AT_20_PERCENT_MOST);
      awaitMost(greetings, "next");

      await("the gateway and the client are connected, and have all that istiod sent")
          .untilAsserted(() ->
              assertThat(service.get("/api/v1/clusters"))
                  .contains("\"inSync\" : [ \"one: 2/2\" ]"));
      Path snapshot = folder.resolve("snapshot");
      ServiceRows.run(
          "snapshot",
          "--out",
          snapshot.toString(),
          "--cluster",
          "one=" + rig.credential("one"),
          "--istiod",
          "one=" + istiod.url());
      assertThat(
              ServiceRows.rows(
                  "clusters",
                  "--snapshot",
                  snapshot.toString(),
                  "--repo",
                  files.folder().toString()))
          .singleElement()
          .asString()
          .contains("\"inSync\":[\"one: 2/2\"]")
          .isEqualTo(ServiceRows.rows("clusters", "--url", service.url().toString()).getFirst());

      assertThat(calls.call("DELETE").status()).isEqualTo(200);
      files.write("meshes/edge/security/no-delete.yaml", DENIAL);
      Revision denial = files.publish("Let nobody delete");
      awaitSync(rig, repository, denial);
      await("every origin names the commit")
          .untilAsserted(() ->
              assertThat(service.get("/api/v1/config?output=wide").lines())
                  .anyMatch(line ->
                      line.contains("meshes/edge/security/no-delete.yaml:1")
                          && line.contains(denial.abbreviated())));

      await().untilAsserted(() -> assertThat(calls.call("DELETE").status()).isEqualTo(403));
      assertThat(calls.call("GET").status()).isEqualTo(200);
    } finally {
      stableGreeter.shutdownNow();
      nextGreeter.shutdownNow();
      stable.stop(0);
      next.stop(0);
    }
  }

  /** The client without proxy calls this one in four of five cases. */
  private static void awaitMost(GrpcCalls calls, String name) {
    await()
        .untilAsserted(() ->
            assertThat(calls.answeredBy(name, CALLS))
                .isBetween((long) AT_80_PERCENT_LEAST, CALLS - 1L));
  }

  private Istiod startGateway(Rig rig, KubeApiServer cluster) {
    Istiod istiod =
        rig.keep(
            Istiod.start(
                rig.binaries().get(ServerBinary.ISTIOD),
                cluster,
                folder.resolve("istiod"),
                Envoy.steeredBy(IstiodOptions.PLAIN)));
    rig.keep(
        Envoy.gateway(
            rig.binaries().get(ServerBinary.ENVOY),
            istiod,
            cluster,
            NAMESPACE,
            Map.of("istio", "ingress"),
            folder.resolve("envoy")));
    return istiod;
  }

  private static void declareMesh(WorkingCopy files, URI istiod) {
    files.write(
        "meshes/edge/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: edge
        spec:
          istioVersion: "1.31"
        """);
    files.write(
        "meshes/edge/clusters/one.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: one
        spec:
          role: ControlPlane
          credential: one
          istiod:
            url: %s
        """
            .formatted(istiod));
  }

  private static void declareService(WorkingCopy files, int port, int stable, int next) {
    files.write(
        "meshes/edge/traffic/service.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: entry
          namespace: %1$s
        spec:
          selector: {istio: ingress}
          servers:
            - port: {number: %3$d, name: http, protocol: HTTP}
              hosts: [%2$s]
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: orders
          namespace: %1$s
        spec:
          hosts: [%2$s]
          location: MESH_INTERNAL
          resolution: STATIC
          ports:
            - {number: 80, name: http, protocol: HTTP}
          endpoints:
            - {address: 127.0.0.1, ports: {http: %4$d}, labels: {version: stable}}
            - {address: 127.0.0.1, ports: {http: %5$d}, labels: {version: next}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: orders
          namespace: %1$s
        spec:
          host: %2$s
          subsets:
            - {name: stable, labels: {version: stable}}
            - {name: next, labels: {version: next}}
        """
            .formatted(NAMESPACE, HOST, port, stable, next));
  }

  private static void declareGreeter(WorkingCopy files, int stable, int next) {
    files.write(
        "meshes/edge/traffic/greeter.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: greeter
          namespace: shop
        spec:
          hosts: [%1$s]
          location: MESH_INTERNAL
          resolution: STATIC
          ports:
            - {number: %2$d, name: grpc, protocol: GRPC}
          endpoints:
            - {address: 127.0.0.1, ports: {grpc: %3$d}, labels: {version: stable}}
            - {address: 127.0.0.1, ports: {grpc: %4$d}, labels: {version: next}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: greeter
          namespace: shop
        spec:
          host: %1$s
          subsets:
            - {name: stable, labels: {version: stable}}
            - {name: next, labels: {version: next}}
        """
            .formatted(GrpcCalls.HOST, GrpcCalls.PORT, stable, next));
  }

  private static String greeterRoute(int stable, int next) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: greeter
      namespace: shop
    spec:
      hosts: [%1$s]
      http:
        - name: split
          route:
            - destination: {host: %1$s, subset: stable}
              weight: %2$d
            - destination: {host: %1$s, subset: next}
              weight: %3$d
    """
        .formatted(GrpcCalls.HOST, stable, next);
  }

  private static String route(int stable, int next) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: orders
      namespace: %1$s
    spec:
      hosts: [%2$s]
      gateways: [entry]
      http:
        - name: split
          route:
            - destination: {host: %2$s, subset: stable}
              weight: %3$d
            - destination: {host: %2$s, subset: next}
              weight: %4$d
    """
        .formatted(NAMESPACE, HOST, stable, next);
  }

  private static void awaitSync(Rig rig, Repository repository, Revision revision) {
    await("in sync")
        .until(
            () -> rig.gitea().api().statuses(repository.name(), revision.sha()),
            statuses -> {
              Status sync = statuses.get("meshkeel/sync/edge");
              return sync != null && sync.state().equals("success");
            });
  }
}
