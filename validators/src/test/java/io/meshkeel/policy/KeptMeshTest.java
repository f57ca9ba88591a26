package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.joined.KeptMesh;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Facts that are kept from one revision to the next are those of a mesh seen for the first time.
 */
final class KeptMeshTest {
  private static final int STEPS = 150;
  private static final Instant START = Instant.parse("2026-12-20T00:00:00Z");

  /** What a judge is asked at once. */
  private record Asked(MeshDeclarations mesh, Evidence evidence) {}

  private final Map<Declaration, ObjectView> views = new IdentityHashMap<>();

  private KeptMesh.Told tell(KeptMesh kept, Asked asked, Instant now) {
    List<ObjectView> objects =
        asked.mesh().objects().stream()
            .map(
                object -> views.computeIfAbsent(object, one -> ObjectView.of(one, "cluster.local")))
            .toList();
    return kept.tell(asked.mesh(), objects, asked.evidence(), now, object -> true);
  }

  private static Map<String, Object> readable(KeptMesh.Told told) {
    Map<String, Object> all = new HashMap<>();
    for (int i = 0; i < told.slices().size(); i++) {
      all.put("object " + i, readable(told.slices().get(i)));
    }
    for (Map.Entry<Subject, Slice> other : told.others().entrySet()) {
      all.put(other.getKey().key() + " " + other.getKey().cluster(), readable(other.getValue()));
    }
    return all;
  }

  private static List<Object> readable(Slice slice) {
    return List.of(slice.toMap(), slice.unjudged());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverChangesTheSameIsTold(long seed) {
    RandomMesh world = new RandomMesh(seed);
    Random random = new Random(-seed);
    world.fill();
    List<Asked> former = new ArrayList<>();
    KeptMesh kept = null;
    int facts = 0;
    int kepts = 0;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextBoolean()) {
        world.changeClusters();
      } else {
        world.changeFiles();
      }
      former.add(
          new Asked(world.repository().mesh(world.repository().snapshot()), world.evidence()));
      // Revisions of pull requests and the one accepted last are judged between those of the
      // branch.
      Asked asked =
          random.nextInt(3) == 0 ? former.get(random.nextInt(former.size())) : former.getLast();
      Instant now = START.plus(Duration.ofHours(3L * step));
      if (kept == null) {
        kept = new KeptMesh(asked.mesh().mesh().spec());
      }
      KeptMesh unknowing = new KeptMesh(asked.mesh().mesh().spec());
      KeptMesh.Told fresh = tell(unknowing, asked, now);
      assertThat(readable(tell(kept, asked, now)))
          .as("seed %s step %s", seed, step)
          .isEqualTo(readable(fresh));
      kepts += kept.made() < unknowing.made() / 2 ? 1 : 0;
      facts += fresh.slices().stream().mapToInt(slice -> slice.toMap().size()).sum();
    }
    assertThat(facts).isGreaterThan(STEPS);
    assertThat(kepts).as("steps that kept most").isGreaterThan(STEPS / 4);
  }
}
