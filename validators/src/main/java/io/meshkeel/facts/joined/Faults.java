package io.meshkeel.facts.joined;

import io.meshkeel.facts.Input;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fault injection that doesn't end: no annotation {@code meshkeel.io/expires}, or one that has
 * passed. An abort with 421 is the guard that Istio documents for reused connections. Told as
 * {@code faults} of a VirtualService: {@code {path, why}}; of one that ends later, as {@code
 * endingFaults}: {@code {path, days}}.
 */
final class Faults extends KeptIndex {
  private static final String EXPIRES = "meshkeel.io/expires";
  private static final long GUARD = 421;

  private final Input<Instant> now;

  Faults(Input<Instant> now) {
    this.now = now;
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof VirtualServiceView service)) {
      return;
    }
    List<Map<String, Object>> routes =
        JsonTree.maps(service.declaration().manifest().spec(), "http");
    List<Object> told = new ArrayList<>();
    List<Object> ending = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      Map<String, Object> fault = JsonTree.map(routes.get(i), "fault");
      if (fault.isEmpty() || isGuard(fault)) {
        continue;
      }
      List<Object> path = List.of("spec", "http", i, "fault");
      String expires =
          Labels.of(service.declaration().manifest().annotations()).getOrDefault(EXPIRES, "");
      if (expires.isEmpty()) {
        told.add(Map.of("path", path, "why", "it says no end by " + EXPIRES));
        continue;
      }
      Optional<Instant> end = end(expires);
      if (end.isEmpty()) {
        told.add(Map.of("path", path, "why", "'" + expires + "' is no date"));
      } else if (end.get().isAfter(now.get())) {
        ending.add(Map.of("path", path, "days", Duration.between(now.get(), end.get()).toDays()));
      } else {
        told.add(Map.of("path", path, "why", "it has ended on " + expires));
      }
    }
    slice.put("faults", List.copyOf(told));
    slice.put("endingFaults", List.copyOf(ending));
  }

  private static boolean isGuard(Map<String, Object> fault) {
    return !fault.containsKey("delay")
        && JsonTree.map(fault, "abort").get("httpStatus") instanceof Long status
        && status == GUARD;
  }

  /** A day ends with it; empty if it is no date. */
  private static Optional<Instant> end(String expires) {
    try {
      return Optional.of(
          expires.length() == 10
              ? LocalDate.parse(expires).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(expires).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
