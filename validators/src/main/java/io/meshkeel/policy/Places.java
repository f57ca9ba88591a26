package io.meshkeel.policy;

import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.policy.schema.SchemaViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives what was found its place in the repository. Not thread-safe. */
final class Places {
  private final Snapshot snapshot;
  private final SourceLocator locator = new SourceLocator();

  Places(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** What rules found. */
  List<Finding> ofRules(Declaration declaration, List<RawFinding> found) throws PolicyException {
    List<Finding> findings = new ArrayList<>(found.size());
    for (RawFinding raw : found) {
      findings.add(
          place(
              declaration,
              new Finding(
                  raw.rule().id(),
                  raw.severity(),
                  raw.message(),
                  declaration.mesh(),
                  declaration.manifest().key(),
                  raw.path(),
                  null,
                  raw.remediation())));
    }
    return List.copyOf(findings);
  }

  /** How the object breaks its schema. */
  List<Finding> ofSchema(Declaration declaration, List<SchemaViolation> violations)
      throws PolicyException {
    List<Finding> findings = new ArrayList<>(violations.size());
    for (SchemaViolation violation : violations) {
      findings.add(
          place(
              declaration,
              new Finding(
                  violation.error().id(),
                  Severity.ERROR,
                  violation.message(),
                  declaration.mesh(),
                  declaration.manifest().key(),
                  violation.path(),
                  null,
                  violation.remediation())));
    }
    return List.copyOf(findings);
  }

  private Finding place(Declaration declaration, Finding finding) throws PolicyException {
    try {
      return new Finding(
          finding.ruleId(),
          finding.severity(),
          finding.message(),
          finding.mesh(),
          finding.resource(),
          finding.path(),
          locator.locate(snapshot, declaration, finding.path()),
          finding.remediation());
    } catch (IOException e) {
      throw new PolicyException(
          "the place of a finding in "
              + declaration.file().path()
              + " can't be read: "
              + e.getMessage(),
          e);
    }
  }
}
