package io.meshkeel.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.Declared;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Governance;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When what was denied is to be judged again. */
class DenialsTest {
  private static final Mesh MESH = Declared.state().mesh();
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Declarations DECLARED =
      new Declarations(
          Optional.empty(),
          Map.of(MESH.name(), new MeshDeclarations(MESH, List.of(), List.of(), List.of())),
          List.of(),
          Governance.NONE);

  private final Map<ClusterName, ClusterInventory> held = new HashMap<>();
  private final Denials<String> denials =
      new Denials<>(mesh -> new Evidence(new Inventory(held), Optional.empty(), true), PAUSE);
  private Instant now = Instant.EPOCH;

  private void holds(String cluster, Set<GroupKind> known) {
    ClusterName name = new ClusterName(cluster);
    held.put(name, ClusterInventory.of(name, known, List.of()));
    denials.seen();
  }

  private void judged(String what, Outcome outcome) {
    Denials<String>.Glance glance = denials.glance(DECLARED, now);
    glance.judged(what, Map.of(MESH.name(), verdict(outcome)), now);
  }

  private static Verdict verdict(Outcome outcome) {
    MeshName mesh = MESH.name();
    Optional<String> failure =
        outcome == Outcome.ERROR ? Optional.of("OPA does not answer") : Optional.empty();
    return new Verdict(mesh, Optional.empty(), outcome, List.of(), "", failure);
  }

  private List<String> due() {
    now = now.plus(PAUSE);
    return denials.due(now);
  }

  @Test
  void whatIsDeniedIsDueOnceItsClustersHoldSomethingElse() {
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    assertThat(due()).isEmpty();
    assertThat(denials.next()).isEqualTo(Instant.MAX);

    holds("east", ObservedKinds.ALL);
    assertThat(denials.seen()).isTrue();
    assertThat(due()).containsExactly("a");
    assertThat(denials.meshes("a")).containsExactly(MESH.name());
  }

  @Test
  void whatCameDuringTheJudgementIsAChangeToo() {
    holds("east", ObservedKinds.ALL);
    Denials<String>.Glance glance = denials.glance(DECLARED, now);
    holds("east", ObservedKinds.ALL);
    glance.judged("a", Map.of(MESH.name(), verdict(Outcome.DENIED)), now);
    assertThat(due()).containsExactly("a");
  }

  @Test
  void changesThatFollowEachOtherAreOneLook() {
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    holds("east", ObservedKinds.ALL);
    assertThat(denials.due(now.plus(PAUSE).minusMillis(1))).isEmpty();
    assertThat(denials.next()).isEqualTo(now.plus(PAUSE));
    assertThat(denials.due(now.plus(PAUSE))).containsExactly("a");
  }

  @Test
  void aJudgementThatTookLongIsFollowedByALongerRest() {
    holds("east", ObservedKinds.ALL);
    Denials<String>.Glance glance = denials.glance(DECLARED, now);
    now = now.plusSeconds(100);
    glance.judged("a", Map.of(MESH.name(), verdict(Outcome.DENIED)), now);
    assertThat(denials.next()).isEqualTo(now.plusSeconds(300));
  }

  @Test
  void whatIsAcceptedWaitsForNothing() {
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    judged("a", Outcome.ACCEPTED);
    holds("east", ObservedKinds.ALL);
    assertThat(denials.seen()).isFalse();
    assertThat(due()).isEmpty();
  }

  @Test
  void anErrorLeavesItWaitingForTheSame() {
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.ERROR);
    assertThat(due()).containsExactly("a");
  }

  @Test
  void aClusterThatIsSeenLessOfIsNoReason() {
    holds("east", ObservedKinds.ALL);
    holds("west", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    Set<GroupKind> fewer = new HashSet<>(ObservedKinds.ALL);
    fewer.remove(ObservedKinds.POD);
    holds("east", fewer);
    assertThat(due()).isEmpty();

    holds("east", ObservedKinds.ALL);
    held.remove(new ClusterName("west"));
    denials.seen();
    assertThat(due()).isEmpty();

    holds("west", ObservedKinds.ALL);
    assertThat(due()).containsExactly("a");
  }

  @Test
  void whatNobodyLookedAtWasNotDeniedByIt() {
    judged("a", Outcome.DENIED);
    holds("east", ObservedKinds.ALL);
    assertThat(due()).isEmpty();
  }

  @Test
  void whatIsGoneIsForgotten() {
    holds("east", ObservedKinds.ALL);
    judged("a", Outcome.DENIED);
    judged("b", Outcome.DENIED);
    holds("east", ObservedKinds.ALL);
    denials.keepOnly(List.of("b"));
    assertThat(due()).containsExactly("b");
  }
}
