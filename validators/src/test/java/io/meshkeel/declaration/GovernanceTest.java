package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.Waiver;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waivers and settings as they are read. */
final class GovernanceTest {
  private static final String CONFIG = "policies/config.yaml";

  private static String waiver(String name, String spec) {
    return """
    apiVersion: meshkeel.io/v1alpha1
    kind: Waiver
    metadata: {name: %s}
    spec: %s
    """
        .formatted(name, spec);
  }

  private static String sound(String name) {
    return waiver(
        name,
        "{rule: M102, match: {mesh: shop, kind: VirtualService, namespace: web, name: front, path:"
            + " 'spec.http[0]'}, reason: moves next week, ticket: MESH-7, owner: team-web, expires:"
            + " 2027-01-31}");
  }

  @Test
  void aWaiverIsReadWhole() {
    Declarations read = Tree.shop().with("waivers/front.yaml", sound("front")).read();
    assertThat(Tree.lines(read.problems())).isEmpty();
    Waiver waiver = read.governance().waivers().getFirst();
    assertThat(waiver.rule()).isEqualTo("M102");
    assertThat(waiver.match())
        .isEqualTo(
            new Waiver.Match(
                Optional.of(new MeshName("shop")),
                Optional.empty(),
                Optional.of("VirtualService"),
                Optional.of("web"),
                Optional.of("front"),
                Optional.of("spec.http[0]")));
    assertThat(waiver.ticket()).contains("MESH-7");
    assertThat(waiver.owner()).isEqualTo("team-web");
    assertThat(waiver.expires()).isEqualTo(LocalDate.of(2027, 1, 31));
    assertThat(waiver.position().toString()).isEqualTo("waivers/front.yaml:1:1");
    assertThat(Tree.mesh(read, "shop").governance()).isEqualTo(read.governance());
  }

  @Test
  void waiversComeByName() {
    Declarations read =
        Tree.shop().with("waivers/1.yaml", sound("b")).with("waivers/2.yaml", sound("a")).read();
    assertThat(read.governance().waivers()).extracting(Waiver::name).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{match: {}, reason: r, owner: o, expires: 2027-01-31} | D017 | spec.rule",
        "{rule: M102, match: {}, reasn: r, owner: o, expires: 2027-01-31} | D014 | spec.reasn",
        "{rule: M102, reason: r, owner: o, expires: 2027-01-31} | D017 | spec.match",
        "{rule: M102, match: {}, owner: o, expires: 2027-01-31} | D017 | spec.reason",
        "{rule: M102, match: {}, reason: r, expires: 2027-01-31} | D017 | spec.owner",
        "{rule: M102, match: {}, reason: r, owner: o} | D017 | spec.expires",
        "{rule: 'M1*', match: {}, reason: r, owner: o, expires: 2027-01-31} | D016 | spec.rule",
        "{rule: M102, match: {}, reason: r, owner: o, expires: 2027-02-30} | D016 | spec.expires",
        "{rule: M102, match: {}, reason: r, owner: o, expires: soon} | D016 | spec.expires",
        "{rule: M102, match: {host: a}, reason: r, owner: o, expires: 2027-01-31} | D014 |"
            + " spec.match.host"
      })
  void aWaiverThatIsWrongIsToldAndExceptsNothing(String spec, String id, String path) {
    Declarations read = Tree.shop().with("waivers/a.yaml", waiver("a", spec)).read();
    assertThat(read.governance().waivers()).isEmpty();
    assertThat(read.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.ruleId()).isEqualTo(id);
          assertThat(problem.path().toString()).isEqualTo(path);
          assertThat(problem.position()).isNotNull();
        });
  }

  @Test
  void twoWaiversOfOneNameAreAMistake() {
    Declarations read =
        Tree.shop().with("waivers/1.yaml", sound("a")).with("waivers/2.yaml", sound("a")).read();
    assertThat(Tree.lines(read.problems()))
        .singleElement()
        .asString()
        .contains("waivers/2.yaml:1:1", "declared twice, first at waivers/1.yaml:1:1", "D034");
  }

  @Test
  void aWaiverElsewhereIsAMistakeOfThatMesh() {
    Declarations read = Tree.shop().with("meshes/shop/a.yaml", sound("a")).read();
    assertThat(read.governance().waivers()).isEmpty();
    assertThat(Tree.lines(Tree.mesh(read, "shop").problems()))
        .singleElement()
        .asString()
        .contains("must be below waivers/", "D034");
  }

  @Test
  void settingsAreReadWhole() {
    Declarations read =
        Tree.shop()
            .with(
                CONFIG,
                """
                enforce: all
                rules:
                  M104: {severity: off}
                  M112:
                    - severity: warn
                    - severity: error
                      scope: {mesh: shop, cluster: c1, namespace: web}
                      params: {days: 3}
                """)
            .read();
    assertThat(read.problems()).isEmpty();
    assertThat(read.governance().settings().enforce()).isEqualTo(Enforce.ALL);
    List<Setting> rules = read.governance().settings().rules();
    assertThat(rules)
        .extracting(Setting::rule, setting -> setting.level().orElseThrow())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("M104", Level.OFF),
            org.assertj.core.groups.Tuple.tuple("M112", Level.WARN),
            org.assertj.core.groups.Tuple.tuple("M112", Level.ERROR));
    Setting scoped =
        rules.stream().filter(rule -> rule.scope().narrowness() == 7).findFirst().orElseThrow();
    assertThat(scoped.scope().cluster()).contains(new ClusterName("c1"));
    assertThat(scoped.params()).containsEntry("days", 3L);
    assertThat(scoped.position().toString()).isEqualTo(CONFIG + ":6:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "enforce: some | 'enforce' is 'some' | 1:",
        "rule: {} | there is no field 'rule' | 1:1",
        "rules: [M101] | 'rules' must be a map | 1:1",
        "rules: {M101: error} | 'rules.M101' must be a map | 1:",
        "rules: {M101: {severity: bad}} | 'rules.M101.severity' is 'bad' | 1:",
        "rules: {M101: {level: warn}} | there is no field 'level' | 1:",
        "rules: {M101: {scope: {pod: a}}} | there is no field 'pod' | 1:",
        "rules: {M101: {scope: {mesh: A_B}}} | A_B | 1:",
        "rules: {M101: [ | D001 | 1:"
      })
  void wrongSettingsDenyEveryMesh(String content, String said, String place) {
    Declarations read = Tree.shop().with(CONFIG, content).read();
    assertThat(Tree.lines(Tree.mesh(read, "shop").problems()))
        .anySatisfy(line -> assertThat(line).contains(said))
        .allSatisfy(line -> assertThat(line).startsWith(CONFIG + ":" + place));
  }

  @Test
  void settingsThatCannotBeReadDenyToo() {
    Declarations read = Tree.shop().with(CONFIG, "enforce: new").unreadable(CONFIG).read();
    assertThat(Tree.mesh(read, "shop").problems()).hasSize(1);
  }

  @Test
  void theRegoOfARepositoryIsReadAtAnyDepthWithoutItsTests() {
    Declarations read =
        Tree.shop()
            .with("policies/own.rego", "package org.own")
            .with("policies/own_test.rego", "package org.own_test")
            .with("policies/deep/down/other.rego", "package org.other")
            .with("policies/notes.md", "nothing")
            .read();
    assertThat(read.governance().policies().files())
        .containsOnlyKeys("policies/own.rego", "policies/deep/down/other.rego");
    assertThat(Tree.mesh(read, "shop").governance().policies().revision()).hasSize(64);
    assertThat(Tree.mesh(read, "shop").problems()).isEmpty();
    assertThat(Tree.shop().read().governance().policies().isEmpty()).isTrue();
  }

  @Test
  void theRevisionOfRulesFollowsPathsAndContents() {
    assertThat(revision("policies/a.rego", "package a"))
        .isEqualTo(revision("policies/a.rego", "package a"))
        .isNotEqualTo(revision("policies/b.rego", "package a"))
        .isNotEqualTo(revision("policies/a.rego", "package b"));
  }

  private static String revision(String path, String content) {
    return Tree.shop().with(path, content).read().governance().policies().revision();
  }

  @Test
  void rulesThatCannotBeReadAreToldAndNotHalfUsed() {
    PolicyFiles unreadable =
        Tree.shop()
            .with("policies/a.rego", "package a")
            .with("policies/b.rego", "package b")
            .unreadable("policies/b.rego")
            .read()
            .governance()
            .policies();
    assertThat(unreadable.files()).isEmpty();
    assertThat(Tree.lines(unreadable.problems()))
        .singleElement()
        .asString()
        .contains("policies/b.rego:1:1", "D004");
  }

  @Test
  void rulesAreBoundedInNumberAndBytes() {
    String large = "# " + "x".repeat(PolicyFilesReader.MAX_FILE_BYTES);
    assertThat(
            Tree.lines(
                Tree.shop()
                    .with("policies/a.rego", large)
                    .read()
                    .governance()
                    .policies()
                    .problems()))
        .singleElement()
        .asString()
        .contains("policies/a.rego", "D002", "262,144");
    Tree many = Tree.shop();
    for (int i = 0; i <= PolicyFilesReader.MAX_FILES; i++) {
      many.with("policies/r%03d.rego".formatted(i), "package r%03d".formatted(i));
    }
    assertThat(Tree.lines(many.read().governance().policies().problems()))
        .singleElement()
        .asString()
        .contains("policies/r200.rego", "D002", "201 files");
  }
}
