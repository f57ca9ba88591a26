package io.meshkeel.reconcile;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import java.util.List;

/**
 * A mesh as it was last accepted.
 *
 * @param declared what its clusters should hold
 * @param findings of the newest verdict, which may be of a revision that was denied since
 */
record AcceptedMesh(MeshDeclarations declared, List<Finding> findings) {
  AcceptedMesh {
    findings = List.copyOf(findings);
  }
}
