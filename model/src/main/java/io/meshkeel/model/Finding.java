package io.meshkeel.model;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, and where. Broken declarations ({@code D…}), schema violations ({@code
 * S…}) and rules ({@code M…}) are all told this way.
 *
 * @param ruleId stable id, for example {@code M101}
 * @param severity after configuration
 * @param message what is wrong, in one sentence, without the place
 * @param mesh the mesh it belongs to; null if none can be told
 * @param resource the object; null if the file could not be read as objects
 * @param path the place within the object
 * @param position the place within the repository; null if the object isn't from a file
 * @param remediation how to fix it, in one sentence
 */
public record Finding(
    String ruleId,
    Severity severity,
    String message,
    @Nullable MeshName mesh,
    @Nullable ResourceKey resource,
    JsonPath path,
    @Nullable SourcePosition position,
    String remediation) {

  /** Worst first, then by place: the order of every report. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(
              f -> Optional.ofNullable(f.position()).map(SourcePosition::file).orElse(""))
          .thenComparing(f -> Optional.ofNullable(f.position()).map(SourcePosition::line).orElse(0))
          .thenComparing(
              f -> Optional.ofNullable(f.position()).map(SourcePosition::column).orElse(0))
          .thenComparing(Finding::ruleId)
          .thenComparing(Finding::message);

  /**
   * {@code file:line:column: Kind namespace/name: message. Fix: remediation [id]}, without what is
   * not known.
   */
  public String oneLine() {
    StringBuilder line = new StringBuilder();
    if (position != null) {
      line.append(position).append(": ");
    }
    if (resource != null) {
      line.append(resource).append(": ");
    }
    line.append(message);
    if (!remediation.isEmpty()) {
      line.append(". Fix: ").append(remediation);
    }
    return line.append(" [").append(ruleId).append(']').toString();
  }
}
