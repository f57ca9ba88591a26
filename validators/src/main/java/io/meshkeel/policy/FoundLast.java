package io.meshkeel.policy;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was found in the revisions that were judged last, so that the former of a revision need not
 * be judged again to tell its debt. Any thread.
 */
final class FoundLast {
  /** 8 revisions of all meshes: their objects are shared, so that is little. */
  static final int MOST = 8;

  private record Found(MeshDeclarations mesh, Evidence evidence, List<Finding> findings) {}

  private final Deque<Found> last = new ArrayDeque<>(MOST);

  /** Keeps what was found, whatever the repository wants it to be taken for. */
  synchronized void keep(MeshDeclarations mesh, Evidence evidence, List<Finding> findings) {
    last.removeIf(found -> found.mesh() == mesh);
    last.addFirst(new Found(mesh, evidence, List.copyOf(findings)));
    if (last.size() > MOST) {
      last.removeLast();
    }
  }

  /** What was found last in the same declarations, whatever clusters held then. */
  synchronized Optional<List<Finding>> of(MeshDeclarations mesh) {
    return first(found -> found.mesh().equals(mesh));
  }

  /** What was found in the same declarations beside the same inventory; empty if that is gone. */
  synchronized Optional<List<Finding>> of(MeshDeclarations mesh, Evidence evidence) {
    return first(found -> found.evidence().equals(evidence) && found.mesh().equals(mesh));
  }

  private Optional<List<Finding>> first(Predicate<Found> such) {
    return last.stream().filter(such).findFirst().map(Found::findings);
  }
}
