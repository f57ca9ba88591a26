package io.meshkeel.declaration;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in one file, before it is known which mesh the file belongs to.
 *
 * @param error what kind of mistake
 * @param message what is wrong, without the place
 * @param remediation how to fix it
 * @param document which document of the file
 * @param path the field; looked up in the file when there is no position
 * @param position where; null as long as only the path is known
 * @param resource the object; null if it has no name
 * @param fix what puts it right for certain; null if there is no such thing
 */
record Problem(
    DeclarationError error,
    String message,
    String remediation,
    int document,
    JsonPath path,
    @Nullable SourcePosition position,
    @Nullable ResourceKey resource,
    @Nullable Fix fix) {

  /** Without a fix. */
  Problem(
      DeclarationError error,
      String message,
      String remediation,
      int document,
      JsonPath path,
      @Nullable SourcePosition position,
      @Nullable ResourceKey resource) {
    this(error, message, remediation, document, path, position, resource, null);
  }

  Problem at(SourcePosition place) {
    return new Problem(error, message, remediation, document, path, place, resource, fix);
  }

  Finding finding(@Nullable MeshName mesh) {
    return new Finding(
            error.id(), Severity.ERROR, message, mesh, resource, path, position, remediation)
        .with(fix);
  }
}
