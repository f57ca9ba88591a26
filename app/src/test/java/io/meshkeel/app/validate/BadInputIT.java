package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.AilingOpa;
import io.meshkeel.testbed.AilingOpa.Ailment;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with OPA, with own rules or with waivers, {@code validate} is no pass. */
final class BadInputIT {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: %1$s, namespace: %1$s}
      spec:
        hosts: [%1$s.example.com]
        http: [{route: [{destination: {host: %1$s.example.com}}]}]
      """;

  @TempDir private Path folder = Path.of("");
  @TempDir private Path programs = Path.of("");

  @BeforeEach
  void declareTwoMeshes() throws IOException {
    for (String mesh : List.of("shop", "bank")) {
      write(
          "meshes/" + mesh + "/mesh.yaml",
          """
          apiVersion: meshkeel.io/v1alpha1
          kind: Mesh
          metadata: {name: %1$s}
          spec: {istioVersion: "1.31"}
          ---
          apiVersion: meshkeel.io/v1alpha1
          kind: MeshCluster
          metadata: {name: %1$s-one}
          spec: {role: ControlPlane, credential: one}
          """
              .formatted(mesh));
      write("meshes/" + mesh + "/route.yaml", ROUTE.formatted(mesh));
    }
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private CommandRun validate(Path opa, String... options) {
    List<String> words =
        new ArrayList<>(List.of("validate", folder.toString(), "--opa", opa.toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static void isNoPass(CommandRun run, int exitCode, String... said) {
    assertThat(run.code()).as(run.toString()).isEqualTo(exitCode);
    assertThat(run.out() + run.err()).contains(said);
    assertThat(run.out()).doesNotContain("mesh shop: accepted");
  }

  @Test
  void anOpaThatIsNotThere() {
    isNoPass(
        validate(folder.resolve("no-opa")),
        3,
        "--opa names " + folder.resolve("no-opa") + ", which is not an executable file. Fix: ");
  }

  @Test
  void aProgramThatIsNoOpa() throws IOException {
    Path program = Files.writeString(programs.resolve("opa"), "#!/bin/sh\necho hello\nexit 7\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    isNoPass(validate(program), 3, "OPA ended at once with exit code 7: hello", "Fix: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FAILS          | OPA answered with HTTP 500: {\"code\": \"internal_error\"}",
        "DIES           | also after OPA was started again. Fix: see that nothing ends it",
        "FORGETS_A_RULE | OPA's answer can't be trusted: rule M",
        "FORGETS_ALL    | has no decision for meshkeel/main/answer",
        "KEEPS_SILENT   | did not answer within 20000 ms. Fix: see that OPA has enough CPU",
      })
  void anOpaThatAils(Ailment ailment, String said) throws IOException {
    Files.delete(folder.resolve("meshes/bank/mesh.yaml"));
    Files.delete(folder.resolve("meshes/bank/route.yaml"));
    AilingOpa opa = AilingOpa.in(programs, SharedServers.opaBinary());
    opa.from(ailment);
    CommandRun run = validate(opa.program());
    isNoPass(
        run,
        3,
        "mesh shop: error, ",
        "meshkeel: mesh shop: policy could not be asked: ",
        said,
        "Fix: ");
  }

  @Test
  void aHealthyOneBehindTheSameProgramIsAPass() {
    AilingOpa opa = AilingOpa.in(programs, SharedServers.opaBinary());
    CommandRun run = validate(opa.program());
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("mesh shop: accepted", "mesh bank: accepted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deny contains x if some x in more;;more contains x if some x in deny | policies/own.rego:3:1: error P001: OPA refuses the rules: rego_recursion_error",
        "deny contains 1 if { all := [[i, j] ! some i in numbers.range(1, 30000); some j in numbers.range(1, 30000)]; count(all) == 0 } | policies/own.rego:3:1: error P004: the rule own.deny could not be judged by: it ",
        "deny contains {\"msg\": \"m\", \"_loc\": {\"file\": \"meshes/bank/route.yaml\", \"line\": 1}} if input.metadata.name == \"shop\" | policies/own.rego:3:1: error P005: the rule own.deny could not be judged by: it points to the file meshes/bank/route.yaml",
        "deny contains {\"msg\": \"m\", \"_loc\": \"spec.nowhere[7].x\"} | meshes/shop/route.yaml:4:1: error own.deny: VirtualService shop/shop: m (the rule names spec.nowhere[7].x, which isn't there)",
        "deny contains {\"msg\": \"m\", \"_loc\": \"spec.nowhere[7].x\"} | fix: see what own.deny asks for in policies/own.rego:3; and correct the path of own.deny in policies/own.rego:3",
      })
  void aRuleThatCannotBeJudgedBy(String rule, String said) throws IOException {
    write(
        "policies/own.rego",
        "package own\n\n" + rule.strip().replace(';', '\n').replace('!', '|') + "\n");
    isNoPass(validate(SharedServers.opaBinary()), 1, said, "fix: ");
  }

  @Test
  void aRuleThatRunsOverIsToldOnceAndDeniesEachMesh() throws IOException {
    write(
        "policies/own.rego",
        "package own\n\ndeny contains 1 if { some i in numbers.range(1, 10000); some j in numbers.range(1, 100000); i * j < 0 }\n");
    write("policies/good.rego", "package good\n\nwarn contains \"seen\" if input.spec.http\n");
    Path junit = programs.resolve("junit.xml");
    CommandRun run = validate(SharedServers.opaBinary(), "--output", "junit=" + junit);
    isNoPass(
        run,
        1,
        "policies/own.rego:3:1: error P004: the rule own.deny could not be judged by: it took more than 1000 ms of processor time",
        "fix: make it look at less, or turn it off in policies/config.yaml until that is done",
        "mesh bank: denied, 1 error, 1 warn",
        "mesh shop: denied, 1 error, 1 warn");
    assertThat(run.out()).containsOnlyOnce("P004");
    assertThat(Files.readString(junit))
        .contains(
            "<testsuite name=\"mesh bank\" tests=\"3\" failures=\"1\"",
            "<testsuite name=\"mesh shop\" tests=\"3\" failures=\"1\"")
        .doesNotContain("repository");
  }

  @Test
  void aRuleWithTheIdOfOneOfTheLibrary() throws IOException {
    write(
        "policies/a.rego",
        """
        # METADATA
        # custom:
        #   id: M102
        #   kinds: [VirtualService]
        #   message: m
        package a

        findings contains {} if input.never
        """);
    isNoPass(
        validate(SharedServers.opaBinary()),
        1,
        "policies/a.rego:6:1: error P002: the id M102 is that of a rule of the library (",
        "fix: give it an id of your own; policies/config.yaml changes the library's rule");
  }

  @Test
  void twoRulesWithOneId() throws IOException {
    String rule =
        """
        # METADATA
        # custom:
        #   id: ORG-1
        #   kinds: [VirtualService]
        #   message: m
        package %s

        findings contains {} if input.never
        """;
    write("policies/a.rego", rule.formatted("a"));
    write("policies/b.rego", rule.formatted("b"));
    isNoPass(
        validate(SharedServers.opaBinary()),
        1,
        "error P002: the id ORG-1 is that of two rules: policies/a.rego:6:1 and policies/b.rego:6:1",
        "fix: ");
  }

  @Test
  void aWaiverOfARuleThatThereIsNot() throws IOException {
    write(
        "waivers/typo.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Waiver
        metadata: {name: typo}
        spec:
          rule: M1O9
          match: {mesh: shop, namespace: shop, kind: VirtualService, name: shop}
          reason: the weights are put right next week
          owner: shop
          expires: "%s"
        """
            .formatted(java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(30)));
    CommandRun run = validate(SharedServers.opaBinary());
    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.out()).contains("waivers/typo.yaml:", "error W006", "M1O9", "fix: ");
  }

  @Test
  void aSnapshotOfWhichHalfAFileIsLeft() throws IOException {
    Path snapshot = Files.createDirectories(programs.resolve("snapshot"));
    Files.writeString(
        snapshot.resolve("shop-one.yaml"),
        "apiVersion: v1\nkind: Service\nmetadata: {name: a, nam");
    CommandRun run = validate(SharedServers.opaBinary(), "--snapshot", snapshot.toString());
    isNoPass(run, 2, "is broken, so nothing is concluded from it", "shop-one.yaml:3:");
  }

  @Test
  void aSnapshotThatIsNotThere() {
    CommandRun run =
        validate(SharedServers.opaBinary(), "--snapshot", programs.resolve("none").toString());
    isNoPass(run, 2, "the snapshot can't be read: ", "none", "Fix: ");
  }
}
