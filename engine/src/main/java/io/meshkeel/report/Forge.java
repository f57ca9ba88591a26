package io.meshkeel.report;

import io.meshkeel.model.Revision;
import java.util.List;

/**
 * The forge that hosts the watched repository. Methods block and are called from virtual threads,
 * never from an event loop; an implementation may be called from several threads at once.
 */
public interface Forge {
  /**
   * The newest status of each context on a commit; empty if there are none.
   *
   * @throws ForgeException if the forge can't tell
   */
  List<CommitStatus> statuses(Revision revision) throws ForgeException;

  /**
   * Adds a status to a commit; the newest of a context counts. Not idempotent on the forge's side:
   * callers compare with {@link #statuses} and post only differences. A description longer than
   * {@link #maxDescriptionLength()} is refused.
   *
   * @throws ForgeException if the forge didn't take it
   */
  void post(Revision revision, CommitStatus status) throws ForgeException;

  /**
   * The open pull requests against a branch: the truth behind the events, asked at start and by the
   * slow poll.
   *
   * @throws ForgeException if the forge can't tell
   */
  List<PullRequest> openPullRequests(String branch) throws ForgeException;

  /** The longest description that the forge shows, in characters. */
  int maxDescriptionLength();
}
