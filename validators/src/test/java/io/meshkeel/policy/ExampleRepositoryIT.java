package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example that people start from must not be told that it is wrong. */
final class ExampleRepositoryIT {
  private static Declarations read() throws Exception {
    return new DeclarationReader().read(snapshot());
  }

  private static Snapshot snapshot() throws Exception {
    return DirectorySnapshot.of(Path.of("..", "repo-layout-example"));
  }

  private static List<Finding> findings(Declarations declarations) throws Exception {
    assertThat(declarations.meshes()).isNotEmpty();
    List<Finding> findings = new ArrayList<>();
    try (Judge judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      for (MeshDeclarations mesh : declarations.meshes().values()) {
        assertThat(mesh.objects()).isNotEmpty();
        findings.addAll(judge.judge(mesh, snapshot()).findings());
      }
    }
    return findings;
  }

  /** Nothing of this depends on the day of the test: the days are told. */
  @Test
  void theExampleHasNoFindingsButAWarningThatIsWaived() throws Exception {
    Declarations declarations = read();
    List<Waiver> waivers = declarations.governance().waivers();
    assertThat(waivers).hasSize(1);
    List<Finding> findings = findings(declarations);
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.WARN);

    LocalDate last = waivers.getFirst().expires();
    Set<String> rules = Set.of(finding.ruleId());
    List<Finding> waived = List.of(finding.with(Standing.waived(waivers.getFirst().name())));
    LocalDate before = last.minusDays(90);
    assertThat(Waivers.of(finding, waivers, before)).contains(waivers.getFirst());
    assertThat(Waivers.notices(waivers, waived, true, rules, before)).isEmpty();

    // Somebody may check it out years later: it is shown again, and denies nothing.
    LocalDate after = last.plusYears(3);
    assertThat(Waivers.of(finding, waivers, after)).isEmpty();
    assertThat(Waivers.notices(waivers, findings, true, rules, after))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.ruleId()).isEqualTo("W001");
          assertThat(notice.severity()).isEqualTo(Severity.WARN);
        });
  }
}
