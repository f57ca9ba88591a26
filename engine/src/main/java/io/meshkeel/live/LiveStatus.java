package io.meshkeel.live;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How well a view knows its cluster.
 *
 * @param ready every kind was listed once and a plan may be made
 * @param notServed kinds that the cluster doesn't serve
 * @param failure why at least one watch is broken now; empty if none is
 * @param message about the failure; empty if there is none
 * @param heard when the quietest of the watches last heard from the server
 */
public record LiveStatus(
    boolean ready,
    Set<GroupKind> notServed,
    Optional<FailureReason> failure,
    String message,
    Instant heard) {
  public LiveStatus {
    notServed = Set.copyOf(notServed);
  }
}
