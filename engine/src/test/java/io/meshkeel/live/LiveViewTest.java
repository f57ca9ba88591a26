package io.meshkeel.live;

import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final ResourceKey A = key("VirtualService", "a");
  private static final LiveOptions QUICK =
      new LiveOptions(
          Declared.MESH,
          List.of(),
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofMillis(2),
          Clock.systemUTC(),
          () -> 0.5,
          UnaryOperator.identity());

  private final FakeCluster cluster = new FakeCluster();
  private final Set<ResourceKey> touched = ConcurrentHashMap.newKeySet();
  private final List<LiveStatus> statuses = new CopyOnWriteArrayList<>();
  private Optional<LiveView> view = Optional.empty();

  private LiveView start(LiveOptions options) {
    LiveView started =
        LiveView.start(
            cluster,
            options,
            new LiveListener() {
              @Override
              public void touched(Set<ResourceKey> keys) {
                touched.addAll(keys);
              }

              @Override
              public void statusChanged(LiveStatus status) {
                statuses.add(status);
              }
            });
    view = Optional.of(started);
    return started;
  }

  private LiveView ready() {
    LiveView started = start(QUICK);
    await().until(() -> started.ready() && cluster.openWatches() == Kinds.LISTED.size());
    return started;
  }

  @AfterEach
  void close() {
    view.ifPresent(LiveView::close);
  }

  private static Manifest member(String name) {
    return Declared.state(route(name, name))
        .get(key("VirtualService", name))
        .orElseThrow()
        .manifest();
  }

  @Test
  void itIsReadyOnceEveryKindWasListed() {
    cluster.handCreate(route("a", "a"), "kubectl");
    LiveView started = ready();
    assertThat(started.get(A)).isPresent();
    assertThat(touched).contains(A);
    assertThat(statuses.getLast().ready()).isTrue();
    assertThat(started.status().failure()).isEmpty();
  }

  @Test
  void longListsAreReadInPages() {
    for (int i = 0; i < 20; i++) {
      cluster.handCreate(member("a" + i), "kubectl");
    }
    cluster.pageSize(3);
    assertThat(ready().inventory(ApplySet.of(Declared.MESH).id())).hasSize(20);
  }

  @Test
  void itFollowsChangesAndTellsThem() {
    LiveView started = ready();
    cluster.handCreate(member("a"), "kubectl");
    await().until(() -> started.get(A).isPresent());
    touched.clear();
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("b"));
    await().until(() -> touched.contains(A));
    assertThat(started.get(A).orElseThrow().spec()).containsEntry("hosts", List.of("b"));
    touched.clear();
    cluster.handDelete(A);
    await().until(() -> touched.contains(A));
    assertThat(started.get(A)).isEmpty();
  }

  @Test
  void theInventoryFollowsTheLabel() {
    LiveView started = ready();
    String set = ApplySet.of(Declared.MESH).id();
    cluster.handCreate(member("a"), "kubectl");
    await().until(() -> started.inventorySize(set) == 1);
    cluster.handEdit(A, "vi", JsonPath.of("metadata", "labels", Labels.PART_OF), null);
    await().until(() -> started.inventorySize(set) == 0);
    assertThat(started.get(A)).isPresent();
    cluster.handEdit(A, "vi", JsonPath.of("metadata", "labels", Labels.PART_OF), set);
    await().until(() -> started.inventory(set).contains(A));
    cluster.handDelete(A);
    await().until(() -> started.inventorySize(set) == 0);
  }

  @Test
  void anExpiredVersionIsListedAgain() {
    LiveView started = ready();
    cluster.compact();
    cluster.handCreate(member("a"), "kubectl");
    await().until(() -> started.get(A).isPresent() && started.status().failure().isEmpty());
  }

  @Test
  void whatWasDeletedWhileItWasAwayIsGoneAndTold() {
    cluster.handCreate(member("a"), "kubectl");
    LiveView started = ready();
    touched.clear();
    cluster.fail((_, _) ->
        Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "away", true)));
    cluster.breakWatches();
    await().until(() -> started.status().failure().isPresent());
    cluster.handDelete(A);
    cluster.compact();
    assertThat(started.get(A)).as("the last that was known").isPresent();
    cluster.fail((_, _) -> Optional.empty());
    await().until(() -> started.get(A).isEmpty());
    await().until(() -> started.status().failure().isEmpty());
    assertThat(touched).contains(A);
    assertThat(statuses.stream().flatMap(s -> s.failure().stream()))
        .contains(FailureReason.CLUSTER_UNREACHABLE);
  }

  @Test
  void aClusterThatIsAwayAtTheStartIsNotReadyUntilItComes() {
    cluster.fail((_, _) ->
        Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "away", true)));
    LiveView started = start(QUICK);
    await().until(() -> started.status().failure().isPresent());
    assertThat(started.ready()).isFalse();
    cluster.fail((_, _) -> Optional.empty());
    await().until(started::ready);
  }

  @Test
  void aMissingRightIsToldAndNotReady() {
    cluster.fail((verb, what) ->
        verb.equals("list") && what.equals(A.groupKind())
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_FORBIDDEN, "no list", false))
            : Optional.empty());
    LiveView started = start(QUICK);
    await()
        .until(
            () -> started.status().failure().equals(Optional.of(FailureReason.CLUSTER_FORBIDDEN)));
    assertThat(started.ready()).isFalse();
    assertThat(started.status().message()).contains("no list");
  }

  @Test
  void aKindThatIsNotServedIsPickedUpWhenItIs() {
    cluster.unserve(A.groupKind());
    LiveView started = start(QUICK);
    await().until(started::ready);
    assertThat(started.serves(A.groupKind())).isFalse();
    assertThat(started.status().notServed()).containsExactly(A.groupKind());
    cluster.serve(A.groupKind());
    cluster.handCreate(member("a"), "kubectl");
    await().until(() -> started.get(A).isPresent());
    assertThat(started.serves(A.groupKind())).isTrue();
    assertThat(started.status().notServed()).isEmpty();
  }

  @Test
  void aKindThatIsTakenAwayTakesItsObjectsAlong() {
    cluster.handCreate(member("a"), "kubectl");
    LiveView started = ready();
    cluster.unserve(A.groupKind());
    await().until(() -> started.get(A).isEmpty() && !started.serves(A.groupKind()));
  }

  @Test
  void whatALostEventHidIsFoundByTheNextList() {
    cluster.handCreate(member("a"), "kubectl");
    LiveView started = start(QUICK.relisting(Duration.ofMillis(100)));
    await().until(started::ready);
    touched.clear();
    cluster.hiddenEdit(A, "kubectl", JsonPath.of("metadata", "labels", "x"), "y");
    await().until(() -> started.get(A).orElseThrow().label("x").equals("y"));
    await().until(() -> touched.contains(A));
  }

  @Test
  void aListThatFindsNothingNewKeepsWhatIsInMemoryAndTouchesNothing() {
    cluster.handCreate(member("a"), "kubectl");
    LiveView started = start(QUICK.relisting(Duration.ofMillis(20)));
    await().until(started::ready);
    LiveObject before = started.get(A).orElseThrow();
    touched.clear();
    AtomicInteger lists = new AtomicInteger();
    cluster.fail((verb, what) -> {
      if (verb.equals("list") && what.equals(A.groupKind())) {
        lists.incrementAndGet();
      }
      return Optional.empty();
    });
    await().until(() -> lists.get() > 3);
    assertThat(started.get(A).orElseThrow()).isSameAs(before);
    assertThat(touched).isEmpty();
    assertThat(statuses).allMatch(status -> status.failure().isEmpty());
  }

  @Test
  void onlyTheNamespacesGivenAreLookedAt() {
    LiveView started =
        start(
            new LiveOptions(
                Declared.MESH,
                List.of("shop"),
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                Duration.ofMillis(2),
                Clock.systemUTC(),
                () -> 0.5,
                UnaryOperator.identity()));
    await().until(started::ready);
    cluster.handCreate(member("a"), "kubectl");
    Manifest elsewhere =
        Declared.object(
            "networking.istio.io/v1", "VirtualService", "other", "b", Map.of(), Map.of());
    cluster.handCreate(elsewhere, "kubectl");
    await().until(() -> started.get(A).isPresent());
    assertThat(started.get(elsewhere.key())).isEmpty();
    assertThat(started.seesNamespaces()).isFalse();
  }

  @Test
  void equalContentIsSharedThroughThePool() {
    Map<Map<String, Object>, Map<String, Object>> pool = new ConcurrentHashMap<>();
    AtomicInteger hits = new AtomicInteger();
    cluster.handCreate(member("a"), "kubectl");
    cluster.handCreate(member("b"), "kubectl");
    LiveView started =
        start(
            QUICK.pooled(content -> {
              Map<String, Object> known = pool.putIfAbsent(content, content);
              hits.addAndGet(known == null ? 0 : 1);
              return known == null ? content : known;
            }));
    await().until(started::ready);
    Map<String, Object> spec = started.get(A).orElseThrow().spec();
    assertThat(pool.get(spec)).isSameAs(spec);
    assertThat(hits.get()).isPositive();
  }

  @Test
  void closingEndsEveryWatch() {
    LiveView started = ready();
    started.close();
    started.close();
    await().until(() -> cluster.openWatches() == 0);
  }
}
