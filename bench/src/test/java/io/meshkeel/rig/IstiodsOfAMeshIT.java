package io.meshkeel.rig;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What istiods really work with, in a mesh of two control plane clusters and a data plane cluster.
 */
class IstiodsOfAMeshIT {
  private static final String FOLDER = "meshes/bank/";
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: %1$s
        namespace: shop
      spec:
        hosts: [%1$s.example.com]
        http:
          - timeout: %2$s
            route:
              - destination: {host: %1$s.example.com}
      """;

  @TempDir static Path folder;

  private static Rig rig;
  private static KubeApiServer one;
  private static KubeApiServer two;
  private static KubeApiServer data;
  private static Istiod istiodOfOne;
  private static Istiod istiodOfTwo;
  private static Repository repository;
  private static ServiceProcess service;

  @BeforeAll
  static void startMesh() {
    rig = new Rig(folder, SharedServers.binaries());
    one = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
    two = rig.startCluster("two", ClusterRole.CONTROL_PLANE);
    data = rig.startCluster("data", ClusterRole.DATA_PLANE);
    istiodOfOne = startIstiod(one);
    istiodOfTwo = startIstiod(two);
    istiodOfOne.connect(data);
    repository = rig.newRepository("bank");
    WorkingCopy files = repository.files();
    // Each istiod reads its own cluster alone.
    files.write(
        "policies/config.yaml", "rules: {M1003: {severity: warn}, M103: {severity: warn}}\n");
    files.write(
        FOLDER + "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: bank
        spec:
          istioVersion: "1.31"
          topology: MultiPrimary
        """);
    declareCluster("one", "ControlPlane");
    declareCluster("two", "ControlPlane");
    declareCluster("data", "DataPlane");
    declareHost("payments");
    files.write(FOLDER + "traffic/payments.yaml", ROUTE.formatted("payments", "3s"));
    Revision first = files.publish("Declare the mesh");
    service = rig.startService(repository, Launcher.command());
    awaitStatus(first, "meshkeel/sync/bank", "success");
  }

  @AfterAll
  static void end() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  void bothHoldTheSameConfigurationAfterACommit() {
    declareHost("orders");
    repository.files().write(FOLDER + "traffic/orders.yaml", ROUTE.formatted("orders", "2s"));
    awaitStatus(repository.files().publish("Route orders"), "meshkeel/sync/bank", "success");

    await()
        .untilAsserted(() -> {
          assertThat(configuration(istiodOfOne))
              .containsKeys("ServiceEntry shop/orders", "VirtualService shop/orders");
          assertThat(configuration(istiodOfOne).get("VirtualService shop/orders"))
              .contains("\"timeout\":\"2s\"");
          assertThat(configuration(istiodOfTwo)).isEqualTo(configuration(istiodOfOne));
          assertThat(istiodOfOne.services()).contains("orders.example.com");
          assertThat(istiodOfTwo.services()).contains("orders.example.com");
        });
  }

  @Test
  void whatALaterCommitTakesAwayIsGoneFromBoth() {
    declareHost("short");
    Revision there = repository.files().publish("Declare a host for a while");
    awaitStatus(there, "meshkeel/sync/bank", "success");
    await()
        .untilAsserted(
            () -> assertThat(configuration(istiodOfTwo)).containsKey("ServiceEntry shop/short"));

    repository.files().delete(FOLDER + "services/short.yaml");
    Revision gone = repository.files().publish("Take the host away");

    awaitStatus(gone, "meshkeel/sync/bank", "success");
    await()
        .untilAsserted(() -> {
          assertThat(configuration(istiodOfOne)).doesNotContainKey("ServiceEntry shop/short");
          assertThat(configuration(istiodOfTwo)).doesNotContainKey("ServiceEntry shop/short");
        });
  }

  @Test
  void whatIsWrittenOnlyToTheDataPlaneClusterHasNoEffect() {
    data.ensureNamespace("shop");
    data.apply(ROUTE.formatted("smuggled", "9s"));
    data.apply(entry("smuggled"));
    data.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: reports, namespace: shop}
        spec: {ports: [{name: http, port: 80}]}
        """);
    declareHost("later");
    awaitStatus(repository.files().publish("Declare one more"), "meshkeel/sync/bank", "success");

    await()
        .untilAsserted(() -> {
          assertThat(istiodOfOne.clusters()).contains(new Istiod.Cluster("data", "synced"));
          assertThat(istiodOfOne.services()).contains("reports.shop.svc.cluster.local");
          assertThat(configuration(istiodOfOne)).containsKey("ServiceEntry shop/later");
        });
    assertThat(configuration(istiodOfOne)).doesNotContainKey("VirtualService shop/smuggled");
    assertThat(configuration(istiodOfTwo)).doesNotContainKey("VirtualService shop/smuggled");
    assertThat(istiodOfOne.services()).doesNotContain("smuggled.example.com");
    assertThat(istiodOfTwo.services()).doesNotContain("smuggled.example.com");
  }

  @Test
  void aHandEditOnOneIsDriftOnThatOneAlone() {
    Revision head = new Revision(rig.gitea().api().head(repository.name(), "main"));
    awaitStatus(head, "meshkeel/drift/bank", "success");

    setTimeout(two, "60s");

    assertThat(awaitStatus(head, "meshkeel/drift/bank", "failure").description())
        .contains("two", "VirtualService shop/payments", "hotfix")
        .doesNotContain("one");
    await().untilAsserted(() -> assertThat(drift("two")).isPositive());
    assertThat(drift("one")).isZero();
    await()
        .untilAsserted(() -> {
          assertThat(configuration(istiodOfTwo).get("VirtualService shop/payments"))
              .contains("\"timeout\":\"60s\"");
          assertThat(configuration(istiodOfOne).get("VirtualService shop/payments"))
              .contains("\"timeout\":\"3s\"");
        });

    setTimeout(two, "3s");
    awaitStatus(head, "meshkeel/drift/bank", "success");
  }

  private static Istiod startIstiod(KubeApiServer cluster) {
    return rig.keep(
        Istiod.start(
            rig.binaries().get(ServerBinary.ISTIOD),
            cluster,
            folder.resolve("istiod-" + cluster.name()),
            IstiodOptions.PLAIN.with("PILOT_DEBOUNCE_AFTER", "10ms")));
  }

  private static void declareCluster(String name, String role) {
    repository
        .files()
        .write(
            FOLDER + "clusters/" + name + ".yaml",
            """
            apiVersion: meshkeel.io/v1alpha1
            kind: MeshCluster
            metadata:
              name: %1$s
            spec:
              role: %2$s
              credential: %1$s
            """
                .formatted(name, role));
  }

  private static void declareHost(String name) {
    repository.files().write(FOLDER + "services/" + name + ".yaml", entry(name));
  }

  private static String entry(String name) {
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata:
      name: %1$s
      namespace: shop
    spec:
      hosts: [%1$s.example.com]
      location: MESH_INTERNAL
      resolution: STATIC
      ports:
        - {number: 80, name: http, protocol: HTTP}
      endpoints:
        - {address: 127.0.0.1}
    """
        .formatted(name);
  }

  /** What istiod took over for namespace {@code shop}: kind and name, and the content. */
  private static Map<String, String> configuration(Istiod istiod) {
    Map<String, String> all = new TreeMap<>();
    istiod.configuration().stream()
        .filter(config -> config.namespace().equals("shop"))
        .forEach(config ->
            all.put(
                config.kind() + " " + config.namespace() + "/" + config.name(),
                config.spec().toString()));
    return all;
  }

  private static void setTimeout(KubeApiServer cluster, String timeout) {
    cluster
        .admin()
        .genericKubernetesResources(IstioKinds.VIRTUAL_SERVICES)
        .inNamespace("shop")
        .withName("payments")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("hotfix")
                .build(),
            "[{\"op\":\"replace\",\"path\":\"/spec/http/0/timeout\",\"value\":\"%s\"}]"
                .formatted(timeout));
  }

  /** The number that the service's metrics show for a cluster. */
  private static double drift(String cluster) {
    return service
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith("meshkeel_drift{") && line.contains('"' + cluster + '"'))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static Status awaitStatus(Revision revision, String context, String state) {
    return await(context)
        .until(
            () -> statuses(revision).get(context),
            status -> status != null && status.state().equals(state));
  }

  private static Map<String, Status> statuses(Revision revision) {
    return rig.gitea().api().statuses(repository.name(), revision.sha());
  }
}
