package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.SourcePosition;
import java.util.Optional;

/** Where forms that need a file and a line tell a finding that has none. */
final class ReportPlace {
  private ReportPlace() {}

  /** The finding's file; without one the Mesh's, or the folder of all meshes. */
  static String file(Finding finding) {
    return Optional.ofNullable(finding.position())
        .map(SourcePosition::file)
        .orElseGet(() ->
            finding.mesh() == null ? "meshes" : "meshes/" + finding.mesh().value() + "/mesh.yaml");
  }

  /** The finding's line; 1 without one. */
  static int line(Finding finding) {
    return Optional.ofNullable(finding.position()).map(SourcePosition::line).orElse(1);
  }
}
