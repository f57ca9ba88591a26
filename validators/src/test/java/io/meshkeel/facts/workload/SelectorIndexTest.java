package io.meshkeel.facts.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class SelectorIndexTest {
  /** One step: a thing gets a selector, or goes if there is none. */
  record Step(int thing, Map<String, String> selector, boolean gone) {}

  @Provide
  Arbitrary<Map<String, String>> labels() {
    return Arbitraries.maps(Arbitraries.of("app", "tier", "version"), Arbitraries.of("a", "b", ""))
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return net.jqwik.api.Combinators.combine(
            Arbitraries.integers().between(0, 6), labels(), Arbitraries.of(true, false, false))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 300)
  void answersLikeASearchThroughAll(
      @ForAll("steps") List<Step> steps, @ForAll("labels") Map<String, String> labels) {
    SelectorIndex<Integer> index = new SelectorIndex<>();
    Map<Integer, Map<String, String>> all = new TreeMap<>();
    for (Step step : steps) {
      if (step.gone()) {
        index.remove(step.thing());
        all.remove(step.thing());
      } else {
        index.put(step.thing(), step.selector());
        all.put(step.thing(), step.selector());
      }
    }

    List<Integer> expected = new ArrayList<>();
    all.forEach((thing, selector) -> {
      if (labels.entrySet().containsAll(selector.entrySet())) {
        expected.add(thing);
      }
    });
    assertThat(index.matching(labels)).isEqualTo(expected);
    assertThat(index.all()).containsExactlyElementsOf(all.keySet());
  }

  @Test
  void anEmptySelectorTakesEverything() {
    SelectorIndex<String> index = new SelectorIndex<>();
    index.put("all", Map.of());
    index.put("web", Map.of("app", "web"));

    assertThat(index.matching(Map.of())).containsExactly("all");
    assertThat(index.matching(Map.of("app", "web", "tier", "x"))).containsExactly("all", "web");
  }

  @Test
  void forgetsTheFormerSelector() {
    SelectorIndex<String> index = new SelectorIndex<>();
    index.put("one", Map.of("app", "web"));
    index.put("one", Map.of("app", "shop"));

    assertThat(index.matching(new HashMap<>(Map.of("app", "web")))).isEmpty();
    assertThat(index.matching(Map.of("app", "shop"))).containsExactly("one");
  }
}
