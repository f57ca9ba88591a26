package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one thing gives rise to tell, of whatever: tellings of many things together are what is told
 * of all. Once told it stays.
 */
final class Telling {
  /** Nothing. */
  static final Telling NOTHING = new Telling();

  private final Map<Subject, Slice> slices = new LinkedHashMap<>(0);
  private final Map<Subject, Set<Object>> disputes = new LinkedHashMap<>(0);

  /** Tells something. */
  static Telling of(Consumer<Telling> teller) {
    Telling told = new Telling();
    teller.accept(told);
    return told.isEmpty() ? NOTHING : told;
  }

  /** Where facts of a subject are told. */
  Slice of(Subject subject) {
    return slices.computeIfAbsent(subject, s -> new Slice());
  }

  /** A port about whose protocol Services don't agree; of one subject several workloads tell. */
  void dispute(Subject subject, Map<String, Object> fact) {
    disputes.computeIfAbsent(subject, s -> new LinkedHashSet<>()).add(fact);
  }

  boolean isEmpty() {
    return slices.isEmpty() && disputes.isEmpty();
  }

  /** What all of them tell together, where two tell the same the later. */
  static Map<Subject, Slice> join(List<Telling> all) {
    Map<Subject, Slice> joined = new LinkedHashMap<>();
    Map<Subject, Set<Object>> disputes = new LinkedHashMap<>();
    for (Telling one : all) {
      one.slices.forEach((subject, slice) -> joined.merge(subject, slice, Slice::and));
      one.disputes.forEach((subject, facts) ->
          disputes.computeIfAbsent(subject, s -> new LinkedHashSet<>()).addAll(facts));
    }
    disputes.forEach((subject, facts) -> {
      Slice disputed = new Slice();
      disputed.put("disputedPorts", new ArrayList<>(facts));
      joined.merge(subject, disputed, Slice::and);
    });
    return joined;
  }
}
