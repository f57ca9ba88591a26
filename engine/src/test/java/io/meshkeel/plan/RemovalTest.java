package io.meshkeel.plan;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.gateway;
import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.mesh;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.rule;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private static final ResourceKey A = key("VirtualService", "a");
  private static final ResourceKey PARENT = ApplySet.of(Declared.MESH).parent();

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final FakeCluster cluster = new FakeCluster();
  private final DesiredState gone = state(mesh(SPEC, Map.of()), List.of());

  private LiveSnapshot live() {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private static Mesh.Spec deleting() {
    return new Mesh.Spec(
        SPEC.istioVersion(),
        SPEC.topology(),
        SPEC.revision(),
        SPEC.rootNamespace(),
        SPEC.clusterDomain(),
        SPEC.trustDomain(),
        SPEC.drift(),
        SPEC.conflicts(),
        Mesh.OnRemoval.DELETE,
        SPEC.prune(),
        SPEC.adopt(),
        SPEC.suspend());
  }

  private ApplyResult apply(Plan plan) {
    cluster.forgetWrites();
    return new Applier(4).apply(plan, cluster, live(), Optional.empty(), () -> false);
  }

  private void applied(Mesh.Spec spec, List<Manifest> manifests) {
    assertThat(apply(Planner.plan(state(mesh(spec, Map.of()), manifests), live())).complete())
        .isTrue();
  }

  @Test
  void deletionsGoAgainstTheReferencesAndTheParentLast() {
    applied(deleting(), List.of(gateway("g"), rule("d", "b"), route("a", "b", "g")));
    assertThat(apply(Removal.plan(gone, live(), NOW)).complete()).isTrue();
    assertThat(cluster.writes()).first().isEqualTo("delete " + A);
    assertThat(cluster.writes()).last().isEqualTo("delete " + PARENT);
    assertThat(live().inventory(ApplySet.of(Declared.MESH).id())).isEmpty();
  }

  @Test
  void theBudgetOfPruningDoesNotCount() {
    List<Manifest> many = new ArrayList<>();
    IntStream.range(0, 200).forEach(i -> many.add(route("r" + i, "h" + i)));
    applied(deleting(), many);
    Plan plan = Removal.plan(gone, live(), NOW);
    assertThat(plan.of(Change.Delete.class)).hasSize(200);
    assertThat(plan.skipped()).isEmpty();
  }

  @Test
  void aReleaseTakesNothingButWhatTellsOfUs() {
    applied(SPEC, List.of(route("a", "b")));
    cluster.handEdit(A, "kubectl-label", JsonPath.of("metadata", "labels", "team"), "x");
    Map<String, Object> spec = live().get(A).orElseThrow().spec();
    assertThat(apply(Removal.plan(gone, live(), NOW)).complete()).isTrue();
    assertThat(cluster.writes()).containsExactly("release " + A, "delete " + PARENT);
    assertThat(live().get(A).orElseThrow().spec()).isEqualTo(spec);
    assertThat(live().get(A).orElseThrow().labels()).containsOnlyKeys("team");
    assertThat(live().get(A).orElseThrow().owners())
        .extracting(owner -> owner.manager())
        .containsExactly("kubectl-label");
  }

  @Test
  void whatDoesNotGoKeepsTheParent() {
    applied(deleting(), List.of(route("a", "b"), route("c", "d")));
    cluster.fail((verb, what) ->
        what.equals(A)
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_FORBIDDEN, "no", false))
            : Optional.empty());
    assertThat(apply(Removal.plan(gone, live(), NOW)).complete()).isFalse();
    assertThat(cluster.contents()).containsKeys(A, PARENT);
    assertThat(cluster.contents()).doesNotContainKey(key("VirtualService", "c"));
  }

  @Test
  void aCopyWithOurLabelsThatWeNeverWroteIsNotDeleted() {
    applied(deleting(), List.of(route("a", "b")));
    Map<String, Object> content = new HashMap<>(route("copy", "b").content());
    content.put(
        "metadata",
        Map.of(
            "name",
            "copy",
            "namespace",
            "shop",
            "labels",
            Map.of(Labels.PART_OF, ApplySet.of(Declared.MESH).id())));
    cluster.handCreate(Manifest.of(content), "kubectl-create");
    assertThat(apply(Removal.plan(gone, live(), NOW)).complete()).isTrue();
    assertThat(cluster.contents()).containsKey(key("VirtualService", "copy"));
    assertThat(live().get(key("VirtualService", "copy")).orElseThrow().labels()).isEmpty();
  }

  @Test
  void withoutAParentNothingIsDone() {
    Plan plan = Removal.plan(gone, live(), NOW);
    assertThat(plan.writes()).isFalse();
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void aTextOfThePlanNamesWhatIsReleased() {
    applied(SPEC, List.of(route("a", "b")));
    Plan plan = Removal.plan(gone, live(), NOW);
    assertThat(PlanText.of(plan)).contains("1 to release", "^ " + A);
    assertThat(PlanJson.of(plan).toString()).contains("action=release");
  }
}
