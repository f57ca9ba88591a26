package io.meshkeel.report;

import io.meshkeel.model.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A forge in memory, under the same contract as a real one. Any thread. */
public final class FakeForge implements Forge {
  /** A post that was taken. */
  public record Posted(Revision revision, CommitStatus status) {}

  private final Map<Revision, Map<String, CommitStatus>> statuses = new HashMap<>();
  private final Map<Long, PullRequest> pulls = new LinkedHashMap<>();
  private final List<Posted> posts = new ArrayList<>();
  private final Deque<ForgeException> failures = new ArrayDeque<>();
  private final int length;
  private boolean takesBeforeFailing;
  private int asked;

  public FakeForge() {
    this(255);
  }

  public FakeForge(int length) {
    this.length = length;
  }

  /** The next calls end with these, one each. */
  public synchronized void failNext(ForgeException... next) {
    failures.addAll(List.of(next));
  }

  /** From now on calls are taken again. */
  public synchronized void heal() {
    failures.clear();
  }

  /** Posts that fail are stored nevertheless: the answer was lost on the way. */
  public synchronized void takeBeforeFailing() {
    takesBeforeFailing = true;
  }

  /** All posts that were taken, in their order. */
  public synchronized List<Posted> posts() {
    return List.copyOf(posts);
  }

  /** How often {@link #statuses} was called. */
  public synchronized int asked() {
    return asked;
  }

  /** What a commit shows in a context; empty if nothing. */
  public synchronized Optional<CommitStatus> status(Revision revision, String context) {
    return Optional.ofNullable(statuses.getOrDefault(revision, Map.of()).get(context));
  }

  /** {@code state: description} of a context; empty if nothing was posted. */
  public String shown(Revision revision, String context) {
    return status(revision, context).map(s -> s.state().word() + ": " + s.description()).orElse("");
  }

  public synchronized void open(PullRequest pull) {
    pulls.put(pull.number(), pull);
  }

  private void failIfAsked() throws ForgeException {
    ForgeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized List<CommitStatus> statuses(Revision revision) throws ForgeException {
    asked++;
    failIfAsked();
    return List.copyOf(statuses.getOrDefault(revision, Map.of()).values());
  }

  @Override
  public synchronized void post(Revision revision, CommitStatus status) throws ForgeException {
    if (status.description().length() > length) {
      throw new ForgeException("the description is longer than " + length, false, null, null);
    }
    if (takesBeforeFailing && !failures.isEmpty()) {
      take(revision, status);
    }
    failIfAsked();
    take(revision, status);
  }

  private void take(Revision revision, CommitStatus status) {
    statuses.computeIfAbsent(revision, r -> new LinkedHashMap<>()).put(status.context(), status);
    posts.add(new Posted(revision, status));
  }

  @Override
  public synchronized List<PullRequest> openPullRequests(String branch) throws ForgeException {
    failIfAsked();
    return pulls.values().stream().filter(p -> p.base().equals(branch)).toList();
  }

  @Override
  public int maxDescriptionLength() {
    return length;
  }
}
