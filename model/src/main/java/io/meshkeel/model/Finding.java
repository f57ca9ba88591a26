package io.meshkeel.model;

import java.util.Comparator;
import java.util.List;
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
 * @param cluster where the object was found; null for one of the repository
 * @param related other places that the finding joins, nearest first
 * @param standing whether it may deny
 * @param fix what puts it right for certain; null if there is no such thing
 */
public record Finding(
    String ruleId,
    Severity severity,
    String message,
    @Nullable MeshName mesh,
    @Nullable ResourceKey resource,
    JsonPath path,
    @Nullable SourcePosition position,
    String remediation,
    @Nullable ClusterName cluster,
    List<Related> related,
    Standing standing,
    @Nullable Fix fix) {

  public Finding {
    related = List.copyOf(related);
  }

  /** Without a fix. */
  public Finding(
      String ruleId,
      Severity severity,
      String message,
      @Nullable MeshName mesh,
      @Nullable ResourceKey resource,
      JsonPath path,
      @Nullable SourcePosition position,
      String remediation,
      @Nullable ClusterName cluster,
      List<Related> related,
      Standing standing) {
    this(
        ruleId,
        severity,
        message,
        mesh,
        resource,
        path,
        position,
        remediation,
        cluster,
        related,
        standing,
        null);
  }

  /** Brought in by the revision, as far as is known. */
  public Finding(
      String ruleId,
      Severity severity,
      String message,
      @Nullable MeshName mesh,
      @Nullable ResourceKey resource,
      JsonPath path,
      @Nullable SourcePosition position,
      String remediation,
      @Nullable ClusterName cluster,
      List<Related> related) {
    this(
        ruleId,
        severity,
        message,
        mesh,
        resource,
        path,
        position,
        remediation,
        cluster,
        related,
        Standing.NEW);
  }

  /** About an object of the repository, joined with nothing else. */
  public Finding(
      String ruleId,
      Severity severity,
      String message,
      @Nullable MeshName mesh,
      @Nullable ResourceKey resource,
      JsonPath path,
      @Nullable SourcePosition position,
      String remediation) {
    this(ruleId, severity, message, mesh, resource, path, position, remediation, null, List.of());
  }

  /**
   * Another place that a finding joins.
   *
   * @param resource the other object
   * @param cluster where it was found; null for one of the repository, or of no single cluster
   * @param path the place within the object
   * @param position the place within the repository; null if the object isn't from a file
   */
  public record Related(
      ResourceKey resource,
      @Nullable ClusterName cluster,
      JsonPath path,
      @Nullable SourcePosition position) {}

  /** The same with other related places. */
  public Finding withRelated(List<Related> others) {
    return but(severity, others, standing, fix);
  }

  /** The same with another severity. */
  public Finding with(Severity other) {
    return but(other, related, standing, fix);
  }

  /** The same, taken otherwise. */
  public Finding with(Standing other) {
    return but(severity, related, other, fix);
  }

  /** The same with what puts it right. */
  public Finding with(@Nullable Fix other) {
    return but(severity, related, standing, other);
  }

  private Finding but(
      Severity newSeverity, List<Related> newRelated, Standing newStanding, @Nullable Fix newFix) {
    return new Finding(
        ruleId,
        newSeverity,
        message,
        mesh,
        resource,
        path,
        position,
        remediation,
        cluster,
        newRelated,
        newStanding,
        newFix);
  }

  /** What may deny first, then the worst, then by place: the order of every report. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding f) -> f.standing().state())
          .thenComparing(Finding::severity)
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
    if (cluster != null) {
      line.append("cluster ").append(cluster).append(": ");
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
