package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is brought in denies; waivers except, settings turn down. */
final class RatchetIT {
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
  private static final String OPEN = "meshes/shop/security/open.yaml";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void commitDebt() throws IOException, GitAPIException {
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
    write(OPEN, open("open"));
    try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("debt")
          .setSign(false)
          .setAuthor("a", "a@example.com")
          .setCommitter("a", "a@example.com")
          .call();
    }
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String open(String name) {
    return """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: %s, namespace: shop}
    spec:
      rules:
      - {}
      - {to: [{operation: {methods: [GET]}}]}
    """
        .formatted(name);
  }

  private static String waiver(String rule, LocalDate expires, String match) {
    return """
    apiVersion: meshkeel.io/v1alpha1
    kind: Waiver
    metadata: {name: for-a-while}
    spec: {rule: %s, match: %s, reason: moving, owner: team-shop, expires: "%s"}
    """
        .formatted(rule, match, expires);
  }

  private CommandRun validate(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("validate", folder.toString(), "--opa", SharedServers.opaBinary().toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void withoutABaseEverythingCounts() {
    assertThat(validate().code()).isEqualTo(1);
  }

  @Test
  void debtDoesNotDenyThoughItsLinesMove() throws IOException {
    write(OPEN, "# moved\n\n" + open("open"));
    CommandRun run = validate("--base", "HEAD");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("error (known) M422", "accepted, 1 known in 1 object");
  }

  @Test
  void debtIsToldWithWhatBecameOfIt() throws IOException {
    write(OPEN, open("other"));
    CommandRun run = validate("--base", "HEAD");
    assertThat(run.out()).contains("mesh shop: debt 0 (-1)");
    write(OPEN, open("open"));
    assertThat(validate("--base", "HEAD").out()).contains("mesh shop: debt 1: 1 error\n");
    assertThat(validate("--base", "HEAD", "--format", "json").err())
        .contains("meshkeel: mesh shop: debt 1: 1 error\n");
    assertThat(validate().out()).doesNotContain("debt");
  }

  @Test
  void whatIsBroughtInDeniesAndComesFirst() throws IOException {
    write("meshes/shop/security/zz.yaml", open("zz"));
    CommandRun run = validate("--base", "HEAD");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().indexOf("zz.yaml")).isLessThan(run.out().indexOf("open.yaml"));
    assertThat(run.out()).contains("denied, 1 error, 1 known in 2 objects");
  }

  private static final String NO_OPENING =
      """
      package opening

      deny contains {"msg": "another rule is added", "_loc": "spec.rules"} if {
      	count(input.change.new.spec.rules) > count(input.change.old.spec.rules)
      }
      """;

  @Test
  void aRuleOfTheRepositorysOwnSeesTheChangeSinceTheBase() throws IOException {
    write("policies/opening.rego", NO_OPENING);
    CommandRun same = validate("--base", "HEAD");
    assertThat(same.code()).as(same.out()).isZero();
    write(OPEN, open("open") + "  - {to: [{operation: {methods: [PUT]}}]}\n");
    CommandRun changed = validate("--base", "HEAD");
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out())
        .contains(OPEN + ":5:3: error opening.deny: ", "another rule is added")
        .doesNotContain("not judged, since there is no revision");
    assertThat(validate("--base", "HEAD", "--format", "sarif").out())
        .contains("\"id\" : \"opening.deny\"", "A rule of the repository's own: see policies/.");
  }

  @Test
  void withoutABaseARuleAboutTheChangeIsListedAsNotJudged() throws IOException {
    write("policies/opening.rego", NO_OPENING);
    assertThat(validate().out())
        .contains(
            "mesh shop: not judged, since there is no revision to compare with, so every object"
                + " counts as new: 1 rule with the number of objects: opening.deny (1)");
  }

  @Test
  void enforceAllLetsDebtDeny() throws IOException {
    write("policies/config.yaml", "enforce: all\n");
    assertThat(validate("--base", "HEAD").code()).isEqualTo(1);
  }

  @Test
  void aWaiverExceptsAndIsNamed() throws IOException {
    write("waivers/a.yaml", waiver("M422", TODAY.plusDays(90), "{namespace: shop, name: open}"));
    CommandRun run = validate();
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("error (waived by for-a-while) M422").doesNotContain("W00");
  }

  @Test
  void anExpiredWaiverEnforcesAgainAndIsTold() throws IOException {
    write("waivers/a.yaml", waiver("M422", TODAY.minusDays(2), "{namespace: shop, name: open}"));
    CommandRun run = validate();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("error M422", "waivers/a.yaml:1:1: warn W001");
  }

  @Test
  void whatAnExpiredWaiverExceptedIsNoDebt() throws IOException {
    write("waivers/a.yaml", waiver("M422", TODAY.minusDays(2), "{namespace: shop, name: open}"));
    CommandRun run = validate("--base", "HEAD");
    assertThat(run.code()).as(run.out()).isEqualTo(1);
    assertThat(run.out()).contains("error M422");
  }

  @Test
  void aWaiverOfAnUnknownRuleIsBrokenInput() throws IOException {
    write("waivers/a.yaml", waiver("M4220", TODAY.plusDays(9), "{name: open}"));
    CommandRun run = validate();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("W006", "there is no rule 'M4220'");
  }

  @Test
  void aRuleIsTurnedOffInOneNamespaceAndTheReportSaysSo() throws IOException {
    write("policies/config.yaml", "rules: {M422: {severity: off, scope: {namespace: shop}}}\n");
    CommandRun run = validate();
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("policies/config.yaml:1:9: M422 is off in namespace shop")
        .doesNotContain("error M422");
  }

  @Test
  void anUnknownRuleInTheSettingsDenies() throws IOException {
    write("policies/config.yaml", "rules: {M42: {severity: off}}\n");
    CommandRun run = validate("--base", "HEAD");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("policies/config.yaml:1:9: error W006");
  }

  @Test
  void theJsonSaysHowAFindingIsTaken() throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                validate("--base", "HEAD", "--format", "json")
                    .out()
                    .replaceAll("(?m)^meshkeel:.*$", ""));
    assertThat(report.at("/0/standing").asText()).isEqualTo("known");
    assertThat(report.at("/0/verdict").asText()).isEqualTo("accepted");
    assertThat(report.at("/0/waiver").isNull()).isTrue();
  }

  @Test
  void aBaseThatThereIsNotIsBrokenInput() {
    CommandRun run = validate("--base", "nowhere");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no commit 'nowhere'. Fix:");
  }
}
