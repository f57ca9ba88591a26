package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartsTest {
  private record Line(String name, int version) implements Row {
    @Override
    public String mesh() {
      return "shop";
    }

    @Override
    public List<String> clusters() {
      return List.of();
    }

    @Override
    public String namespace() {
      return name;
    }
  }

  private final Parts<Integer, Line> parts = new Parts<>();

  private static List<Line> lines(int part, int count, int version) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(new Line(part + "-" + i, version));
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rowsAreInTheOrderOfTheirPartsWhateverComesAndGoes(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, List<Line>> expected = new TreeMap<>();
    for (int step = 0; step < 400; step++) {
      Map<Integer, List<Line>> fresh = new HashMap<>();
      // It grows first, then what is left becomes little.
      int most = step < 250 ? 3 : 1;
      for (int i = 0; i < random.nextInt(30); i++) {
        int part = random.nextInt(3_000);
        fresh.put(part, lines(part, random.nextInt(most), random.nextInt(2)));
      }
      fresh.keySet().forEach(parts::touch);
      parts.refresh(part -> fresh.getOrDefault(part, List.of()));
      fresh.forEach((part, lines) -> {
        if (lines.isEmpty()) {
          expected.remove(part);
        } else {
          expected.put(part, lines);
        }
      });
      List<Line> all = expected.values().stream().flatMap(List::stream).toList();
      Blocks<Line> rows = parts.rows();
      assertThat(rows.toArray()).as("step %s", step).isEqualTo(all.toArray());
      assertThat(rows).hasSameSizeAs(all);
      for (int at = 0; at < all.size(); at += 1 + random.nextInt(40)) {
        assertThat(rows.get(at)).isEqualTo(all.get(at));
      }
      assertThatThrownBy(() -> rows.get(all.size())).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aChangeLeavesAllButOneBlockAsTheyAre() {
    for (int part = 0; part < 10 * Parts.BLOCK; part++) {
      parts.touch(part);
    }
    parts.refresh(part -> lines(part, 1, 0));
    Blocks<Line> before = parts.rows();
    assertThat(before.blocks()).hasSizeBetween(10, 25);

    parts.touch(700);
    parts.refresh(part -> lines(part, 1, 0));
    assertThat(parts.rows()).as("the same rows").isSameAs(before);

    parts.touch(700);
    parts.refresh(part -> lines(part, 1, 1));
    Set<List<Line>> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(before.blocks());
    Set<List<Line>> others = new HashSet<>();
    parts.rows().blocks().stream().filter(block -> !known.contains(block)).forEach(others::add);
    assertThat(others).hasSize(1);
    assertThat(before.get(700)).as("a value for whoever holds it").isEqualTo(new Line("700-0", 0));
    assertThat(parts.rows().get(700)).isEqualTo(new Line("700-0", 1));
  }

  @Test
  void partsOfASortAreTouchedTogether() {
    for (int part = 0; part < 600; part++) {
      parts.touch(part);
    }
    parts.refresh(part -> lines(part, 1, 0));
    parts.touchAll(part -> part % 100 == 0);
    assertThat(parts.open()).containsExactlyInAnyOrder(0, 100, 200, 300, 400, 500);
  }
}
