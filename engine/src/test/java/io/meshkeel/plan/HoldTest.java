package io.meshkeel.plan;

import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTest {
  private static final ResourceKey A = key("VirtualService", "a");

  private final FakeCluster cluster = new FakeCluster();

  /** When the last hand wrote. */
  private Instant written = Instant.EPOCH;

  private LiveSnapshot live() {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private Plan plan(DesiredState desired, Instant now) {
    return Planner.plan(desired, live(), now);
  }

  @BeforeEach
  void apply() {
    new Applier(4)
        .apply(
            Planner.plan(state(route("a", "a")), live()),
            cluster,
            live(),
            Optional.empty(),
            () -> false);
  }

  private void annotate(String name, String value) {
    cluster.handEdit(A, "kubectl-annotate", JsonPath.of("metadata", "annotations", name), value);
    written =
        live().get(A).orElseThrow().owners().stream()
            .filter(owner -> !owner.ours())
            .map(FieldOwner::time)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
  }

  private void holdUntil(String until) {
    annotate(Labels.HOLD_REASON, "incident 42");
    annotate(Labels.HOLD_UNTIL, until);
  }

  @Test
  void whatIsHeldIsNotChangedUntilThen() {
    holdUntil("2026-11-01T12:00:00+01:00");
    Instant end = Instant.parse("2026-11-01T11:00:00Z");
    Plan plan = plan(state(route("a", "new")), end.minusSeconds(1));
    assertThat(plan.of(Change.Held.class))
        .containsExactly(
            new Change.Held(A, end, "\"incident 42\"", Optional.of("kubectl-annotate")));
    assertThat(plan.writes()).isFalse();
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan(state(route("a", "new")), end).of(Change.Update.class)).hasSize(1);
  }

  @Test
  void whatIsHeldIsNotPruned() {
    holdUntil("2026-11-01T12:00:00Z");
    assertThat(plan(state(), Instant.parse("2026-11-01T09:00:00Z")).held()).containsExactly(A);
    assertThat(plan(state(), Instant.parse("2026-11-01T12:00:01Z")).of(Change.Delete.class))
        .hasSize(1);
  }

  @Test
  void whatIsAsDeclaredIsNotHeld() {
    holdUntil("2026-11-01T12:00:00Z");
    Plan plan = plan(state(route("a", "a")), Instant.parse("2026-11-01T09:00:00Z"));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(DriftEntry.of(plan)).isEmpty();
  }

  @Test
  void theDriftTellsEndReasonAndHand() {
    holdUntil("2026-11-01T12:00:00Z");
    List<DriftEntry> drift =
        DriftEntry.of(plan(state(route("a", "new")), Instant.parse("2026-11-01T09:00:00Z")));
    assertThat(drift).hasSize(1);
    assertThat(drift.getFirst().oneLine())
        .isEqualTo(
            A
                + " differs and is held until 2026-11-01T12:00:00Z (\"incident 42\"), by"
                + " kubectl-annotate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow", "2026-11-01", "2026-11-01T12:00", "9"})
  void aMalformedTimeIsNotHonouredAndTold(String text) {
    holdUntil(text);
    Plan plan = plan(state(route("a", "new")), Instant.parse("2026-11-01T09:00:00Z"));
    assertThat(plan.of(Change.Update.class)).hasSize(1);
    assertThat(plan.refusedHolds().get(A)).contains(text, "RFC 3339");
    assertThat(DriftEntry.of(plan)).anyMatch(entry -> entry.oneLine().contains("is not honoured"));
    assertThat(PlanText.of(plan)).contains("is not honoured");
  }

  @Test
  void aHoldOfMoreThanADayIsNotHonouredEvenLater() {
    holdUntil("2026-11-03T12:00:00Z");
    DesiredState desired = state(route("a", "new"));
    assertThat(plan(desired, written).refusedHolds().get(A)).contains("more than 24 h ahead");
    Plan later = plan(desired, Instant.parse("2026-11-03T11:00:00Z"));
    assertThat(later.of(Change.Update.class)).hasSize(1);
    assertThat(later.refusedHolds()).containsKey(A);
    assertThat(plan(desired, Instant.parse("2026-11-03T12:00:00Z")).refusedHolds()).isEmpty();
  }

  @Test
  void aHoldOfExactlyADayIsHonoured() {
    holdUntil("2026-11-01T12:00:00Z");
    holdUntil(written.plusSeconds(60 + 60).plusSeconds(24 * 3600).toString());
    assertThat(plan(state(route("a", "new")), written).held()).containsExactly(A);
  }

  @Test
  void textAndJsonOfAPlanTellIt() {
    holdUntil("2026-11-01T12:00:00Z");
    Plan plan = plan(state(route("a", "new")), Instant.parse("2026-11-01T09:00:00Z"));
    assertThat(PlanText.of(plan)).contains("1 held", "held until 2026-11-01T12:00:00Z");
    assertThat(PlanJson.of(plan).toString()).contains("until=2026-11-01T12:00:00Z");
  }
}
