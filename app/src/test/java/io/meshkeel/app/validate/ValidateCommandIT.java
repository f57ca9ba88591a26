package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.app.Meshkeel;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ValidateCommandIT {
  private static final String WEIGHTS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec:
        hosts: [reviews.shop.svc.cluster.local]
        http:
          - route:
              - {destination: {host: a.shop.svc.cluster.local}, weight: 90}
              - {destination: {host: b.shop.svc.cluster.local}, weight: 20}
      """;
  private static final String OPEN =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: open, namespace: shop}
      spec:
        rules:
        - {}
        - {to: [{operation: {methods: [GET]}}]}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void declareAMesh() throws IOException {
    write(
        "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        """);
    write(
        "clusters/c1.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c1}
        spec: {role: ControlPlane, credential: c1}
        """);
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve("meshes/shop").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private CommandRun validate(String... options) {
    return run(SharedServers.opaBinary(), folder, options);
  }

  private static CommandRun run(Path opa, Path of, String... options) {
    List<String> words =
        new ArrayList<>(List.of("validate", of.toString(), "--opa", opa.toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void aCleanFolderIsAccepted() {
    CommandRun run = validate();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("mesh shop: accepted, no findings in 0 objects (policy ");
    assertThat(run.code()).isZero();
  }

  @Test
  void aWarningIsShownWithItsLineAndDoesNotDeny() throws IOException {
    write("traffic/reviews.yaml", WEIGHTS);
    CommandRun run = validate();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "meshes/shop/traffic/reviews.yaml:7:7: warn M109: VirtualService shop/reviews: the"
                + " weights of the 2 destinations add up to 110, not 100")
        .contains("  7 |     - route:\n    |       ^\n")
        .contains("  fix: Write weights that add up to 100\n")
        .contains("mesh shop: accepted, 1 warn in 1 object (policy ");
  }

  @Test
  void strictMakesAWarningDeny() throws IOException {
    write("traffic/reviews.yaml", WEIGHTS);
    assertThat(validate("--strict").code()).isEqualTo(1);
  }

  @Test
  void anErrorDeniesAndComesFirst() throws IOException {
    write("a/reviews.yaml", WEIGHTS);
    write("b/open.yaml", OPEN);
    CommandRun run = validate();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().indexOf("error M422")).isBetween(0, run.out().indexOf("warn M109"));
    assertThat(run.out()).contains("mesh shop: denied, 1 error, 1 warn in 2 objects");
  }

  @Test
  void jsonHasTheDocumentedFields() throws IOException {
    write("b/open.yaml", OPEN);
    write("traffic/reviews.yaml", WEIGHTS);
    CommandRun run = validate("--format", "json");
    JsonNode findings = new ObjectMapper().readTree(run.out());
    assertThat(findings).hasSize(2);
    assertThat(run.err()).contains("mesh shop: not judged, since", "M103 (1)");
    JsonNode first = findings.get(0);
    assertThat(first.properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly(
            "ruleId",
            "elsewhere",
            "severity",
            "verdict",
            "message",
            "mesh",
            "cluster",
            "resource",
            "path",
            "location",
            "related",
            "remediation",
            "fingerprint",
            "standing",
            "waiver",
            "fix");
    assertThat(first.path("ruleId").asText()).isEqualTo("M422");
    assertThat(first.path("severity").asText()).isEqualTo("error");
    assertThat(first.path("verdict").asText()).isEqualTo("denied");
    assertThat(first.path("mesh").asText()).isEqualTo("shop");
    assertThat(first.path("cluster").isNull()).isTrue();
    assertThat(first.path("resource").toString())
        .isEqualTo(
            "{\"group\":\"security.istio.io\",\"kind\":\"AuthorizationPolicy\","
                + "\"namespace\":\"shop\",\"name\":\"open\"}");
    assertThat(first.path("path").asText()).isEqualTo("spec.rules[0]");
    assertThat(first.path("location").path("file").asText()).isEqualTo("meshes/shop/b/open.yaml");
    assertThat(first.path("location").path("line").asInt()).isEqualTo(6);
    assertThat(findings.get(1).path("verdict").asText()).isEqualTo("accepted");
    assertThat(run.code()).isEqualTo(1);
  }

  private Path snapshot(String cluster) throws IOException {
    Path snapshot = Files.createDirectories(folder.resolve("snapshot"));
    Files.writeString(snapshot.resolve("c1.yaml"), cluster);
    return snapshot;
  }

  @Test
  void whatClustersHoldIsReadFromASnapshot() throws IOException {
    write("traffic/reviews.yaml", WEIGHTS);
    Path snapshot =
        snapshot(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: ratings, namespace: shop}
            spec: {ports: [{port: 9080, name: http}]}
            """);

    CommandRun run = validate("--snapshot", snapshot.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("error M103")
        .contains("no Service of any cluster and no ServiceEntry is called")
        .contains("mesh shop: not judged, since Workloads of cluster c1 were not looked at");
  }

  @Test
  void withoutASnapshotTheRulesThatNeedOneAreCounted() throws IOException {
    write("traffic/reviews.yaml", WEIGHTS);

    assertThat(validate().out())
        .contains("not judged, since nothing is known of what the clusters hold")
        .contains("M103 (1)")
        .contains("M303 (0)");
  }

  @Test
  void aSnapshotOfWhichHalfAFileIsLeftIsToldAndNothingIsJudged() throws IOException {
    Path snapshot = snapshot("apiVersion: v1\nkind: Service\nmetadata: {name: a, names");

    CommandRun run = validate("--snapshot", snapshot.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is broken, so nothing is concluded from it", "c1.yaml:3:");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBrokenSnapshotIsToldAndNothingIsJudged() throws IOException {
    Path snapshot = snapshot("kind: Service");

    CommandRun run = validate("--snapshot", snapshot.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is broken").contains("c1.yaml:1:1");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aCleanFolderHasNoFindingAndSaysWhatWasNotJudged() throws IOException {
    CommandRun run = validate("--format", "json");
    assertThat(new ObjectMapper().readTree(run.out())).isEmpty();
    assertThat(run.err()).contains("mesh shop: not judged, since", "M1002 (1)");
  }

  @Test
  void brokenYamlIsBrokenInputAndHidesNothing() throws IOException {
    write("a/broken.yaml", "a: [unclosed");
    write("b/open.yaml", OPEN);
    CommandRun run = validate();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("meshes/shop/a/broken.yaml:1:").contains("error M422");
  }

  @Test
  void aMeshFileThatIsBrokenIsToldOnce() throws IOException {
    write("mesh-more.yaml", "apiVersion: meshkeel.io/v1alpha1\nkind: Mesh\nmetadata: [unclosed\n");
    write("sub/mesh.yaml", "kind: Mesh\nmetadata: {name: other\n");
    for (Path opa : List.of(SharedServers.opaBinary(), folder.resolve("no-opa"))) {
      CommandRun run = run(opa, folder);
      assertThat(run.code()).isNotZero();
      assertThat(run.out()).containsOnlyOnce("meshes/shop/mesh-more.yaml:");
      assertThat(run.out()).containsOnlyOnce("meshes/shop/sub/mesh.yaml:");
    }
  }

  @Test
  void aFolderThatIsNotThereIsBrokenInput() {
    CommandRun run = run(SharedServers.opaBinary(), folder.resolve("nowhere"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("nowhere").contains("Fix:");
  }

  @Test
  void aFolderWithoutAMeshIsBrokenInput(@TempDir Path empty) {
    CommandRun run = run(SharedServers.opaBinary(), empty);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("declares no mesh");
  }

  @Test
  void withoutOpaWhatIsBrokenIsToldAllTheSame() throws IOException {
    write("a/broken.yaml", "a: [unclosed");
    CommandRun run = run(folder.resolve("no-opa"), folder);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("meshes/shop/a/broken.yaml:1:");
    assertThat(run.err()).contains("--opa names").contains("Fix:");
  }

  @Test
  void explainPrintsARulesPage() {
    StringWriter out = new StringWriter();
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute("explain", "m101")).isZero();
    assertThat(out.toString()).startsWith("# M101: Host claimed by two VirtualServices");
  }

  @Test
  void explainListsTheRules() {
    StringWriter out = new StringWriter();
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute("explain")).isZero();
    assertThat(out.toString()).contains("M102  Route to a subset").contains("M902  ");
  }

  @Test
  void explainOfAnUnknownRuleIsWrongUse() {
    StringWriter err = new StringWriter();
    CommandLine line = Meshkeel.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("explain", "../M101")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing has the id").contains("M101");
  }
}
