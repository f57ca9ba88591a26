package io.meshkeel.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meshkeel get} of a hand-made snapshot. */
class GetCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("shop-mcpc.yaml"),
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: web}
        spec: {selector: {app: web}, ports: [{port: 80, name: http}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: a-long-name}
        spec: {ports: [{port: 80, name: http}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: web, labels: {app: web}}
        status: {conditions: [{type: Ready, status: "True"}]}
        """);
  }

  private CommandRun get(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "get";
    all[1] = "--snapshot";
    all[2] = folder.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return CommandRun.of(all);
  }

  @Test
  void aTableHasColumnsOfEvenWidth() {
    CommandRun run = get("services");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out().lines())
        .containsExactly(
            "NAMESPACE   NAME          STATE     TYPE        PORTS     READY   PODS   CLUSTERS   "
                + " REASON",
            "shop        a-long-name   Normal    ClusterIP   80/HTTP   0       0      shop-mcpc  "
                + " -",
            "shop        web           Warning   ClusterIP   80/HTTP   1       1      shop-mcpc  "
                + " Pod web in shop-mcpc is not injected: neither the namespace nor the pod asks"
                + " for injection");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void wideShowsAllColumns() {
    assertThat(get("services", "-o", "wide").out())
        .contains("WORKLOADS", "FIX", "web.shop.svc.cluster.local", "NamespaceSidecar");
  }

  @Test
  void jsonAndYamlHoldTheSame() throws IOException {
    JsonNode json = new ObjectMapper().readTree(get("services", "-o", "json").out());
    assertThat(json.get("module").asText()).isEqualTo("services");
    assertThat(json.get("notes")).isEmpty();
    assertThat(json.get("rows")).hasSize(2);
    JsonNode web = json.get("rows").get(1);
    assertThat(web.get("state").asText()).isEqualTo("Warning");
    assertThat(web.get("pods").asInt()).isEqualTo(1);
    assertThat(web.get("fix").get("kind").asText()).isEqualTo("NamespaceSidecar");
    String yaml = get("services", "-o", "yaml").out();
    assertThat(PositionedYaml.read("a", yaml.getBytes(StandardCharsets.UTF_8)).root())
        .isEqualTo(JsonTree.freeze(new ObjectMapper().convertValue(json, java.util.Map.class)));
  }

  @Test
  void theSameRowsAreTheSameBytes() {
    assertThat(get("services", "-o", "json").out()).isEqualTo(get("services", "-o", "json").out());
  }

  @Test
  void rowsAreFiltered() {
    CommandRun run = get("services", "-n", "elsewhere");
    assertThat(run.code()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("nothing found");
    assertThat(get("services", "-n", "shop", "--cluster", "shop-mcpc").out().lines()).hasSize(3);
  }

  @Test
  void aModuleThatDoesNotExistIsWrongUseWithTheOneThatIsMeant() {
    CommandRun run = get("servces");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run.err()).contains("there is no module 'servces', did you mean 'services'?");
    assertThat(get("xyz").err()).contains("there are overview, services,");
  }

  @Test
  void aClusterOrMeshThatDoesNotExistIsWrongUse() {
    CommandRun run = get("services", "--cluster", "shop-mcp");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run.err()).contains("no cluster 'shop-mcp', did you mean 'shop-mcpc'?");
    assertThat(get("services", "--mesh", "bank").code()).isEqualTo(ExitCode.WRONG_USE);
  }

  @Test
  void aSnapshotWithAMistakeIsNotShown() throws IOException {
    Files.writeString(folder.resolve("west.yaml"), "kind: Pod\n");
    CommandRun run = get("services");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("west.yaml:1:1: the object has no apiVersion");
    CommandRun none =
        CommandRun.of("get", "services", "--snapshot", folder.resolve("none").toString());
    assertThat(none.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(none.err()).contains("is no folder");
  }

  @Test
  void declarationsStandBesideWhatIsFound() throws IOException {
    Files.writeString(folder.resolve("stranger.yaml"), "");
    Files.createDirectories(folder.resolve("stranger"));
    Files.writeString(
        folder.resolve("stranger/a.yaml"),
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n");
    CommandRun run = get("overview", "--repo", "../repo-layout-example");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out()).contains("shop", "Drifted");
    assertThat(run.err()).contains("cluster stranger of the snapshot belongs to no declared mesh");
    CommandRun config = get("config", "--repo", "../repo-layout-example");
    assertThat(config.out()).contains("meshes/shop/traffic/", "VirtualService");
    CommandRun none = get("overview", "--repo", folder.resolve("stranger").toString());
    assertThat(none.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(none.err()).contains("declares no mesh");
  }

  @Test
  void whatWasNotLookedAtIsSaid() throws IOException {
    Files.writeString(
        folder.resolve("west.yaml"),
        "apiVersion: v1\nkind: Service\nmetadata: {namespace: a, name: a}\n");
    CommandRun run = get("services");
    assertThat(run.err())
        .contains("cluster west: Namespace, Pod not looked at, so rows may be missing");
  }

  @Test
  void trafficOfTheSnapshotIsShownByWorkloadAndByService() throws IOException {
    Files.writeString(
        folder.resolve("edges.yaml"),
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Traffic
        spec:
          edges:
            - source: {cluster: shop-mcpc, namespace: shop, workload: web-v1, canonicalService: web}
              destination: {cluster: shop-mcpc, namespace: shop, workload: api, canonicalService: api}
              service: api.shop.svc.cluster.local
              requestsPerSecond: 4
              errorsPerSecond: 1
          served:
            - destination: {cluster: shop-mcpc, namespace: shop, workload: api}
              service: api.shop.svc.cluster.local
              buckets: {"10": 2, "20": 4, "+Inf": 4}
          notes: [the Prometheus at http://a is away]
        """);
    assertThat(get("topology").out()).contains("shop-mcpc/shop/web-v1   shop-mcpc/shop/api");
    CommandRun services = get("topology", "--by", "service");
    assertThat(services.out()).contains("shop/web   shop/api      http       4.0        25.0");
    assertThat(services.err()).contains("meshkeel: the Prometheus at http://a is away");
    assertThat(get("metrics", "-o", "wide").out())
        .contains("service", "75.0", "workload", "shop-mcpc/shop/api");
    for (String[] wrong :
        new String[][] {{"topology", "--by", "pod"}, {"services", "--by", "service"}}) {
      CommandRun run = get(wrong);
      assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
      assertThat(run.err()).contains("--by is one of workload, service, and for topology only");
    }
  }
}
