package io.meshkeel.apply;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.gateway;
import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.mesh;
import static io.meshkeel.desired.Declared.object;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.rule;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private static final ResourceKey A = key("VirtualService", "a");
  private static final ResourceKey PARENT = ApplySet.of(Declared.MESH).parent();
  private static final Revision ONE = new Revision("1".repeat(40));
  private static final Revision TWO = new Revision("2".repeat(40));

  private final FakeCluster cluster = new FakeCluster();

  private LiveSnapshot live() {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private Plan plan(DesiredState desired) {
    return Planner.plan(desired, live());
  }

  private ApplyResult apply(DesiredState desired, Revision revision) {
    return apply(desired, revision, () -> false);
  }

  private ApplyResult apply(DesiredState desired, Revision revision, BooleanSupplier stopped) {
    cluster.forgetWrites();
    return new Applier(8).apply(plan(desired), cluster, live(), Optional.of(revision), stopped);
  }

  private LiveObject parent() {
    return live().get(PARENT).orElseThrow();
  }

  @Test
  void aFirstApplyCreatesAllAndRecordsTheRevision() {
    ApplyResult result = apply(state(route("a", "a"), rule("d", "a")), ONE);
    assertThat(result.complete()).isTrue();
    assertThat(plan(state(route("a", "a"), rule("d", "a"))).isEmpty()).isTrue();
    assertThat(AppliedRevision.of(live(), ApplySet.of(Declared.MESH))).contains(ONE);
  }

  @Test
  void theParentFollowsTheApplySetSpecification() {
    apply(state(route("a", "a"), rule("d", "a")), ONE);
    assertThat(parent().label(Labels.APPLYSET_ID))
        .isEqualTo(live().get(A).orElseThrow().label(Labels.PART_OF))
        .isEqualTo(ApplySet.of(Declared.MESH).id());
    assertThat(parent().annotation(Labels.TOOLING)).matches("meshkeel/v\\d+(\\.\\d+)*");
    assertThat(parent().annotation(Labels.GROUP_KINDS))
        .isEqualTo("DestinationRule.networking.istio.io,VirtualService.networking.istio.io");
    assertThat(parent().annotation(Labels.NAMESPACES)).isEqualTo("shop");
    assertThat(parent().annotation(Labels.ON_REMOVAL)).isEqualTo("Release");
  }

  @Test
  void theParentWidensBeforeMembersAndNarrowsAfterThem() {
    apply(state(route("a", "a")), ONE);
    apply(state(route("a", "a"), rule("d", "a")), TWO);
    assertThat(cluster.writes())
        .containsExactly(
            "apply ConfigMap meshkeel-system/meshkeel-shop",
            "apply DestinationRule shop/d",
            "apply ConfigMap meshkeel-system/meshkeel-shop");
    apply(state(route("a", "a")), ONE);
    assertThat(cluster.writes())
        .containsExactly(
            "delete DestinationRule shop/d", "apply ConfigMap meshkeel-system/meshkeel-shop");
    assertThat(parent().annotation(Labels.GROUP_KINDS))
        .isEqualTo("VirtualService.networking.istio.io");
  }

  @Test
  void oneChangedObjectIsOneWriteAndOneOfTheParent() {
    apply(state(route("a", "a"), route("b", "b")), ONE);
    apply(state(route("a", "new"), route("b", "b")), TWO);
    assertThat(cluster.writes())
        .containsExactly(
            "apply VirtualService shop/a", "apply ConfigMap meshkeel-system/meshkeel-shop");
  }

  @Test
  void aCommitThatChangesNothingWritesNothing() {
    apply(state(route("a", "a")), ONE);
    assertThat(apply(state(route("a", "a")), TWO).complete()).isTrue();
    assertThat(cluster.writes()).isEmpty();
    assertThat(AppliedRevision.of(live(), ApplySet.of(Declared.MESH))).contains(ONE);
  }

  @Test
  void aForeignFieldIsTakenAwayByOnePatch() {
    apply(state(route("a", "a")), ONE);
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "exportTo"), List.of("."));
    assertThat(apply(state(route("a", "a")), ONE).complete()).isTrue();
    assertThat(cluster.writes()).containsExactly("patch VirtualService shop/a");
    assertThat(plan(state(route("a", "a"))).isEmpty()).isTrue();
  }

  @Test
  void aChangedAndAForeignFieldAreBothPutRight() {
    apply(state(route("a", "a")), ONE);
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "exportTo"), List.of("."));
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil"));
    assertThat(apply(state(route("a", "a")), ONE).complete()).isTrue();
    assertThat(cluster.writes())
        .containsExactly("apply VirtualService shop/a", "patch VirtualService shop/a");
    assertThat(plan(state(route("a", "a"))).isEmpty()).isTrue();
  }

  @Test
  void anAdoptedObjectLosesWhatIsNotDeclared() throws Exception {
    cluster.createNamespace("shop");
    cluster.handCreate(
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(),
            Map.of("hosts", List.of("old"), "exportTo", List.of("."))),
        "kubectl");
    Manifest declared =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.ADOPT, "true"),
            Map.of("hosts", List.of("a")));
    assertThat(apply(state(declared), ONE).complete()).isTrue();
    assertThat(live().get(A).orElseThrow().spec()).isEqualTo(declared.spec());
    assertThat(plan(state(declared)).isEmpty()).isTrue();
  }

  @Test
  void aFailureStopsOnlyWhatDependsOnIt() {
    cluster.fail((verb, what) ->
        verb.equals("apply") && what.equals(key("Gateway", "public"))
            ? Optional.of(FakeCluster.failure(FailureReason.APPLY_REFUSED, "no", false))
            : Optional.empty());
    ApplyResult result =
        apply(state(route("a", "a", "public"), route("b", "b"), gateway("public")), ONE);
    assertThat(result.outcomes().get(key("Gateway", "public")))
        .isEqualTo(new Outcome.Failed(FailureReason.APPLY_REFUSED, "no", false));
    assertThat(result.outcomes().get(A))
        .isEqualTo(new Outcome.NotDone("it waits for Gateway shop/public, which was not applied"));
    assertThat(result.outcomes().get(key("VirtualService", "b"))).isEqualTo(new Outcome.Applied());
    assertThat(result.retryable()).isFalse();
    assertThat(AppliedRevision.of(live(), ApplySet.of(Declared.MESH))).isEmpty();
  }

  private static DesiredState many(int count) {
    List<Manifest> manifests = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> manifests.add(route("a" + i, "a" + i)));
    return state(mesh(SPEC, Map.of()), manifests);
  }

  @Test
  void aClusterThatDiesInTheMiddleIsContinuedByPlanningAgain() {
    AtomicInteger calls = new AtomicInteger();
    cluster.fail((verb, what) ->
        verb.equals("apply") && calls.incrementAndGet() > 30
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "gone", true))
            : Optional.empty());
    ApplyResult result = apply(many(100), ONE);
    assertThat(result.complete()).isFalse();
    assertThat(result.retryable()).isTrue();
    assertThat(calls.get()).isLessThanOrEqualTo(30 + 9);
    long done = result.count(Outcome.Applied.class);
    assertThat(result.outcomes()).hasSize(101);
    assertThat(result.outcomes().values())
        .contains(new Outcome.NotDone("the cluster stopped answering"));
    cluster.fail((_, _) -> Optional.empty());
    Plan rest = plan(many(100));
    assertThat(rest.steps()).hasSize(101 - (int) done);
    assertThat(apply(many(100), ONE).complete()).isTrue();
    assertThat(plan(many(100)).isEmpty()).isTrue();
  }

  @Test
  void aStopFinishesWhatIsInFlightAndReportsTheRest() {
    AtomicInteger asked = new AtomicInteger();
    ApplyResult result = apply(many(50), ONE, () -> asked.incrementAndGet() > 20);
    assertThat(result.count(Outcome.Applied.class)).isEqualTo(20);
    assertThat(result.count(Outcome.NotDone.class)).isEqualTo(31);
    assertThat(result.retryable()).isTrue();
    assertThat(AppliedRevision.of(live(), ApplySet.of(Declared.MESH))).isEmpty();
  }

  @Test
  void noMoreWritesAreInFlightThanAllowed() throws Exception {
    apply(state(route("first", "first")), ONE);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore eight = new Semaphore(0);
    cluster.fail((verb, what) -> {
      if (verb.equals("apply") && !what.equals(PARENT)) {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        if (inFlight.get() == 8) {
          eight.release(1000);
        }
        eight.acquireUninterruptibly();
        inFlight.decrementAndGet();
      }
      return Optional.empty();
    });
    assertThat(apply(many(60), ONE).complete()).isTrue();
    assertThat(most.get()).isEqualTo(8);
  }

  @Test
  void withoutTheInventoryNoMemberIsWritten() {
    cluster.fail((verb, what) ->
        what.equals(PARENT)
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_FORBIDDEN, "no", false))
            : Optional.empty());
    ApplyResult result = apply(state(route("a", "a")), ONE);
    assertThat(result.parent())
        .map(Outcome.Failed::reason)
        .contains(FailureReason.CLUSTER_FORBIDDEN);
    assertThat(live().get(A)).isEmpty();
    assertThat(result.outcomes().values()).allMatch(Outcome.NotDone.class::isInstance);
  }

  @Test
  void anObjectOfTheSameNameThatIsNotTheOneSeenIsNotDeleted() {
    apply(state(route("a", "a"), rule("d", "x")), ONE);
    Plan plan = plan(state(rule("d", "x")));
    cluster.handDelete(A);
    cluster.handCreate(route("a", "theirs"), "kubectl");
    ApplyResult result = new Applier(1).apply(plan, cluster, live(), Optional.of(TWO), () -> false);
    assertThat(result.complete()).isTrue();
    assertThat(live().get(A)).isPresent();
  }

  @Test
  void aPlanOfSomeKeysTouchesNothingElse() {
    apply(state(route("a", "a"), route("b", "b")), ONE);
    cluster.handEdit(
        key("VirtualService", "b"), "vi", JsonPath.of("spec", "hosts"), List.of("drifted"));
    cluster.forgetWrites();
    Plan plan = Planner.plan(state(route("a", "new"), route("b", "b")), live(), Set.of(A));
    new Applier(1).apply(plan, cluster, live(), Optional.of(TWO), () -> false);
    assertThat(cluster.writes())
        .containsExactly(
            "apply VirtualService shop/a", "apply ConfigMap meshkeel-system/meshkeel-shop");
    assertThat(parent().annotation(Labels.GROUP_KINDS))
        .isEqualTo("VirtualService.networking.istio.io");
  }
}
