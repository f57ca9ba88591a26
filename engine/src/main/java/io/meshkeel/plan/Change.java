package io.meshkeel.plan;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done about one object. */
public sealed interface Change {
  ResourceKey key();

  /** Whether it writes to the cluster. */
  default boolean writes() {
    return switch (this) {
      case Create _, Update _, Adopt _, Delete _, Release _ -> true;
      case Held _, Unchanged _, Skipped _, Awaited _, PendingRestart _ -> false;
    };
  }

  /**
   * Whether it changes the pod template of a workload that isn't ours, so that Kubernetes replaces
   * its pods.
   */
  default boolean restarts() {
    return this instanceof Update update
        && Kinds.SHARED.contains(update.key().groupKind())
        && !update.manifest().labels().containsKey(Labels.PART_OF)
        && update.differences().stream()
            .anyMatch(difference -> difference.path().segments().contains("template"));
  }

  /** It doesn't exist. */
  record Create(ResourceKey key, Manifest manifest) implements Change {}

  /**
   * It is ours and differs.
   *
   * @param force overwrite fields that a hand took from us
   */
  record Update(
      ResourceKey key,
      Manifest manifest,
      LiveObject live,
      List<FieldDifference> differences,
      boolean force)
      implements Change {
    public Update {
      differences = List.copyOf(differences);
    }
  }

  /** It exists, isn't ours, and may be taken over. */
  record Adopt(
      ResourceKey key, Manifest manifest, LiveObject live, List<FieldDifference> differences)
      implements Change {
    public Adopt {
      differences = List.copyOf(differences);
    }
  }

  /** It is ours and no longer declared. */
  record Delete(ResourceKey key, LiveObject live) implements Change {}

  /** It carries our labels and is let go of: it stays, and nothing in it tells of us any more. */
  record Release(ResourceKey key, LiveObject live) implements Change {}

  /**
   * It differs, and a person asked to leave it alone for a while.
   *
   * @param until when the hold ends
   * @param reason as the person wrote it, bounded and on one line
   * @param by the field manager that set the hold; empty if the cluster doesn't tell
   */
  record Held(ResourceKey key, Instant until, String reason, Optional<String> by)
      implements Change {}

  /** It isn't ours, doesn't exist and isn't created: our fields are written when it appears. */
  record Awaited(ResourceKey key) implements Change {
    /** What is said of it. */
    public static final String MESSAGE =
        "it doesn't exist; what is declared for it is written when it appears";
  }

  /** It differs, and to write it would restart a workload that must not be restarted. */
  record PendingRestart(ResourceKey key, String message) implements Change {}

  /** It is as declared. */
  record Unchanged(ResourceKey key) implements Change {}

  /**
   * It should be changed but must not be.
   *
   * @param message why, and how to fix it
   * @param unserved what of it the cluster doesn't serve; empty if that isn't why
   */
  record Skipped(ResourceKey key, FailureReason reason, String message, Optional<Unserved> unserved)
      implements Change {
    public Skipped(ResourceKey key, FailureReason reason, String message) {
      this(key, reason, message, Optional.empty());
    }

    /** The same, with the place of what is refused. */
    Skipped at(SourcePosition place) {
      return new Skipped(key, reason, place + ": " + message, unserved);
    }
  }

  /**
   * Something that a cluster would refuse, or drop without a word.
   *
   * @param path the first field that isn't served, in the declared object
   * @param instead what would be done if it were served
   */
  record Unserved(JsonPath path, Change instead) {}
}
