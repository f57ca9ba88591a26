package io.meshkeel.policy;

import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Finding.Related;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import io.meshkeel.policy.schema.SchemaViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives what was found its place in the repository. Not thread-safe. */
final class Places {
  private final Snapshot snapshot;
  private final SourceLocator locator = new SourceLocator();
  private final Map<String, SourceFile> files = new HashMap<>();

  Places(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * What rules found. Related places have no position yet: they may move while nothing else does.
   *
   * @param mesh that the subject belongs to
   */
  List<Finding> ofRules(MeshName mesh, Subject subject, List<RawFinding> found)
      throws PolicyException {
    List<Finding> findings = new ArrayList<>(found.size());
    for (RawFinding raw : found) {
      findings.add(
          new Finding(
              raw.rule().id(),
              raw.severity(),
              raw.message(),
              mesh,
              subject.key(),
              raw.path(),
              position(subject, raw.path()),
              raw.remediation(),
              subject.cluster().orElse(null),
              raw.related().stream()
                  .map(other -> new Related(other.resource(), other.cluster(), other.path(), null))
                  .toList(),
              Standing.NEW,
              raw.fix()));
    }
    return List.copyOf(findings);
  }

  /** The same findings with the places of what they relate to. */
  List<Finding> related(List<Finding> findings, Map<ResourceKey, Subject> subjects)
      throws PolicyException {
    List<Finding> placed = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      List<Related> others = new ArrayList<>(finding.related().size());
      for (Related other : finding.related()) {
        Subject subject = other.cluster() == null ? subjects.get(other.resource()) : null;
        others.add(
            subject == null
                ? other
                : new Related(
                    other.resource(), null, other.path(), position(subject, other.path())));
      }
      placed.add(others.isEmpty() ? finding : finding.withRelated(others));
    }
    return placed;
  }

  /** How the object breaks its schema. */
  List<Finding> ofSchema(Declaration declaration, List<SchemaViolation> violations)
      throws PolicyException {
    List<Finding> findings = new ArrayList<>(violations.size());
    for (SchemaViolation violation : violations) {
      findings.add(
          new Finding(
                  violation.error().id(),
                  Severity.ERROR,
                  violation.message(),
                  declaration.mesh(),
                  declaration.manifest().key(),
                  violation.path(),
                  position(Subject.declared(declaration), violation.path()),
                  violation.remediation())
              .with(violation.fix()));
    }
    return List.copyOf(findings);
  }

  private @Nullable SourcePosition position(Subject subject, JsonPath path) throws PolicyException {
    String file =
        subject
            .declaration()
            .map(declaration -> declaration.file().path())
            .or(() -> subject.start().map(SourcePosition::file))
            .orElse("");
    if (file.isEmpty()) {
      return null;
    }
    try {
      return subject.declaration().isPresent()
          ? locator.locate(snapshot, subject.declaration().get(), path)
          : startingAt(subject.start().orElseThrow(), path);
    } catch (IOException e) {
      throw new PolicyException(
          "the place of a finding in " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The place of a field in the document that starts there. */
  private SourcePosition startingAt(SourcePosition start, JsonPath path) throws IOException {
    if (files.isEmpty()) {
      snapshot.files().forEach(file -> files.put(file.path(), file));
    }
    SourceFile file = files.get(start.file());
    if (file == null) {
      return start;
    }
    byte[] content = snapshot.content(file);
    int documents = Math.max(1, start.line());
    for (int document = 0; document < documents; document++) {
      SourcePosition first = locator.locate(content, file.path(), document, JsonPath.ROOT);
      if (first.line() == start.line()) {
        return locator.locate(content, file.path(), document, path);
      }
      if (first.line() > start.line()) {
        break;
      }
    }
    return start;
  }
}
