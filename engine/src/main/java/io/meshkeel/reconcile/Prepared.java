package io.meshkeel.reconcile;

import io.meshkeel.plan.DriftEntry;
import io.meshkeel.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, and what else differs.
 *
 * @param plan the part that the revision brings in
 * @param drift what differs without the revision's doing; null if only a part was looked at
 * @param lost why nobody can tell what was applied before; empty if one can
 */
record Prepared(Plan plan, @Nullable List<DriftEntry> drift, String lost) {
  /** Whether something is left because nobody can tell what was applied before. */
  boolean withholds() {
    return !lost.isEmpty() && !plan.skipped().isEmpty();
  }
}
