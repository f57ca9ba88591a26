package io.meshkeel.reconcile;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import java.util.List;
import java.util.Map;

/**
 * A mesh as it was last accepted.
 *
 * @param revision the accepted revision
 * @param declared what its clusters should hold
 * @param states the same as rendered, by cluster
 * @param findings of the newest verdict, which may be of a revision that was denied since
 * @param newest whether the newest verdict is about this revision
 */
record AcceptedMesh(
    Revision revision,
    MeshDeclarations declared,
    Map<ClusterName, DesiredState> states,
    List<Finding> findings,
    boolean newest) {
  AcceptedMesh {
    states = Map.copyOf(states);
    findings = List.copyOf(findings);
  }

  /** Nothing is known of its verdict. */
  AcceptedMesh(
      Revision revision, MeshDeclarations declared, Map<ClusterName, DesiredState> states) {
    this(revision, declared, states, List.of(), false);
  }

  /** The same with the newest verdict. */
  AcceptedMesh judged(List<Finding> found, boolean isNewest) {
    return new AcceptedMesh(revision, declared, states, found, isNewest);
  }

  MeshName name() {
    return declared.mesh().name();
  }

  /** The same with what was found since. */
  AcceptedMesh audited(List<Finding> found) {
    return new AcceptedMesh(revision, declared, states, found, newest);
  }
}
