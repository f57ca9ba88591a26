package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FixIT {
  private static final String ROUTE = "meshes/shop/traffic/a.yaml";
  private static final String WRONG =
      """
      # the route of a
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: a
        namespace: shop
        labels: {version: 1.10}   # as a text
      spec:
        hots:   # a slip
        - a.shop   # not expanded
        http:
        - route:
          - destination: {host: 'a.shop.svc', port: {number: "80"}}
      """;
  private static final String RIGHT =
      """
      # the route of a
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: a
        namespace: shop
        labels: {version: "1.10"}   # as a text
      spec:
        hosts:   # a slip
        - a.shop.svc.cluster.local   # not expanded
        http:
        - route:
          - destination: {host: 'a.shop.svc.cluster.local', port: {number: 80}}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void declareAMesh() throws IOException {
    write(
        "meshes/shop/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c1}
        spec: {role: ControlPlane, credential: c1}
        """);
  }

  private Path write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private CommandRun validate(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("validate", folder.toString(), "--opa", SharedServers.opaBinary().toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void whatIsCertainIsPutRightLayerByLayerAndNothingElseChanges() throws IOException {
    Path file = write(ROUTE, WRONG);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(validate().code()).isEqualTo(2);
    CommandRun run = validate("--fix");
    assertThat(file).hasContent(RIGHT);
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out())
        .contains(
            ROUTE + ":7:12: fixed D",
            "put it in quotes",
            ROUTE + ":9:3: fixed S",
            "write hosts",
            ROUTE + ":10:5: fixed M104: write a.shop.svc.cluster.local",
            "fixed 5 findings in 1 file",
            "accepted, no findings");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(validate("--fix").out()).contains("fixed 0 findings in 0 files");
  }

  @Test
  void aDryRunPrintsTheDifferenceAndWritesNothing() throws IOException {
    Path file = write(ROUTE, WRONG);
    CommandRun run = validate("--fix", "--diff");
    assertThat(file).hasContent(WRONG);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out())
        .startsWith("--- a/" + ROUTE + "\n+++ b/" + ROUTE + "\n@@ ")
        .contains(
            """
            -  hots:   # a slip
            -  - a.shop   # not expanded
            +  hosts:   # a slip
            +  - a.shop.svc.cluster.local   # not expanded
            """);
    assertThat(run.err()).contains("would fix 5 findings in 1 file");
    assertThat(validate("--diff").code()).isEqualTo(2);
  }

  @Test
  void whatSeveralPlacesShareIsShownAndLeft() throws IOException {
    String shared =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: a, namespace: shop}
        spec:
          hosts: [a.shop.svc.cluster.local]
          http:
          - match: [{uri: {prefix: /a}}]
            route: &r
            - destination: {host: a.shop}
          - route: *r
        """;
    Path file = write(ROUTE, shared);
    CommandRun run = validate("--fix");
    assertThat(file).hasContent(shared);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("not fixed M104", "by hand, since an alias shares what is written there")
        .contains("certain: write a.shop.svc.cluster.local; by hand, since an alias");
  }

  @Test
  void aFixAfterWhichSomethingAsBadWouldBeWrongIsTakenBack() throws IOException {
    String other =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: b, namespace: shop}
        spec:
          hosts: [a.shop.svc.cluster.local]
          http: [{route: [{destination: {host: b.shop.svc.cluster.local}}]}]
        """;
    String meets =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: a, namespace: shop}
        spec:
          hosts: [a.shop]
          http: [{route: [{destination: {host: c.shop.svc}}]}]
        """;
    write("meshes/shop/b.yaml", other);
    Path file = write(ROUTE, meets);
    CommandRun run = validate("--fix");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("6:", "fixed 1 finding in 1 file", "something as bad would be wrong after it");
    assertThat(file).hasContent(meets.replace("c.shop.svc", "c.shop.svc.cluster.local"));
  }

  @Test
  void whatAWaiverExceptsStaysAsItIs() throws IOException {
    String text = RIGHT.replace("'a.shop.svc.cluster.local'", "a.shop");
    Path file = write(ROUTE, text);
    write(
        "waivers/w.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Waiver
        metadata: {name: w}
        spec: {rule: M104, match: {name: a}, reason: r, owner: o, expires: "%s"}
        """
            .formatted(java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(60)));
    assertThat(validate("--fix").out()).contains("fixed 0 findings");
    assertThat(file).hasContent(text);
  }

  @Test
  void reportsShowAFixWithoutMakingIt() throws IOException {
    write(ROUTE, RIGHT.replace("'a.shop.svc.cluster.local'", "a.shop"));
    assertThat(validate().out())
        .contains("certain: write a.shop.svc.cluster.local; `--fix` does it");
    JsonNode json = new ObjectMapper().readTree(validate("--format", "json").out());
    assertThat(json.at("/0/fix/edits/0").toString())
        .isEqualTo(
            "{\"startLine\":13,\"startColumn\":27,\"endLine\":13,\"endColumn\":33,"
                + "\"text\":\"a.shop.svc.cluster.local\"}");
    JsonNode sarif = new ObjectMapper().readTree(validate("--format", "sarif").out());
    JsonNode change = sarif.at("/runs/0/results/0/fixes/0/artifactChanges/0");
    assertThat(change.at("/artifactLocation/uri").asText()).isEqualTo(ROUTE);
    assertThat(change.at("/replacements/0/insertedContent/text").asText())
        .isEqualTo("a.shop.svc.cluster.local");
    assertThat(validate("--format", "github").out()).contains("`meshkeel validate --fix` does it");
  }

  @Test
  void aFileBehindALinkIsNeitherReadNorWritten() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.yaml"), WRONG);
    Files.createDirectories(folder.resolve("meshes/shop/traffic"));
    Files.createSymbolicLink(folder.resolve(ROUTE), outside);
    assertThat(validate("--fix").code()).isEqualTo(2);
    assertThat(outside).hasContent(WRONG);
  }
}
