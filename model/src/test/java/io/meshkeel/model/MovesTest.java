package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class MovesTest {
  private static List<Object> some(int count) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Object());
    }
    return all;
  }

  @Test
  void theSameHasNotMoved() {
    List<Object> all = some(5);
    assertThat(Moves.of(all, List.copyOf(all)).isNone()).isTrue();
    assertThat(Moves.of(List.of(), List.of()).isNone()).isTrue();
    assertThat(Moves.of(all, all.reversed()).isNone()).isFalse();
    assertThat(Moves.of(all, all.subList(0, 4)).isNone()).isFalse();
  }

  @Test
  void equalIsNotTheSame() {
    List<String> before = List.of("a", "b");
    List<String> now = List.of("a", new StringBuilder("b").toString());
    assertThat(Moves.of(before, now).came()).containsExactly(1);
    assertThat(Moves.of(before, now).gone()).containsExactly(1);
  }

  @RepeatedTest(50)
  void everyElementIsFoundAgain() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Object> before = some(random.nextInt(30));
    List<Object> now = new ArrayList<>(before);
    now.removeIf(each -> random.nextInt(6) == 0);
    for (int i = random.nextInt(4); i > 0; i--) {
      now.add(random.nextInt(now.size() + 1), new Object());
    }
    if (random.nextInt(3) == 0 && now.size() > 1) {
      Collections.swap(now, random.nextInt(now.size()), random.nextInt(now.size()));
    }
    Moves moves = Moves.of(before, now);
    List<Integer> came = new ArrayList<>();
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      int was = before.indexOf(now.get(i));
      assertThat(moves.from()[i]).as("seed %d, element %d", seed, i).isEqualTo(was);
      if (was < 0) {
        came.add(i);
      }
    }
    for (int i = 0; i < before.size(); i++) {
      if (!now.contains(before.get(i))) {
        gone.add(i);
      }
    }
    assertThat(moves.came()).as("seed %d", seed).isEqualTo(came);
    assertThat(moves.gone()).as("seed %d", seed).isEqualTo(gone);
  }
}
