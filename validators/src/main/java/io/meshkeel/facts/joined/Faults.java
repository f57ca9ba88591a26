package io.meshkeel.facts.joined;

import io.meshkeel.facts.Input;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
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
 * {@code faults} of a VirtualService: {@code {path, why}}.
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
    for (int i = 0; i < routes.size(); i++) {
      Map<String, Object> fault = JsonTree.map(routes.get(i), "fault");
      if (fault.isEmpty() || isGuard(fault)) {
        continue;
      }
      int route = i;
      why(service)
          .ifPresent(
              why -> told.add(Map.of("path", List.of("spec", "http", route, "fault"), "why", why)));
    }
    slice.put("faults", List.copyOf(told));
  }

  private static boolean isGuard(Map<String, Object> fault) {
    return !fault.containsKey("delay")
        && JsonTree.map(fault, "abort").get("httpStatus") instanceof Long status
        && status == GUARD;
  }

  private Optional<String> why(VirtualServiceView service) {
    String expires =
        Labels.of(service.declaration().manifest().annotations()).getOrDefault(EXPIRES, "");
    if (expires.isEmpty()) {
      return Optional.of("it says no end by " + EXPIRES);
    }
    try {
      Instant end =
          expires.length() == 10
              ? LocalDate.parse(expires).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(expires).toInstant();
      return end.isAfter(now.get()) ? Optional.empty() : Optional.of("it has ended on " + expires);
    } catch (DateTimeParseException e) {
      return Optional.of("'" + expires + "' is no date");
    }
  }
}
