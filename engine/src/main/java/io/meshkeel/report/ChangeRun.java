package io.meshkeel.report;

import java.util.List;

/**
 * One change and what came of it.
 *
 * @param verb {@code create}, {@code update}, {@code adopt}, {@code delete}, {@code release},
 *     {@code skip}, {@code await}, {@code hold} or {@code withhold}
 * @param object as messages name it: {@code VirtualService shop/reviews}
 * @param fields the fields that differ, for an update
 * @param outcome {@code applied}, {@code failed}, {@code not done}, or {@code refused} for a skip,
 *     {@link #HELD} for a hold, {@link #PENDING_RESTART} for a workload that is left running,
 *     {@code awaited} for what doesn't exist yet and isn't created
 * @param message why it was not applied; empty if it was
 */
public record ChangeRun(
    String verb, String object, List<String> fields, String outcome, String message) {
  /** {@link #outcome} of an object that a person asked to leave alone for a while. */
  public static final String HELD = "held";

  /** {@link #outcome} of a workload that must not be restarted. */
  public static final String PENDING_RESTART = "pending restart";

  public ChangeRun {
    fields = List.copyOf(fields);
  }
}
