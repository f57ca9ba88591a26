package io.meshkeel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebtTrendTest {
  private static final MeshName SHOP = new MeshName("shop");

  @TempDir private Path directory = Path.of("");

  private static Revision revision(int n) {
    return new Revision("%016x".formatted(n) + "0".repeat(24));
  }

  private static Verdict verdict(Verdict.Outcome outcome, int errors, int warnings) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < errors; i++) {
      findings.add(finding(Severity.ERROR));
    }
    for (int i = 0; i < warnings; i++) {
      findings.add(finding(Severity.WARN));
    }
    findings.add(finding(Severity.WARN).with(Standing.waived("w")));
    return new Verdict(SHOP, Optional.empty(), outcome, findings, "p", Optional.empty());
  }

  private static Finding finding(Severity severity) {
    return new Finding("M101", severity, "m", SHOP, null, JsonPath.ROOT, null, "");
  }

  private Reporter reporter(RunStore store) {
    return Reporter.start(
        store,
        new FakeForge(),
        URI.create("http://meshkeel.example"),
        new EngineMetrics(new SimpleMeterRegistry()),
        InstantSource.system(),
        StatusReconciler.Pauses.defaults(() -> 0));
  }

  private static void judged(Reporter reporter, int n, long pull, Verdict verdict) {
    reporter.judged(revision(n), pull, List.of(verdict), List.of(), Map.of());
  }

  private static List<String> trend(RunStore store, int n) {
    return store.get(revision(n)).orElseThrow().meshes().getFirst().trend().stream()
        .map(
            point -> Integer.parseInt(point.revision().substring(0, 16), 16) + ": " + point.total())
        .toList();
  }

  @Test
  void acceptedCommitsOfTheBranchMakeATrendThatARestartGoesOnWith() throws Exception {
    try (RunStore store = RunStore.open(directory, 50);
        Reporter reporter = reporter(store)) {
      judged(reporter, 1, 0, verdict(Verdict.Outcome.ACCEPTED, 2, 3));
      judged(reporter, 2, 0, verdict(Verdict.Outcome.DENIED, 9, 9));
      judged(reporter, 3, 7, verdict(Verdict.Outcome.ACCEPTED, 0, 0));
      judged(reporter, 4, 0, verdict(Verdict.Outcome.ACCEPTED, 1, 3));
      assertThat(trend(store, 4)).containsExactly("1: 5", "4: 4");
      assertThat(trend(store, 2)).isEmpty();
      assertThat(trend(store, 3)).isEmpty();
    }
    try (RunStore store = RunStore.open(directory, 50);
        Reporter reporter = reporter(store)) {
      judged(reporter, 4, 0, verdict(Verdict.Outcome.ACCEPTED, 1, 3));
      for (int n = 5; n < 40; n++) {
        judged(reporter, n, 0, verdict(Verdict.Outcome.ACCEPTED, 0, n));
      }
      assertThat(trend(store, 5)).containsExactly("1: 5", "4: 4", "5: 5");
      assertThat(trend(store, 39)).hasSize(MeshRun.MOST_TREND).endsWith("38: 38", "39: 39");
    }
  }

  @Test
  void theMetricsTellWhatIsLeftBySeverity() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    EngineMetrics metrics = new EngineMetrics(registry);
    metrics.debt(verdict(Verdict.Outcome.ACCEPTED, 2, 3));
    metrics.debt(verdict(Verdict.Outcome.DENIED, 9, 9));
    assertThat(
            registry.get("meshkeel.debt").tags("mesh", "shop", "severity", "error").gauge().value())
        .isEqualTo(2);
    assertThat(
            registry.get("meshkeel.debt").tags("mesh", "shop", "severity", "warn").gauge().value())
        .isEqualTo(3);
  }
}
