package io.meshkeel.policy.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects why an object would be refused. */
final class Refusals {
  private final List<Refusal> found = new ArrayList<>(0);

  /** Refuses for what stands at a place, or is missing there. */
  void add(Node at, String message, String remediation) {
    found.add(new Refusal(at.path(), message, remediation));
  }

  /**
   * Refuses for a value.
   *
   * @param problem to be read behind the value: {@code has an empty label}; null if it is right
   */
  void value(Node at, @Nullable String problem, String remediation) {
    if (problem != null) {
      add(
          at,
          "'" + at.name() + "' is '" + shortened(at.text()) + "', which " + problem,
          remediation);
    }
  }

  int size() {
    return found.size();
  }

  List<Refusal> all() {
    return List.copyOf(found);
  }

  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
