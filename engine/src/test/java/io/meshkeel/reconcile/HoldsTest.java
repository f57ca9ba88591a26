package io.meshkeel.reconcile;

import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final ResourceKey A = key("VirtualService", "a");
  private static final ResourceKey B = key("VirtualService", "b");

  private final Holds holds = new Holds();

  private static Plan plan(Change... changes) {
    return new Plan(
        state(), List.of(changes), List.of(), Set.of(), Set.of(), false, false, Map.of());
  }

  private static Change held(ResourceKey key, Instant until) {
    return new Change.Held(key, until, "why", Optional.empty());
  }

  @Test
  void theNextEndIsTheSoonest() {
    holds.looked(plan(held(A, NOON), held(B, NOON.minusSeconds(5))), null);
    assertThat(holds.next()).contains(NOON.minusSeconds(5));
    assertThat(holds.due(NOON.minusSeconds(6))).isEmpty();
    assertThat(holds.due(NOON.minusSeconds(5))).containsExactly(B);
    assertThat(holds.next()).contains(NOON);
  }

  @Test
  void whatIsOwedIsPayableOnceTheHoldEnded() {
    holds.owe(Set.of(A));
    holds.looked(plan(held(A, NOON)), Set.of(A));
    assertThat(holds.payable()).isEmpty();
    assertThat(holds.owes()).isTrue();
    holds.due(NOON);
    assertThat(holds.payable()).containsExactly(A);
    holds.settled(Set.of(A));
    assertThat(holds.owes()).isFalse();
  }

  @Test
  void whatIsAsDeclaredOrGoneIsOwedNoMore() {
    holds.owe(Set.of(A, B));
    holds.looked(plan(new Change.Unchanged(A)), Set.of(A, B));
    assertThat(holds.owes()).isFalse();
  }
}
