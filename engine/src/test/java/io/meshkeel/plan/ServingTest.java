package io.meshkeel.plan;

import static io.meshkeel.desired.Declared.gateway;
import static io.meshkeel.desired.Declared.istio;
import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.ServedFields;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cluster doesn't serve is refused before anything is written. */
class ServingTest {
  private final FakeCluster cluster = new FakeCluster();

  private static Manifest selecting(String name, String field) {
    return istio("Gateway", name, Map.of("selector", Map.of("istio", "ingress"), field, List.of()));
  }

  /** A cluster whose Gateways have only a selector and servers. */
  private Plan plan(DesiredState desired) {
    return Planner.plan(
        desired,
        LiveSnapshot.of(cluster.all(), cluster.kinds())
            .serving(ServedFields.of("Gateway", "selector", "servers")));
  }

  private static List<String> actions(Plan plan) {
    return plan.changes().stream()
        .map(change -> change.getClass().getSimpleName() + " " + change.key())
        .toList();
  }

  @Test
  void anObjectWithAFieldThatTheClusterLacksIsWithheldAndOthersAreNot() {
    Plan plan = plan(state(selecting("new", "listeners"), gateway("known")));

    assertThat(actions(plan)).contains("Create Gateway shop/known", "Skipped Gateway shop/new");
    Change.Skipped refused = plan.skipped().getFirst();
    assertThat(refused.reason()).isEqualTo(FailureReason.FIELD_NOT_SERVED);
    assertThat(refused.message())
        .isEqualTo(
            "cluster east doesn't serve spec.listeners; its networking.istio.io/v1 is older: bring the"
                + " cluster's CRDs to Istio 1.31, take it out, or keep the object from this"
                + " cluster with meshkeel.io/clusters");
  }

  @Test
  void whatRefersToARefusedObjectWaits() {
    Plan plan = plan(state(selecting("new", "listeners"), route("a", "a", "new"), route("b", "b")));

    assertThat(actions(plan))
        .contains("Skipped VirtualService shop/a", "Create VirtualService shop/b");
    assertThat(plan.skipped())
        .extracting(Change.Skipped::message)
        .contains("it waits for Gateway shop/new, which is refused");
    assertThat(plan.written()).doesNotContain(key("VirtualService", "a"));
  }

  @Test
  void theFileLineAndColumnOfTheFieldComeFirst() {
    Plan plan =
        plan(state(selecting("new", "listeners")))
            .placed((declaration, path) -> {
              assertThat(path).isEqualTo(JsonPath.of("spec", "listeners"));
              return Optional.of(new SourcePosition(declaration.file().path(), 9, 3));
            });

    assertThat(PlanText.of(plan))
        .contains("! Gateway shop/new: meshes/shop/Gateway-new.yaml:9:3: cluster east doesn't");
  }

  @Test
  void anObjectThatIsThereAsDeclaredIsLeftInPeace() {
    DesiredState desired = state(selecting("new", "listeners"));
    LiveSnapshot before = LiveSnapshot.of(cluster.all(), cluster.kinds());
    assertThat(
            new Applier(4)
                .apply(
                    Planner.plan(desired, before), cluster, before, Optional.empty(), () -> false)
                .complete())
        .isTrue();

    assertThat(actions(plan(desired))).containsExactly("Unchanged Gateway shop/new");
    cluster.handEdit(
        key("Gateway", "new"), "kubectl-edit", JsonPath.of("spec", "selector"), Map.of("a", "b"));
    Plan drifted = plan(desired);
    assertThat(actions(drifted)).containsExactly("Skipped Gateway shop/new");
    assertThat(DriftEntry.of(drifted))
        .as("it differs, though it can't be put back")
        .extracting(DriftEntry::manager)
        .contains(Optional.of("kubectl-edit"));
  }
}
