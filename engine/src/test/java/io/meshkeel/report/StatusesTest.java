package io.meshkeel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {
  private static final Revision OLD = new Revision("a".repeat(40));
  private static final Revision NEW = new Revision("b".repeat(40));
  private static final String SYNC = "meshkeel/sync/shop";

  private final Statuses statuses = new Statuses(URI.create("https://mesh.example/base"), 140);
  private final Map<String, Run> runs = new HashMap<>();

  private static MeshRun mesh(Verdict.Outcome outcome, Finding... findings) {
    return MeshRun.of(
        new Verdict(
            new MeshName("shop"),
            Optional.empty(),
            outcome,
            List.of(findings),
            "p",
            outcome == Verdict.Outcome.ERROR ? Optional.of("OPA is away") : Optional.empty()),
        OLD.sha());
  }

  private static Finding finding(Severity severity, int line, String message) {
    return new Finding(
        "M101",
        severity,
        message,
        new MeshName("shop"),
        new ResourceKey("g", "VirtualService", "ns", "reviews"),
        JsonPath.ROOT,
        new SourcePosition("meshes/shop/a.yaml", line, 3),
        "Fix it");
  }

  private static ClusterRun inSync(String name) {
    return new ClusterRun(name, ClusterRun.State.IN_SYNC, "", "", false, 5, List.of(), 0);
  }

  private static Run run(Revision revision, MeshRun... meshes) {
    return Run.start(revision, 0, 1).judged(2, "", List.of(), List.of(meshes));
  }

  private Map<String, String> shown(Run run) {
    return shown(statuses, run);
  }

  private Map<String, String> shown(Statuses with, Run run) {
    Map<String, String> shown = new HashMap<>();
    with.of(run, sha -> Optional.ofNullable(runs.get(sha)))
        .forEach(s -> shown.put(s.context(), s.state().word() + ": " + s.description()));
    return shown;
  }

  @Test
  void anAcceptedRevisionNamesMeshesAndCounts() {
    Run run =
        run(
            NEW,
            mesh(
                Verdict.Outcome.ACCEPTED,
                finding(Severity.WARN, 1, "a"),
                finding(Severity.WARN, 2, "b"),
                finding(Severity.INFO, 3, "c")));
    assertThat(shown(run))
        .containsEntry("meshkeel/policy", "success: 1 mesh accepted; 2 warnings, 1 info");
  }

  @Test
  void aDenialTellsCountsAndTheWorstFindingWithItsPlace() {
    Run run =
        run(
            NEW,
            mesh(
                Verdict.Outcome.DENIED,
                finding(Severity.ERROR, 12, "the weights add up to 90"),
                finding(Severity.WARN, 2, "b")));
    assertThat(shown(run))
        .containsEntry(
            "meshkeel/policy",
            "failure: 1 error, 1 warning: meshes/shop/a.yaml:12: VirtualService ns/reviews: the"
                + " weights add up to 90 [M101]")
        .containsEntry(SYNC, "failure: not applied: denied by policy; aaaaaaaa stays applied")
        .doesNotContainKey(SYNC + "/east");
  }

  @Test
  void whatCouldNotBeToldIsAnErrorAndNeverAPass() {
    assertThat(shown(run(NEW, mesh(Verdict.Outcome.ERROR))))
        .containsEntry("meshkeel/policy", "error: shop: OPA is away")
        .containsEntry(
            SYNC, "error: not applied: policy could not be asked; aaaaaaaa stays applied");
    assertThat(shown(Run.start(NEW, 0, 1).judged(2, "too large", List.of(), List.of())))
        .containsEntry("meshkeel/policy", "error: too large");
  }

  @Test
  void aProblemOutsideAnyMeshDenies() {
    Run run =
        Run.start(NEW, 0, 1)
            .judged(
                2,
                "",
                List.of(finding(Severity.ERROR, 1, "outside")),
                List.of(mesh(Verdict.Outcome.ACCEPTED)));
    assertThat(shown(run).get("meshkeel/policy")).startsWith("failure: 1 error");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 140, 255, 1000})
  void everyTextFitsAndTellsLessInsteadOfBeingCut(int limit) {
    Statuses narrow = new Statuses(URI.create("https://mesh.example"), limit);
    MeshRun failing =
        mesh(Verdict.Outcome.ACCEPTED)
            .with(ClusterRun.failed("east-with-a-long-name", "apply_refused", "word ".repeat(300)))
            .with(inSync("west"))
            .with(
                new DriftRun(
                    "east-with-a-long-name",
                    3,
                    List.of("VirtualService a/b: " + "x".repeat(400)),
                    ""));
    Run failed = run(NEW, failing);
    Run denied =
        run(
            NEW,
            mesh(Verdict.Outcome.DENIED, finding(Severity.ERROR, 1, "long words ".repeat(100))));
    for (Run run : List.of(failed, denied)) {
      for (CommitStatus status : narrow.of(run, sha -> Optional.empty())) {
        assertThat(status.description().length()).as(status.context()).isLessThanOrEqualTo(limit);
        assertThat(status.description()).isNotBlank();
      }
    }
  }

  @Test
  void syncCountsClustersAndNamesWhatIsWaitedFor() {
    MeshRun mesh = mesh(Verdict.Outcome.ACCEPTED).with(inSync("a")).with(ClusterRun.pending("b"));
    assertThat(shown(run(NEW, mesh)))
        .containsEntry(SYNC, "pending: 1/2 clusters in sync; waiting for b")
        .containsEntry(SYNC + "/a", "success: in sync")
        .containsEntry(SYNC + "/b", "pending: applying");
    assertThat(shown(run(NEW, mesh.with(inSync("b")))))
        .containsEntry(SYNC, "success: 2/2 clusters in sync");
    assertThat(shown(run(NEW, mesh.with(ClusterRun.failed("b", "apply_conflict", "who: spec.x")))))
        .containsEntry(SYNC, "failure: 1/2 clusters in sync; b: apply_conflict: who: spec.x")
        .containsEntry(SYNC + "/b", "failure: apply_conflict: who: spec.x");
    assertThat(shown(run(NEW, mesh.with(ClusterRun.suspended("b")))))
        .containsEntry(SYNC, "success: 1/1 cluster in sync, 1 suspended");
  }

  @Test
  void aMeshOfManyClustersShowsOnlyThoseThatFailedAtAnyTime() {
    MeshRun twenty = mesh(Verdict.Outcome.ACCEPTED);
    for (int i = 0; i < Statuses.MAX_CLUSTERS; i++) {
      twenty = twenty.with(inSync("c" + i));
    }
    assertThat(shown(run(NEW, twenty))).hasSize(2 + Statuses.MAX_CLUSTERS);
    MeshRun more = twenty.with(ClusterRun.failed("last", "apply_failed", "x"));
    assertThat(shown(run(NEW, more)))
        .hasSize(3)
        .containsEntry(SYNC + "/last", "failure: apply_failed: x");
    assertThat(shown(run(NEW, more.with(inSync("last")))))
        .hasSize(3)
        .containsEntry(SYNC + "/last", "success: in sync");
  }

  @Test
  void aSupersededRevisionTakesTheResultOfTheNewerOne() {
    Run old =
        run(
            OLD,
            mesh(Verdict.Outcome.ACCEPTED).with(ClusterRun.pending("a")).supersededBy(NEW.sha()));
    runs.put(NEW.sha(), run(NEW, mesh(Verdict.Outcome.ACCEPTED).with(ClusterRun.pending("a"))));
    assertThat(shown(old))
        .containsEntry(SYNC, "pending: superseded by bbbbbbbb, 0/1 cluster in sync; waiting for a");
    runs.put(NEW.sha(), run(NEW, mesh(Verdict.Outcome.ACCEPTED).with(inSync("a"))));
    assertThat(shown(old))
        .containsEntry(SYNC, "success: superseded by bbbbbbbb, in sync")
        .containsEntry(SYNC + "/a", "success: superseded by bbbbbbbb, in sync");
  }

  @Test
  void aRevisionThatAllClustersHadKeepsItsOwnResult() {
    runs.put(
        NEW.sha(),
        run(NEW, mesh(Verdict.Outcome.ACCEPTED).with(ClusterRun.failed("a", "apply_failed", "x"))));
    Run old = run(OLD, mesh(Verdict.Outcome.ACCEPTED).with(inSync("a")).supersededBy(NEW.sha()));
    assertThat(shown(old)).containsEntry(SYNC, "success: 1/1 cluster in sync");
  }

  @Test
  void driftNamesClusterObjectAndHandAndCountsTheRest() {
    MeshRun mesh = mesh(Verdict.Outcome.ACCEPTED).with(inSync("a")).with(DriftRun.none("a"));
    assertThat(shown(run(NEW, mesh))).containsEntry("meshkeel/drift/shop", "success: in sync");
    MeshRun drifted =
        mesh.with(new DriftRun("b", 2, List.of("VirtualService x/y: spec.z, by kubectl"), ""));
    assertThat(shown(run(NEW, drifted)))
        .containsEntry(
            "meshkeel/drift/shop", "failure: b: VirtualService x/y: spec.z, by kubectl (1 more)");
    assertThat(shown(run(NEW, mesh.with(DriftRun.unknown("b", "cluster_unreachable: gone")))))
        .containsEntry("meshkeel/drift/shop", "error: can't be told: b: cluster_unreachable: gone");
  }

  @Test
  void aPullRequestGetsPolicyOnly() {
    Run run =
        Run.start(NEW, 7, 1).judged(2, "", List.of(), List.of(mesh(Verdict.Outcome.ACCEPTED)));
    assertThat(shown(run)).containsOnlyKeys("meshkeel/policy");
  }

  @Test
  void linksLeadToThePageOfTheRevision() {
    assertThat(statuses.page(NEW).toString())
        .isEqualTo("https://mesh.example/base/runs/bbbbbbbbbbbbbbbb");
  }

  @Test
  void textsHaveNoLineEndsOrControlCharacters() {
    MeshRun mesh =
        mesh(Verdict.Outcome.ACCEPTED)
            .with(ClusterRun.failed("a", "apply_failed", "one\ntwo\u001b[31m\u2028three"));
    List<CommitStatus> all = new ArrayList<>(statuses.of(run(NEW, mesh), s -> Optional.empty()));
    assertThat(all)
        .allSatisfy(s ->
            assertThat(s.description().codePoints().noneMatch(Character::isISOControl)).isTrue());
  }

  private static MeshRun indebted(Map<Severity, Integer> now, Map<Severity, Integer> before) {
    List<Finding> findings = new ArrayList<>();
    now.forEach((severity, count) -> {
      for (int i = 0; i < count; i++) {
        findings.add(finding(severity, i + 1, "old").with(Standing.KNOWN));
      }
    });
    findings.add(finding(Severity.WARN, 99, "new"));
    return MeshRun.of(
        new Verdict(
            new MeshName("shop"),
            Optional.empty(),
            Verdict.Outcome.ACCEPTED,
            findings,
            "p",
            Optional.empty(),
            List.of(),
            Optional.of(new Debt(now, before))),
        OLD.sha());
  }

  @Test
  void debtIsToldWithWhatBecameOfIt() {
    MeshRun less =
        indebted(Map.of(Severity.ERROR, 2, Severity.WARN, 10), Map.of(Severity.WARN, 14));
    assertThat(shown(run(NEW, less)))
        .containsEntry(Statuses.POLICY, "success: 1 mesh accepted; 1 warning; debt 12 (-2)");
    MeshRun same = indebted(Map.of(Severity.WARN, 3), Map.of(Severity.WARN, 3));
    assertThat(shown(run(NEW, less, same)))
        .containsEntry(Statuses.POLICY, "success: 2 meshes accepted; 2 warnings; debt 15 (-2)");
    assertThat(shown(run(NEW, indebted(Map.of(), Map.of()))))
        .containsEntry(Statuses.POLICY, "success: 1 mesh accepted; 1 warning");
  }

  @Test
  void aRevisionComparedWithItselfKeepsWhatWasToldOfIt() {
    MeshRun told = indebted(Map.of(Severity.WARN, 2), Map.of(Severity.WARN, 3));
    MeshRun again = indebted(Map.of(Severity.WARN, 2), Map.of(Severity.WARN, 2));
    Run run = run(NEW, told).judged(3, "", List.of(), List.of(again));
    assertThat(run.meshes().getFirst().debt()).isEqualTo(told.debt());
  }
}
