package io.meshkeel.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a revision in one cluster.
 *
 * @param cluster its name
 * @param state how it stands
 * @param reason the word of a {@link io.meshkeel.model.FailureReason}; empty unless it failed
 * @param message what failed or is waited for, in one line; empty if nothing is
 * @param everFailed whether it failed at any time
 * @param millis duration from the start of the plan to the confirmation
 * @param changes what was to be written, at most {@link #MAX_CHANGES}
 * @param moreChanges how many are left out of {@code changes}
 */
public record ClusterRun(
    String cluster,
    State state,
    String reason,
    String message,
    boolean everFailed,
    long millis,
    List<ChangeRun> changes,
    int moreChanges) {
  /** Most changes of one cluster that are kept for the page. */
  public static final int MAX_CHANGES = 1_000;

  public ClusterRun {
    changes = List.copyOf(changes);
  }

  /** How a cluster stands. */
  public enum State {
    /** Not there yet. */
    PENDING,
    /** The cluster holds what the revision declares. */
    IN_SYNC,
    /** Tried, and it didn't work; it is tried again if that can help. */
    FAILED,
    /** Left alone, as declared. */
    SUSPENDED
  }

  /** Nothing done yet. */
  public static ClusterRun pending(String cluster) {
    return new ClusterRun(cluster, State.PENDING, "", "", false, 0, List.of(), 0);
  }

  /** Left alone, as declared. */
  public static ClusterRun suspended(String cluster) {
    return new ClusterRun(cluster, State.SUSPENDED, "", "", false, 0, List.of(), 0);
  }

  /** Could not be done. */
  public static ClusterRun failed(String cluster, String reason, String message) {
    return new ClusterRun(cluster, State.FAILED, reason, message, true, 0, List.of(), 0);
  }

  /** Whether nothing more is to be waited for. */
  public boolean settled() {
    return state == State.IN_SYNC || state == State.SUSPENDED;
  }

  /** The same with more changes. */
  public ClusterRun and(List<ChangeRun> more) {
    List<ChangeRun> all = new ArrayList<>(changes);
    all.addAll(more);
    List<ChangeRun> kept = all.subList(0, Math.min(all.size(), MAX_CHANGES));
    return new ClusterRun(
        cluster,
        state,
        reason,
        message,
        everFailed,
        millis,
        kept,
        moreChanges + all.size() - kept.size());
  }

  /** The same, written but with something to wait for. */
  public ClusterRun waiting(String what) {
    return new ClusterRun(
        cluster, State.PENDING, "", what, everFailed, millis, changes, moreChanges);
  }

  /** The same, written but without the effect it should have. */
  public ClusterRun failing(String why, String what) {
    return new ClusterRun(cluster, State.FAILED, why, what, true, millis, changes, moreChanges);
  }

  ClusterRun failedBefore() {
    return new ClusterRun(cluster, state, reason, message, true, millis, changes, moreChanges);
  }
}
