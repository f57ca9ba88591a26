package io.meshkeel.reconcile;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A revision of the branch, read and judged.
 *
 * @param verdicts one for each mesh
 * @param judged the meshes whose verdict is new
 * @param emptied whether no file is left where declarations may be
 * @param since when it was looked for
 */
record Look(
    Revision revision,
    Declarations declarations,
    Snapshot snapshot,
    Map<MeshName, Verdict> verdicts,
    Set<MeshName> judged,
    boolean emptied,
    Instant since) {
  Look {
    verdicts = Map.copyOf(verdicts);
    judged = Set.copyOf(judged);
  }

  /** The same revision, some of its meshes judged again. */
  Look with(Map<MeshName, Verdict> now, Set<MeshName> again, Instant at) {
    return new Look(revision, declarations, snapshot, now, again, emptied, at);
  }
}
