package io.meshkeel.apply;

import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Between the plan and the write, someone else creates the object. */
class AdoptionRaceTest {
  private static final ResourceKey A = key("VirtualService", "a");

  private final FakeCluster cluster = new FakeCluster();
  private final DesiredState desired = state(route("a", "a"));

  private LiveSnapshot live() {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private Outcome apply(Plan plan) {
    ApplyResult result = new Applier(4).apply(plan, cluster, live(), Optional.empty(), () -> false);
    return Optional.ofNullable(result.outcomes().get(A)).orElseThrow();
  }

  /** What is declared, as a person would write it. */
  private Manifest foreign(Map<String, Object> more) {
    Map<String, Object> spec = new HashMap<>(desired.get(A).orElseThrow().manifest().spec());
    spec.putAll(more);
    return Manifest.of(
        Map.of(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "VirtualService",
            "metadata",
            Map.of("name", "a", "namespace", "shop", "labels", Map.of("team", "x")),
            "spec",
            spec));
  }

  @Test
  void anObjectThatSomeoneCreatedMeanwhileIsWhatItWas() {
    Plan plan = Planner.plan(desired, live());
    cluster.handCreate(foreign(Map.of("exportTo", List.of("."))), "kubectl-create");
    Map<String, Object> before = live().get(A).orElseThrow().spec();
    Outcome.Failed failed = (Outcome.Failed) apply(plan);
    assertThat(failed.reason()).isEqualTo(FailureReason.ADOPTION_REFUSED);
    assertThat(failed.message()).contains("VirtualService shop/a", "kubectl-create");
    assertThat(live().get(A).orElseThrow().spec()).isEqualTo(before);
    assertThat(live().get(A).orElseThrow().labels()).containsOnlyKeys("team");
    assertThat(live().get(A).orElseThrow().owners())
        .extracting(owner -> owner.manager())
        .containsExactly("kubectl-create");
    assertThat(Planner.plan(desired, live()).skipped())
        .extracting(Change.Skipped::reason)
        .containsExactly(FailureReason.ADOPTION_REFUSED);
  }

  @Test
  void anObjectOfOursThatTheViewDidNotShowYetStaysOurs() {
    Plan plan = Planner.plan(desired, live());
    assertThat(apply(plan)).isInstanceOf(Outcome.Applied.class);
    cluster.handEdit(A, "kubectl-label", JsonPath.of("metadata", "labels", "team"), "x");
    assertThat(apply(plan)).isInstanceOf(Outcome.Applied.class);
    assertThat(live().get(A).orElseThrow().label(Labels.MANAGED_BY)).isEqualTo(Labels.MANAGER);
  }

  @Test
  void anObjectThatTookTheNameOfOursIsLeftAlone() {
    apply(Planner.plan(desired, live()));
    Plan update = Planner.plan(state(route("a", "new")), live());
    cluster.handDelete(A);
    cluster.handCreate(foreign(Map.of()), "kubectl-create");
    Outcome.Failed failed = (Outcome.Failed) apply(update);
    assertThat(failed.reason()).isEqualTo(FailureReason.APPLY_CONFLICT);
    assertThat(failed.retryable()).isTrue();
    assertThat(live().get(A).orElseThrow().labels()).containsOnlyKeys("team");
  }

  @Test
  void anObjectThatIsGoneIsNotCreatedByAnUpdate() {
    apply(Planner.plan(desired, live()));
    Plan update = Planner.plan(state(route("a", "new")), live());
    cluster.handDelete(A);
    assertThat(apply(update)).isInstanceOf(Outcome.Failed.class);
    assertThat(cluster.contents()).doesNotContainKey(A);
  }
}
