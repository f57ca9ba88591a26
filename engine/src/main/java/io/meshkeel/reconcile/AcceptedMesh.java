package io.meshkeel.reconcile;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
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
 */
record AcceptedMesh(
    Revision revision,
    MeshDeclarations declared,
    Map<ClusterName, DesiredState> states,
    List<Finding> findings) {
  AcceptedMesh {
    states = Map.copyOf(states);
    findings = List.copyOf(findings);
  }
}
