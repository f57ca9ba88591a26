package io.meshkeel.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.ExitCode;
import io.meshkeel.app.Meshkeel;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code policy new} and {@code policy test} as somebody uses them. */
final class PolicyTestCommandIT {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private int test() {
    return run("policy", "test", folder.toString(), "--opa", SharedServers.opaBinary().toString());
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve("policies").resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "ORG-7, library, org_7, ORG-7",
    "org.timeouts, conftest, org_timeouts, org.timeouts.deny",
  })
  void aNewRulePassesItsTestsAsWritten(String id, String style, String file, String rule)
      throws IOException {
    assertThat(run("policy", "new", id, "--style", style, "--dir", folder.toString()))
        .isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("The rule's id is " + rule);
    try (Stream<Path> written = Files.list(folder.resolve("policies"))) {
      assertThat(written.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(file + ".rego", file + "_test.rego", file + "_cases.yaml");
    }

    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString())
        .contains(
            "tests in Rego: 2 passed, 0 failed, 0 to do",
            "cases: 2 as they should be, 0 not",
            "rules: 1, 0 of them never fired",
            "coverage: 100 % of ");

    assertThat(run("policy", "new", id, "--style", style, "--dir", folder.toString()))
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("exists. Fix: give another id");
  }

  @Test
  void whatDoesNotHoldIsToldWithItsPlace() throws IOException {
    run("policy", "new", "org.timeouts", "--style", "conftest", "--dir", folder.toString());
    edit("org_timeouts.rego", "not route.timeout", "route.timeout\n\twarn_nothing");
    edit(
        "org_timeouts.rego",
        "deny contains finding",
        "warn_nothing contains \"x\" if input.never\n\ndeny contains finding");
    assertThat(test()).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains(
            "policies/org_timeouts_test.rego:5:1: org.timeouts_test.test_fires_without_a_timeout failed",
            "policies/org_timeouts_test.rego:9:1: org.timeouts_test.test_silent_with_a_timeout failed",
            "policies/org_timeouts_cases.yaml:3:5: bad case 'a route has no timeout' of"
                + " org.timeouts.deny: it points to spec.http[0], not to spec.http[1]",
            "policies/org_timeouts_cases.yaml:16:5: good case 'every route has one' of"
                + " org.timeouts.deny: it finds at spec.http[0]: a route has no timeout",
            "cases: 0 as they should be, 2 not",
            "rules: 2, 1 of them never fired: org.timeouts.warn_nothing",
            "never true: policies/org_timeouts.rego:7");
  }

  @Test
  void casesMayHaveWhatWasBeforeParametersAndWhatClustersHold() throws IOException {
    write(
        "changes.rego",
        """
        # METADATA
        # scope: package
        # custom:
        #   params: {mode: STRICT}
        package changes

        deny contains {"msg": "no mTLS downgrade", "_loc": "spec.mtls.mode"} if {
        	input.change.old.spec.mtls.mode == data.meshkeel.params.mode
        	input.change.new.spec.mtls.mode != data.meshkeel.params.mode
        }
        """);
    write(
        "changes_cases.yaml",
        """
        rule: changes.deny
        bad:
          - documents: [&plain {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop}, spec: {mtls: {mode: DISABLE}}}]
            before: [&strict {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop}, spec: {mtls: {mode: STRICT}}}]
            at: spec.mtls.mode
            message: no mTLS downgrade
        good:
          - documents: [*plain]
          - documents: [*strict]
            before: [*strict]
          - documents: [*plain]
            before: [*strict]
            params: {mode: PERMISSIVE}
          - documents: [*strict]
            inventory:
              c1:
                - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        """);
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("cases: 5 as they should be, 0 not");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(folder.resolve("policies").resolve(file), text);
  }

  @Test
  void theRuleOfTheExampleHoldsItsCases() {
    assertThat(
            run(
                "policy",
                "test",
                "../repo-layout-example",
                "--opa",
                SharedServers.opaBinary().toString()))
        .as(out + "\n" + err)
        .isEqualTo(ExitCode.GOOD);
    assertThat(out.toString())
        .contains("2 passed", "cases: 3 as they should be, 0 not", "coverage: 100 %");
  }

  @Test
  void brokenRulesAndCasesAreBrokenInput() throws IOException {
    assertThat(test()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("has no rules below policies/");
    run("policy", "new", "ORG-7", "--dir", folder.toString());
    edit("org_7_cases.yaml", "documents:", "documints:");
    assertThat(test()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(out.toString())
        .contains(
            "policies/org_7_cases.yaml:4:5: there is no field 'documints', did you mean"
                + " 'documents'?",
            "[P006]",
            "nothing was tested");
    edit("org_7.rego", "not route.timeout", "http.send({})");
    assertThat(test()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(out.toString()).contains("undefined function http.send", "[P001]");
  }

  private static final String EXPLODES =
      """
      package own

      deny contains "never" if {
      	input.kind == "VirtualService"
      	all := [[i, j] | some i in numbers.range(1, 30000); some j in numbers.range(1, 30000)]
      	count(all) == 0
      }
      """;

  private static final String CASE =
      """
      rule: own.deny
      bad:
        - documents:
            - {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a, namespace: a}, spec: {hosts: [a.b], http: [{route: [{destination: {host: a.b}}]}]}}
      """;

  @Test
  void aCaseInWhichARuleExplodesFailsAndNamesTheRule() throws IOException {
    write("own.rego", EXPLODES);
    write("own_cases.yaml", CASE);
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains(
            "policies/own_cases.yaml:3:5: bad case 'bad 1' of own.deny: policies/own.rego:3:1: the rule"
                + " own.deny could not be judged by: it took more than ",
            "Fix: make it look at less, ",
            "[P004]");
  }

  @Test
  void aTestInWhichARuleExplodesIsNamedAndTheOthersAreRun() throws IOException {
    write("own.rego", EXPLODES);
    write(
        "own_test.rego",
        """
        package own_test

        import data.own

        test_silent if count(own.deny) == 0 with input as {"kind": "Service"}

        test_explodes if count(own.deny) == 0 with input as {"kind": "VirtualService"}

        test_wrong if count(own.deny) == 1 with input as {"kind": "Service"}
        """);
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains(
            "policies/own_test.rego:9:1: own_test.test_wrong failed\n",
            "tests in Rego: 1 passed, 2 failed, 0 to do")
        // On a busy machine its time may be over before its memory.
        .containsPattern(
            "policies/own_test.rego:7:1: own_test.test_explodes failed: it (took more than 256 MiB of"
                + " memory|ran longer than 5 s)\\. Fix: make the test, or the rule that it asks,"
                + " look at less\n");
  }

  @Test
  void aTestThatRunsTooLongSaysSo() throws IOException {
    write("own.rego", "package own\n\ndeny contains \"x\" if input.never\n");
    write(
        "own_test.rego",
        """
        package own_test

        test_slow if {
        	some i in numbers.range(1, 10000)
        	some j in numbers.range(1, 100000)
        	i * j < 0
        }
        """);
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains(
            "policies/own_test.rego:3:1: own_test.test_slow failed: it ran longer than 5 s. Fix: ");
  }

  @Test
  void aCaseWhoseRulePointsNowhereFails() throws IOException {
    write(
        "own.rego",
        "package own\n\ndeny contains {\"msg\": \"m\", \"_loc\": \"spec.nowhere[7].x\"}\n");
    write("own_cases.yaml", CASE);
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains(
            "policies/own_cases.yaml:3:5: bad case 'bad 1' of own.deny: m (the rule names"
                + " spec.nowhere[7].x, which isn't there). Fix: see what own.deny asks for in"
                + " policies/own.rego:3; and correct the path of own.deny in policies/own.rego:3");
  }

  @Test
  void anIdThatIsTakenIsBrokenInput() throws IOException {
    String rule =
        """
        # METADATA
        # custom:
        #   id: %s
        #   kinds: [VirtualService]
        #   message: m
        package %s

        findings contains {} if input.never
        """;
    write("a.rego", rule.formatted("ORG-1", "a"));
    write("b.rego", rule.formatted("ORG-1", "b"));
    write("c.rego", rule.formatted("M102", "c"));
    assertThat(test()).as(out + "\n" + err).isEqualTo(ExitCode.WRONG_USE);
    assertThat(out.toString())
        .contains(
            "the id ORG-1 is that of two rules: policies/a.rego:6:1 and policies/b.rego:6:1. Fix:"
                + " give one of them another id [P002]",
            "policies/c.rego:6:1: the id M102 is that of a rule of the library (",
            "[P002]");
  }

  @ParameterizedTest
  @CsvSource({"M900, library", "../x, library", "system.x, conftest", "Org, conftest"})
  void anIdThatCannotBeIsWrongUse(String id, String style) {
    assertThat(run("policy", "new", id, "--style", style, "--dir", folder.toString()))
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("'" + id + "' can't be");
  }

  @Test
  void withoutOpaItCannotBeDone() throws IOException {
    run("policy", "new", "ORG-7", "--dir", folder.toString());
    assertThat(run("policy", "test", folder.toString(), "--opa", "/not/there"))
        .isEqualTo(ExitCode.UNABLE);
  }
}
