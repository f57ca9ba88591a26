package io.meshkeel.reconcile;

/**
 * Something happened in the watched repository. An event is only a hint that asks for a look: the
 * receiver fetches and reads the truth, so events may be lost, doubled or out of order.
 */
public sealed interface RepositoryEvent {
  /**
   * A branch moved.
   *
   * @param branch short name, for example {@code main}
   */
  record BranchMoved(String branch) implements RepositoryEvent {}

  /**
   * A pull request was opened, changed or closed.
   *
   * @param number as the forge counts them
   */
  record PullRequestChanged(long number) implements RepositoryEvent {}
}
