package io.meshkeel.apply;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a plan.
 *
 * @param cluster where
 * @param outcomes one per step of the plan, by key
 * @param parent how the write of the ApplySet's parent ended; empty if none was needed
 */
public record ApplyResult(
    ClusterName cluster, Map<ResourceKey, Outcome> outcomes, Optional<Outcome.Failed> parent) {
  public ApplyResult {
    outcomes = java.util.Collections.unmodifiableMap(new TreeMap<>(outcomes));
  }

  /** Whether every step was applied and recorded. */
  public boolean complete() {
    return parent.isEmpty() && count(Outcome.Applied.class) == outcomes.size();
  }

  /** Whether everything that failed may succeed later without anyone's doing. */
  public boolean retryable() {
    return !complete()
        && outcomes.values().stream()
            .allMatch(o -> !(o instanceof Outcome.Failed f) || f.retryable())
        && parent.map(Outcome.Failed::retryable).orElse(true);
  }

  /** How many steps ended this way. */
  public long count(Class<? extends Outcome> sort) {
    return outcomes.values().stream().filter(sort::isInstance).count();
  }
}
