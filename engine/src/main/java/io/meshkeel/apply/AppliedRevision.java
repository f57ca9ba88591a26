package io.meshkeel.apply;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.Revision;
import java.util.Optional;

/** Reads from a cluster which revision last changed it. */
public final class AppliedRevision {
  private AppliedRevision() {}

  /** The revision recorded on the ApplySet's parent; empty if there is none. */
  public static Optional<Revision> of(LiveState live, ApplySet applySet) {
    return live.get(applySet.parent())
        .map(parent -> parent.annotation(Labels.REVISION))
        .filter(Revision::isFullId)
        .map(Revision::new);
  }
}
