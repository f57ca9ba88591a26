package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.declaration.InventoryFolder;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** No rule is silent about the example and its snapshot because it saw nothing. */
final class ExampleCountsIT {
  private static final Path REPOSITORY = Path.of("..", "repo-layout-example");
  private static final Path CLUSTERS = Path.of("..", "repo-layout-example-snapshot");
  private static final Map<MeshDeclarations, List<RuleCount>> COUNTS = new HashMap<>();
  private static final List<Verdict> VERDICTS = new ArrayList<>();
  private static RuleBook book = new RuleBook(new TreeMap<>());

  @BeforeAll
  static void judge() throws Exception {
    Snapshot snapshot = DirectorySnapshot.of(REPOSITORY);
    InventoryReading reading = InventoryFolder.read(CLUSTERS);
    assertThat(reading.problems()).isEmpty();
    Evidence evidence =
        new Evidence(reading.inventory(), reading.traffic(), reading.index().isPresent());
    JudgeOptions options = JudgeOptions.of(SharedServers.opaBinary());
    try (TestingOpa opa = TestingOpa.start(options);
        Judge judge = Judge.start(options)) {
      book = opa.gateway().session().book();
      for (MeshDeclarations mesh : new DeclarationReader().read(snapshot).meshes().values()) {
        Verdict verdict = judge.judge(mesh, snapshot, Before.NOTHING, evidence);
        VERDICTS.add(verdict);
        COUNTS.put(mesh, judge.counts(mesh, snapshot, evidence, verdict));
      }
    }
  }

  @AfterAll
  static void forget() {
    COUNTS.clear();
    VERDICTS.clear();
  }

  @Test
  void theExampleHasNoFindingsWithWhatItsClustersHold() {
    assertThat(VERDICTS)
        .hasSize(2)
        .allSatisfy(verdict -> {
          assertThat(verdict.failure()).isEmpty();
          // The one that the example accepts by a waiver, which ends some day.
          assertThat(verdict.findings())
              .filteredOn(finding -> !finding.ruleId().equals("M901"))
              .isEmpty();
          // A snapshot holds definitions without their schemas, this one no traffic; rules of the
          // example's own have no revision to compare with.
          assertThat(verdict.notJudged())
              .filteredOn(
                  skipped -> book.rules().containsKey(skipped.rule().toLowerCase(Locale.ROOT)))
              .filteredOn(skipped -> !skipped.reason().startsWith("only kind and version"))
              .filteredOn(skipped -> !skipped.reason().startsWith("no traffic was observed"))
              .isEmpty();
        });
  }

  @Test
  void everyRuleIsCounted() {
    List<String> all = book.rules().values().stream().map(Rule::id).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(64);
    assertThat(COUNTS.values())
        .allSatisfy(counts ->
            assertThat(counts).extracting(RuleCount::rule).containsExactlyElementsOf(all));
  }

  /** What is said to be missing is looked for in the files themselves. */
  @Test
  void aRuleThatSawNothingSaysWhyAndIsRight() throws IOException {
    for (var entry : COUNTS.entrySet()) {
      MeshDeclarations mesh = entry.getKey();
      Set<String> declared = kinds(REPOSITORY.resolve("meshes/" + mesh.mesh().name()));
      for (RuleCount count : entry.getValue()) {
        if (count.judged() > 0) {
          assertThat(count.nothing()).as(count.rule()).isEmpty();
          continue;
        }
        Rule rule = Objects.requireNonNull(book.rules().get(count.rule().toLowerCase(Locale.ROOT)));
        Set<String> wanted = new HashSet<>();
        rule.kinds().forEach(kind -> wanted.add(kind.toString()));
        if (count.nothing().equals(RuleCounts.OFF)) {
          assertThat(rule.enabled()).as(count.rule()).isFalse();
        } else if (count.nothing().startsWith("no data plane cluster")) {
          assertThat(held(mesh, MeshCluster.Role.DATA_PLANE)).doesNotContainAnyElementsOf(wanted);
        } else if (count.nothing().startsWith("no two control plane clusters")) {
          assertThat(mesh.clusters())
              .filteredOn(cluster -> cluster.role() == MeshCluster.Role.CONTROL_PLANE)
              .hasSize(1);
        } else {
          assertThat(count.nothing()).as(count.rule()).startsWith("there is none of");
          assertThat(declared).as(count.rule()).doesNotContainAnyElementsOf(wanted);
        }
      }
    }
  }

  @Test
  void betweenThemTheMeshesGiveEveryRuleSomethingToLookAt() {
    Set<String> idle = new HashSet<>();
    book.rules().values().forEach(rule -> idle.add(rule.id()));
    COUNTS.values().stream()
        .flatMap(List::stream)
        .filter(count -> count.judged() > 0)
        .forEach(count -> idle.remove(count.rule()));
    // Two are off, and any object that M1004 could look at would be a finding.
    assertThat(idle).containsExactlyInAnyOrder("M112", "M403", "M1004");
  }

  private static Set<String> held(MeshDeclarations mesh, MeshCluster.Role role) throws IOException {
    Set<String> kinds = new HashSet<>();
    for (MeshCluster cluster : mesh.clusters()) {
      if (cluster.role() == role) {
        kinds.addAll(kinds(CLUSTERS.resolve(cluster.name().value())));
      }
    }
    return kinds;
  }

  private static Set<String> kinds(Path folder) throws IOException {
    Set<String> kinds = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          for (Object document : new Yaml().loadAll(in)) {
            Map<?, ?> object = (Map<?, ?>) document;
            String version = String.valueOf(object.get("apiVersion"));
            int slash = version.indexOf('/');
            kinds.add(object.get("kind") + (slash < 0 ? "" : "." + version.substring(0, slash)));
          }
        }
      }
    }
    return kinds;
  }
}
