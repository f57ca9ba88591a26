package io.meshkeel.plan;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.entry;
import static io.meshkeel.desired.Declared.gateway;
import static io.meshkeel.desired.Declared.istio;
import static io.meshkeel.desired.Declared.mesh;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.rule;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every plan, whatever is declared and whatever hands did. */
class PlanPropertyTest {
  /** Far more than any generated inventory: budgets have tests of their own. */
  private static final Map<String, String> CONFIRMED = Map.of(Labels.CONFIRM_PRUNE, "1000");

  @Provide
  Arbitrary<List<Manifest>> manifests() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e");
    Arbitrary<String> hosts = Arbitraries.of("a", "b", "api.example.com", "x.example.com");
    return Arbitraries.oneOf(
            Combinators.combine(names, hosts, names).as((n, h, g) -> route(n, h, g, "mesh")),
            Combinators.combine(names, hosts).as((n, h) -> route(n, h)),
            Combinators.combine(names, hosts).as((n, h) -> rule(n, h)),
            names.map(n -> gateway(n)),
            Combinators.combine(names, Arbitraries.of("*.example.com", "api.example.com"))
                .as((n, h) -> entry(n, h)),
            Combinators.combine(names, names)
                .as((n, to) ->
                    istio(
                        "VirtualService",
                        n,
                        Map.of("http", List.of(Map.of("delegate", Map.of("name", to)))))))
        .list()
        .uniqueElements(Manifest::key)
        .ofMaxSize(12);
  }

  private static DesiredState desired(List<Manifest> manifests) {
    return state(mesh(SPEC, CONFIRMED), manifests);
  }

  private static LiveSnapshot live(FakeCluster cluster) {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private static boolean apply(FakeCluster cluster, Plan plan) {
    return new Applier(4)
        .apply(plan, cluster, live(cluster), Optional.empty(), () -> false)
        .complete();
  }

  private static void converge(FakeCluster cluster, DesiredState desired) {
    assertThat(apply(cluster, Planner.plan(desired, live(cluster)))).isTrue();
  }

  /** Hands of others: edits, deletions, and an object of their own. */
  private static void meddle(FakeCluster cluster, int seed) {
    List<ResourceKey> ours =
        cluster.contents().keySet().stream()
            .filter(key -> key.group().equals("networking.istio.io"))
            .toList();
    for (int i = 0; i < ours.size(); i++) {
      ResourceKey key = ours.get(i);
      switch (Math.floorMod(seed + i, 7)) {
        case 0 -> cluster.handEdit(key, "vi", JsonPath.of("spec", "exportTo"), List.of("."));
        case 1 -> cluster.handDelete(key);
        case 2 ->
            cluster.handEdit(key, "vi", JsonPath.of("metadata", "labels", "istio.io/rev"), "x");
        case 3 -> cluster.handEdit(key, "vi", JsonPath.of("metadata", "labels", "team"), "x");
        case 4 -> cluster.handEdit(key, "vi", JsonPath.of("spec", "hosts"), List.of("evil"));
        default -> {}
      }
    }
    cluster.handCreate(istio("Sidecar", "theirs", Map.of("egress", List.of())), "kubectl");
  }

  @Property(tries = 150)
  void afterAnApplyNothingIsLeftToDo(@ForAll("manifests") List<Manifest> manifests) {
    FakeCluster cluster = new FakeCluster();
    converge(cluster, desired(manifests));
    assertThat(Planner.plan(desired(manifests), live(cluster)).isEmpty()).isTrue();
  }

  @Property(tries = 150)
  void anyStateIsReachedFromAnyOther(
      @ForAll("manifests") List<Manifest> before,
      @ForAll("manifests") List<Manifest> after,
      @ForAll int seed) {
    FakeCluster cluster = new FakeCluster();
    converge(cluster, desired(before));
    meddle(cluster, seed);
    Plan plan = Planner.plan(desired(after), live(cluster));
    boolean refused = !plan.skipped().isEmpty();
    assertThat(apply(cluster, plan)).isTrue();
    if (!refused) {
      Plan again = Planner.plan(desired(after), live(cluster));
      assertThat(again.isEmpty()).as(PlanText.of(again)).isTrue();
    }
    for (Manifest manifest : after) {
      assertThat(live(cluster).get(manifest.key()).orElseThrow().spec()).isEqualTo(manifest.spec());
    }
  }

  @Property(tries = 150)
  void whatIsNotOursIsNeverTouched(
      @ForAll("manifests") List<Manifest> theirs,
      @ForAll("manifests") List<Manifest> before,
      @ForAll("manifests") List<Manifest> after) {
    FakeCluster cluster = new FakeCluster();
    theirs.forEach(manifest -> cluster.handCreate(manifest, "kubectl"));
    Map<ResourceKey, Map<String, Object>> untouched = cluster.contents();
    apply(cluster, Planner.plan(desired(before), live(cluster)));
    apply(cluster, Planner.plan(desired(after), live(cluster)));
    Map<ResourceKey, Map<String, Object>> now = cluster.contents();
    untouched.forEach((key, content) -> assertThat(now).containsEntry(key, content));
  }

  @Property(tries = 150)
  void aPlanOfSomeKeysSaysWhatTheWholePlanSaysOfThem(
      @ForAll("manifests") List<Manifest> before,
      @ForAll("manifests") List<Manifest> after,
      @ForAll Set<Integer> chosen,
      @ForAll int seed) {
    FakeCluster cluster = new FakeCluster();
    converge(cluster, desired(before));
    meddle(cluster, seed);
    LiveSnapshot live = live(cluster);
    DesiredState desired = desired(after);
    Map<ResourceKey, Change> whole = new HashMap<>();
    Planner.plan(desired, live).changes().forEach(change -> whole.put(change.key(), change));
    List<ResourceKey> keys = whole.keySet().stream().sorted().toList();
    Set<ResourceKey> some =
        Set.copyOf(
            chosen.stream()
                .filter(_ -> !keys.isEmpty())
                .map(i -> keys.get(Math.floorMod(i, keys.size())))
                .filter(key -> !key.kind().equals("Namespace"))
                .distinct()
                .toList());
    for (Change change : Planner.plan(desired, live, some).changes()) {
      assertThat(change).isEqualTo(whole.get(change.key()));
    }
  }

  @Property(tries = 150)
  void everyStepComesAfterWhatItNeeds(
      @ForAll("manifests") List<Manifest> before, @ForAll("manifests") List<Manifest> after) {
    FakeCluster cluster = new FakeCluster();
    converge(cluster, desired(before));
    Plan plan = Planner.plan(desired(after), live(cluster));
    Set<ResourceKey> done = new HashSet<>();
    for (List<Step> stage : plan.stages()) {
      stage.forEach(step -> assertThat(done).containsAll(step.after()));
      stage.forEach(step -> done.add(step.key()));
    }
    assertThat(done).isEqualTo(plan.written());
    assertThat(Planner.plan(desired(after), live(cluster))).isEqualTo(plan);
  }
}
