package io.meshkeel.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A reviewed exception with an end: findings of one rule that it matches don't deny.
 *
 * @param name {@code metadata.name}, unique in the repository
 * @param position where it is declared
 * @param rule id of exactly one rule
 * @param match what it is about; what isn't given matches everything
 * @param reason why it may be
 * @param ticket where it is followed up
 * @param owner who answers for it
 * @param expires the last day on which it holds, in UTC
 */
public record Waiver(
    String name,
    SourcePosition position,
    String rule,
    Match match,
    String reason,
    Optional<String> ticket,
    String owner,
    LocalDate expires) {

  /**
   * Which findings are meant.
   *
   * @param path the place within the object as reports show it, for example {@code
   *     spec.http[0].route}; one above the finding's place matches too
   */
  public record Match(
      Optional<MeshName> mesh,
      Optional<ClusterName> cluster,
      Optional<String> kind,
      Optional<String> namespace,
      Optional<String> name,
      Optional<String> path) {
    /** Whether it names no object at all, only a rule and perhaps a mesh. */
    public boolean wide() {
      return kind.isEmpty() && namespace.isEmpty() && name.isEmpty() && path.isEmpty();
    }
  }
}
