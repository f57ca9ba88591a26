package io.meshkeel.reconcile;

import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a cluster that a person asked to leave alone: until when, and which of them a revision
 * would have changed. Those are owed: written when the hold ends, whatever the mode of drift. One
 * thread.
 */
final class Holds {
  private final Map<ResourceKey, Instant> ends = new HashMap<>();
  private final Set<ResourceKey> owed = new HashSet<>();
  private final Set<ResourceKey> again = new HashSet<>();

  /** A revision would have changed these. */
  void owe(Set<ResourceKey> held) {
    owed.addAll(held);
    again.addAll(held);
  }

  /** These are to be looked at in the next turn. */
  void lookAgain(Set<ResourceKey> keys) {
    again.addAll(keys);
  }

  /**
   * What a plan found.
   *
   * @param looked what it looked at; null for all
   */
  void looked(Plan plan, @Nullable Set<ResourceKey> looked) {
    Set<ResourceKey> there = plan.changes().stream().map(Change::key).collect(Collectors.toSet());
    owed.removeIf(key -> (looked == null || looked.contains(key)) && !there.contains(key));
    for (Change change : plan.changes()) {
      ends.remove(change.key());
      switch (change) {
        case Change.Held held -> ends.put(held.key(), held.until());
        case Change.Unchanged _ -> owed.remove(change.key());
        default -> {}
      }
    }
  }

  /** These were just written as declared. */
  void settled(Collection<ResourceKey> keys) {
    keys.forEach(owed::remove);
    keys.forEach(ends::remove);
  }

  /** What is to be looked at now: holds that ended, and what was asked for. */
  Set<ResourceKey> due(Instant now) {
    Set<ResourceKey> due = new HashSet<>(again);
    again.clear();
    ends.forEach((key, end) -> {
      if (!now.isBefore(end)) {
        due.add(key);
      }
    });
    due.forEach(ends::remove);
    return due;
  }

  /** When the next hold ends; empty if none is known. */
  Optional<Instant> next() {
    return ends.values().stream().min(Instant::compareTo);
  }

  /** Owed and no longer held. */
  Set<ResourceKey> payable() {
    Set<ResourceKey> payable = new HashSet<>(owed);
    payable.removeAll(ends.keySet());
    return payable;
  }

  boolean owes() {
    return !owed.isEmpty();
  }

  /** Whether nothing is owed any more once this plan is carried out. */
  boolean paidBy(Plan plan) {
    return owes() && plan.written().containsAll(owed);
  }
}
