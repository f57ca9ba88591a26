package io.meshkeel.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImpactCommandIT {
  private static final String WEIGHTS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: %1$s, namespace: shop}
      spec:
        hosts: [%1$s.shop.svc.cluster.local]
        http:
        - route:
          - {destination: {host: a.shop.svc.cluster.local}, weight: 90}
          - {destination: {host: b.shop.svc.cluster.local}, weight: 20}
      """;
  private static final String STRICT = "rules: {M109: {severity: error}}\n";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void commitAHistory() throws IOException, GitAPIException {
    Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call().close();
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
    commit("a mesh");
    write("meshes/shop/x.yaml", WEIGHTS.formatted("x"));
    commit("route x");
    write("meshes/shop/w.yaml", WEIGHTS.formatted("w").replace("20", "10"));
    commit("route w");
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void commit(String message) throws IOException, GitAPIException {
    try (Git git = Git.open(folder.toFile())) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage(message)
          .setSign(false)
          .setAuthor("a", "a@example.com")
          .setCommitter("a", "a@example.com")
          .call();
    }
  }

  private void branch(String name) throws IOException, GitAPIException {
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setCreateBranch(true).setName(name).call();
    }
  }

  private void checkout(String name) throws IOException, GitAPIException {
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setName(name).call();
    }
  }

  private CommandRun impact(String... words) {
    List<String> all = new ArrayList<>(List.of("policy", "impact", folder.toString()));
    all.addAll(List.of("--opa", SharedServers.opaBinary().toString()));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void whatIsMergedWouldHaveBeenStoppedByTheCommitThatBroughtItIn() throws IOException {
    write("policies/config.yaml", STRICT);
    CommandRun run = impact("--base", "HEAD");
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "mesh shop: newly failing (accepted before, denied after)",
            "+ meshes/shop/x.yaml:7:5: VirtualService shop/x: the weights",
            "would have been stopped: route x",
            "1 of the last 3 commits would have been stopped, 2 unchanged",
            "waivers needed: 1",
            "M109: kind VirtualService, mesh shop, name x, namespace shop, path spec.http[0].route"
                + " (HEAD)")
        .doesNotContain("stopped: route w");
  }

  @Test
  void milderPoliciesLetPassWhatFailed() throws Exception {
    write("policies/config.yaml", STRICT);
    commit("stricter");
    write("policies/config.yaml", "rules: {M109: {severity: info}}\n");
    CommandRun run = impact("--base", "HEAD", "--commits", "0");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "mesh shop: newly passing (denied before, accepted after)", "- meshes/shop/x.yaml")
        .contains("no waiver is needed");
  }

  @Test
  void rulesOfTheRepositoryCountLikeSettingsAndBranchesAreJudgedAsTheyStand() throws Exception {
    branch("feature/z");
    write("meshes/shop/z.yaml", WEIGHTS.formatted("z"));
    commit("route z");
    checkout("main");
    write(
        "policies/names.rego",
        """
        package org.names

        deny contains {"msg": "a name of one letter", "_loc": ["metadata", "name"]} if {
        	input.kind == "VirtualService"
        	input.metadata.name == "z"
        }
        """);
    CommandRun run = impact("--base", "HEAD", "--branches", "main,feature/*", "--format", "json");
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.at("/heads/0/branch").asText()).isEqualTo("feature/z");
    assertThat(report.at("/heads/0/meshes/0/change").asText()).isEqualTo("newly_failing");
    assertThat(report.at("/heads/0/meshes/0/failing/0/ruleId").asText())
        .isEqualTo("org.names.deny");
    assertThat(report.at("/heads/1/branch").asText()).isEqualTo("main");
    assertThat(report.at("/heads/1/meshes/0/change").asText()).isEqualTo("unchanged");
    assertThat(report.at("/commits")).hasSize(3).allMatch(one -> !one.get("stopped").asBoolean());
    assertThat(report.at("/waivers/0/rule").asText()).isEqualTo("org.names.deny");
    assertThat(report.at("/waivers/0/branches").toString()).isEqualTo("[\"feature/z\"]");
  }

  @Test
  void withoutAChangeNothingIsToldToChange() {
    CommandRun run = impact("--base", "HEAD");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("mesh shop: unchanged (accepted before, accepted after)")
        .contains("0 of the last 3 commits would have been stopped, 3 unchanged");
  }

  @Test
  void policiesThatCannotBeReadAreBrokenInput() throws IOException {
    write("policies/config.yaml", "enforce: sometimes\n");
    CommandRun run = impact("--base", "HEAD");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("can't be read", "policies/config.yaml:1:1");
  }

  @Test
  void aBranchOrCommitThatThereIsNotIsBrokenInput() {
    CommandRun base = impact("--base", "nowhere");
    assertThat(base.code()).isEqualTo(2);
    assertThat(base.err()).contains("there is no commit 'nowhere'");
    CommandRun branch = impact("--base", "HEAD", "--branches", "nope*");
    assertThat(branch.code()).isEqualTo(2);
    assertThat(branch.err()).contains("no branch matches 'nope*'. Fix: name one of main");
    assertThat(impact("--base", "HEAD", "--commits", "501").code()).isEqualTo(2);
  }
}
