package io.meshkeel.plan;

import io.meshkeel.model.JsonPath;
import java.util.Optional;

/**
 * A field that is not as declared.
 *
 * @param path from the object's root
 * @param live what the cluster holds; empty if the field is missing
 * @param desired what is declared; empty if the field is foreign
 */
public record FieldDifference(JsonPath path, Optional<Object> live, Optional<Object> desired) {
  /**
   * @throws IllegalArgumentException if it is on neither side
   */
  public FieldDifference {
    if (live.isEmpty() && desired.isEmpty()) {
      throw new IllegalArgumentException("a difference has at least one side: " + path);
    }
  }

  /** {@code spec.http[0].timeout: "3s" -> "5s"}, of bounded length. */
  public String oneLine() {
    return path
        + ": "
        + (live.isEmpty() ? "(none)" : ValueText.of(live))
        + " -> "
        + (desired.isEmpty() ? "(none)" : ValueText.of(desired));
  }

  /** Whether someone added the field: nothing declares it. */
  public boolean foreign() {
    return desired.isEmpty();
  }
}
