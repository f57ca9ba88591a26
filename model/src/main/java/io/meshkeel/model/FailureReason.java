package io.meshkeel.model;

import java.util.Locale;

/** Why something could not be done: the same word in status texts, metric labels and logs. */
public enum FailureReason {
  /** The repository could not be fetched. */
  FETCH_FAILED,
  /** A declaration could not be read. */
  PARSE_FAILED,
  /** Policy was asked and denied. */
  POLICY_DENIED,
  /** Policy could not be asked, or its answer can't be trusted. */
  POLICY_ERROR,
  /** The named credential doesn't exist or is refused. */
  CREDENTIAL_INVALID,
  /** The cluster doesn't answer, or refuses the credential. */
  CLUSTER_UNREACHABLE,
  /** The credential lacks a right. */
  CLUSTER_FORBIDDEN,
  /** The cluster doesn't serve a kind that is declared. */
  KIND_NOT_SERVED,
  /** The cluster serves the kind, but not the version or a field that is declared. */
  FIELD_NOT_SERVED,
  /** An object exists and isn't ours. */
  ADOPTION_REFUSED,
  /** Another field manager owns a declared field. */
  APPLY_CONFLICT,
  /** The API server or an admission webhook refused the object. */
  APPLY_REFUSED,
  /** A write failed for another reason. */
  APPLY_FAILED,
  /** A workload that was restarted did not become ready in time. */
  ROLLOUT_FAILED,
  /** More would be pruned than the budget allows. */
  PRUNE_REFUSED,
  /** The record of what is ours can't be read. */
  INVENTORY_UNREADABLE,
  /** The forge doesn't answer or refuses. */
  FORGE_FAILED;

  /** The word as it appears in metrics: {@code apply_conflict}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
