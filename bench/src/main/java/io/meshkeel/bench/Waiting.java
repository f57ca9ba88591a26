package io.meshkeel.bench;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Eventually;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Waiting for what the forge shows. */
final class Waiting {
  private Waiting() {}

  /** Until the whole mesh is in sync with a commit. */
  static void synced(Rig rig, Repository repository, Revision revision, Duration within) {
    status(rig, repository, revision, "meshkeel/sync/bench", within, "success"::equals);
  }

  /**
   * Until a status has a state.
   *
   * @return {@link System#nanoTime()} when it was seen
   * @throws IllegalStateException if it isn't seen in time
   */
  static long status(
      Rig rig,
      Repository repository,
      Revision revision,
      String context,
      Duration within,
      Predicate<String> state) {
    AtomicReference<Map<String, Status>> last = new AtomicReference<>(Map.of());
    boolean seen =
        Eventually.holds(
            within,
            () -> {
              Map<String, Status> now =
                  rig.gitea().api().statuses(repository.name(), revision.sha());
              last.set(now);
              Status status = now.get(context);
              return status != null && state.test(status.state());
            });
    if (!seen) {
      throw new IllegalStateException(
          context + " on " + revision.abbreviated() + " isn't as it should be; seen: " + last);
    }
    return System.nanoTime();
  }
}
