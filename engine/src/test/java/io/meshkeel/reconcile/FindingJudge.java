package io.meshkeel.reconcile;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.RuleCount;
import java.util.List;
import java.util.Optional;

/** A judge without OPA: it denies if it finds anything, and compares with nothing. */
abstract class FindingJudge implements Judge {
  @Override
  public String policyRevision() {
    return "test";
  }

  /** What is wrong. */
  abstract List<Finding> find(MeshDeclarations mesh, Snapshot snapshot, Evidence evidence);

  @Override
  public Verdict judge(MeshDeclarations mesh, Snapshot snapshot, Before before, Evidence evidence) {
    List<Finding> findings = find(mesh, snapshot, evidence);
    return new Verdict(
        mesh.mesh().name(),
        snapshot.revision(),
        findings.isEmpty() ? Verdict.Outcome.ACCEPTED : Verdict.Outcome.DENIED,
        findings,
        policyRevision(),
        Optional.empty());
  }

  @Override
  public List<RuleCount> counts(
      MeshDeclarations mesh, Snapshot snapshot, Evidence evidence, Verdict verdict) {
    return List.of();
  }

  @Override
  public void close() {}
}
