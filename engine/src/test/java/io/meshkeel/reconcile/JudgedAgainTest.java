package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.report.PullRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was judged is judged again when what the verdict came from is another thing. */
class JudgedAgainTest {
  private static final String POLICY = EngineRig.CONTEXT_POLICY;
  private static final String SYNC = "meshkeel/sync/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private final PodJudge judge = new PodJudge();
  private EngineRig rig;

  /** Denies what is bound by a word in a rule, and what declares a name that no pod has. */
  private static final class PodJudge extends FindingJudge {
    final List<Revision> judged = new CopyOnWriteArrayList<>();

    @Override
    List<Finding> find(MeshDeclarations mesh, Snapshot snapshot, Evidence evidence) {
      snapshot.revision().ifPresent(judged::add);
      boolean forbidden =
          mesh.governance().policies().files().values().stream().anyMatch(r -> r.contains("no!"));
      return mesh.objects().stream()
          .filter(object -> forbidden || lacksPods(object.manifest(), evidence))
          .map(object ->
              new Finding(
                  "T001",
                  Severity.ERROR,
                  forbidden ? "it is forbidden" : "it has no pod",
                  mesh.mesh().name(),
                  object.manifest().key(),
                  JsonPath.ROOT,
                  new SourcePosition("a.yaml", 1, 1),
                  "Wait"))
          .toList();
    }

    private static boolean lacksPods(Manifest object, Evidence evidence) {
      return object.key().name().startsWith("with-pods")
          && evidence.inventory().clusters().values().stream()
              .filter(cluster -> cluster.known().contains(ObservedKinds.POD))
              .map((ClusterInventory cluster) -> cluster.of(ObservedKinds.POD))
              .anyMatch(List::isEmpty);
    }
  }

  @BeforeEach
  void rig() throws Exception {
    rig = new EngineRig(directory).judgedBy(judge).cluster("east", east);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static Manifest pod(String name) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            Map.of("namespace", "shop-ns", "name", name)));
  }

  private List<Finding> problems(Revision revision) {
    return rig.store().get(revision).orElseThrow().problems();
  }

  private Revision propose(long number, Map<String, String> files) throws Exception {
    Revision head = rig.origin.commit("refs/pull/" + number + "/head", "refs/heads/main", files);
    rig.forge.open(new PullRequest(number, head, "main", false));
    return head;
  }

  @Test
  void whatIsDeniedForWantOfPodsTurnsGoodWhenTheyCome() throws Exception {
    Revision first =
        rig.push(files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    Revision second = rig.push(service("shop", "shop-ns", "with-pods", "1s"));
    Revision proposed = propose(7, service("shop", "shop-ns", "with-pods-too", "1s"));
    rig.reconciler().accept(new RepositoryEvent.PullRequestChanged(7));
    rig.awaitShown(second, POLICY, "failure: 1 error");
    rig.awaitShown(second, SYNC, "failure: not applied: denied by policy");
    rig.awaitShown(proposed, POLICY, "failure: 2 errors");

    east.put(pod("a"));

    rig.awaitShown(second, POLICY, "success");
    rig.awaitShown(second, SYNC, "success: 1/1 cluster in sync");
    rig.awaitShown(proposed, POLICY, "success");
  }

  @Test
  void whatIsAcceptedIsNotJudgedAgainForItsStatus() throws Exception {
    east.put(pod("a"));
    Revision first =
        rig.push(
            files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "with-pods", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");

    east.take(pod("a").key());

    await()
        .untilAsserted(() ->
            assertThat(
                    rig.store()
                        .get(first)
                        .orElseThrow()
                        .mesh("shop")
                        .orElseThrow()
                        .audit()
                        .appeared())
                .hasSize(1));
    assertThat(rig.forge.shown(first, POLICY)).startsWith("success");
    assertThat(rig.forge.shown(first, SYNC)).startsWith("success");
  }

  @Test
  void otherRulesOfTheBranchBindOpenPullRequestsTheNewestFirst() throws Exception {
    Revision first =
        rig.push(files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "cart", "1s")));
    Revision older = propose(1, service("shop", "shop-ns", "cart", "2s"));
    Revision newer = propose(2, service("shop", "shop-ns", "cart", "3s"));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    rig.awaitShown(older, POLICY, "success");
    rig.awaitShown(newer, POLICY, "success");
    rig.push(Map.of("README.md", "nothing that binds"));
    judge.judged.clear();

    rig.push(Map.of("policies/a.rego", "# no!\n"));

    rig.awaitShown(newer, POLICY, "failure: ");
    rig.awaitShown(older, POLICY, "failure: ");
    assertThat(judge.judged.stream().filter(Set.of(newer, older)::contains))
        .containsExactly(newer, older);
    assertThat(problems(newer)).as("it changes no rule").isEmpty();
    Revision changing = propose(3, Map.of("policies/b.rego", "# other\n"));
    rig.reconciler().accept(new RepositoryEvent.PullRequestChanged(3));
    rig.awaitShown(changing, POLICY, "failure: ");
    assertThat(problems(changing))
        .singleElement()
        .satisfies(note -> assertThat(note.message()).startsWith("by the rules and settings of"));

    rig.push(Map.of("policies/a.rego", ""));

    rig.awaitShown(newer, POLICY, "success");
    rig.awaitShown(older, POLICY, "success");
  }
}
