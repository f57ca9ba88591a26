package io.meshkeel.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaselineCommandIT {
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
  private static final String OPEN =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: %s, namespace: shop}
      spec:
        rules:
        - {}
        - {to: [{operation: {methods: [GET]}}]}
      """;
  private static final String WEIGHTS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: a, namespace: shop}
      spec:
        hosts: [a.shop.svc.cluster.local]
        http:
        - route:
          - {destination: {host: a.shop.svc.cluster.local}, weight: 90}
          - {destination: {host: b.shop.svc.cluster.local}, weight: 20}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void declareAMeshInWhichMuchIsWrong() throws IOException {
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
    write("meshes/shop/open.yaml", OPEN.formatted("open") + "---\n" + OPEN.formatted("wide"));
    write("meshes/shop/weights.yaml", WEIGHTS);
    write("policies/config.yaml", "enforce: all\n");
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private CommandRun run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(folder.toString(), "--opa", SharedServers.opaBinary().toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private Map<String, String> waivers() throws IOException {
    Map<String, String> waivers = new TreeMap<>();
    try (var files = Files.list(folder.resolve("waivers"))) {
      for (Path file : files.toList()) {
        waivers.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return waivers;
  }

  @Test
  void afterItNothingDeniesAndNothingIsHidden() throws IOException {
    assertThat(run("validate").code()).isEqualTo(1);
    CommandRun run = run("policy", "baseline", "--owner", "team-shop", "--ticket", "MESH-1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "waivers/baseline-m109.yaml: 1 waiver\n",
            "waivers/baseline-m422.yaml: 2 waivers\n",
            "3 new waivers, until " + TODAY.plusDays(90));
    assertThat(waivers().get("baseline-m109.yaml"))
        .contains(
            "rule: M109",
            "path: \"spec.http[0].route\"",
            "namespace: shop",
            "owner: team-shop",
            "ticket: MESH-1",
            "expires: ");
    CommandRun judged = run("validate", "--strict");
    assertThat(judged.code()).as(judged.out()).isZero();
    assertThat(judged.out())
        .contains("error (waived by baseline-m422-", "warn (waived by baseline-m109-")
        .contains("mesh shop: accepted, 3 waived");
  }

  @Test
  void runAgainItAddsOnlyWhatIsNewAndTheSameFindingHasTheSameName() throws IOException {
    run("policy", "baseline", "--owner", "team-shop");
    Map<String, String> first = waivers();
    CommandRun again = run("policy", "baseline", "--owner", "somebody-else");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("0 new waivers");
    assertThat(waivers()).isEqualTo(first);

    write("meshes/shop/more.yaml", OPEN.formatted("more"));
    assertThat(run("policy", "baseline", "--owner", "team-shop").out()).contains("1 new waivers");
    assertThat(waivers().get("baseline-m422.yaml"))
        .startsWith(first.get("baseline-m422.yaml") + "---\n");
    assertThat(run("validate").code()).isZero();

    try (var files = Files.list(folder.resolve("waivers"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder.resolve("meshes/shop/more.yaml"));
    run("policy", "baseline", "--owner", "team-shop");
    assertThat(waivers()).isEqualTo(first);
  }

  @Test
  void onlyErrorsGetOneIfThatIsAsked() throws IOException {
    run("policy", "baseline", "--owner", "team-shop", "--severity", "error", "--days", "180");
    assertThat(waivers()).containsOnlyKeys("baseline-m422.yaml");
    assertThat(waivers().get("baseline-m422.yaml")).contains(TODAY.plusDays(180).toString());
    assertThat(run("validate").out()).contains("accepted, 1 warn, 2 waived");
  }

  @Test
  void whatCannotBeWaivedIsToldAndTheRestIsWritten() throws IOException {
    write(
        "meshes/shop/bad.yaml",
        WEIGHTS.replace("hosts:", "nohosts:").replace("name: a,", "name: x,"));
    CommandRun run = run("policy", "baseline", "--owner", "team-shop");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("can't be waived, so put it right: meshes/shop/bad.yaml:5:3");
    assertThat(run.out()).contains("3 new waivers");
  }

  @Test
  void aWaiverThatEndedIsNotWrittenAnew() throws IOException {
    run("policy", "baseline", "--owner", "team-shop");
    Path file = folder.resolve("waivers/baseline-m109.yaml");
    String ended =
        Files.readString(file)
            .replace(TODAY.plusDays(90).toString(), TODAY.minusDays(1).toString());
    Files.writeString(file, ended);
    CommandRun run = run("policy", "baseline", "--owner", "team-shop");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("has a waiver that ended or is wrong", "[M109]");
    assertThat(file).hasContent(ended);
  }

  @Test
  void anEndTooFarAwayOrNoOwnerIsWrongUse() {
    assertThat(run("policy", "baseline", "--owner", "o", "--days", "181").code()).isEqualTo(2);
    assertThat(run("policy", "baseline").err()).contains("--owner");
    assertThat(folder.resolve("waivers")).doesNotExist();
  }
}
