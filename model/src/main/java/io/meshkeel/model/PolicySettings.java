package io.meshkeel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the repository's {@code policies/config.yaml} says of the rules.
 *
 * @param enforce what denies
 * @param rules in the order of the file
 */
public record PolicySettings(Enforce enforce, List<Setting> rules) {
  /** What holds without a file. */
  public static final PolicySettings DEFAULT = new PolicySettings(Enforce.NEW, List.of());

  public PolicySettings {
    rules = List.copyOf(rules);
  }

  /** Which errors deny. */
  public enum Enforce {
    /** Only what a revision brings in. */
    NEW,
    /** What was there before too. */
    ALL
  }

  /** A rule's severity, as far as a setting changes it. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    OFF
  }

  /**
   * What is said of one rule within one scope.
   *
   * @param rule id
   * @param level its severity there; empty: unchanged
   * @param params parameters that the rule reads, as {@link JsonTree}
   * @param scope where this holds
   * @param position where it is said
   */
  public record Setting(
      String rule,
      Optional<Level> level,
      Map<String, Object> params,
      Scope scope,
      SourcePosition position) {
    public Setting {
      params = Map.copyOf(params);
    }
  }

  /** Where a setting holds; what isn't given matches everything. */
  public record Scope(
      Optional<MeshName> mesh, Optional<ClusterName> cluster, Optional<String> namespace) {
    /** How much it says: the narrower of two scopes says more. */
    public int narrowness() {
      return (mesh.isPresent() ? 1 : 0)
          + (cluster.isPresent() ? 2 : 0)
          + (namespace.isPresent() ? 4 : 0);
    }
  }
}
