package io.meshkeel.model;

import java.util.Map;

/**
 * A {@code Mesh} declaration ({@code meshkeel.io/v1alpha1}).
 *
 * @param name {@code metadata.name}
 * @param folder the folder that holds it: all declarations below are its own
 * @param position where it is declared
 * @param annotations {@code metadata.annotations}
 * @param spec its fields, defaults filled in
 */
public record Mesh(
    MeshName name,
    String folder,
    SourcePosition position,
    Map<String, String> annotations,
    Spec spec) {
  public Mesh {
    annotations = Map.copyOf(annotations);
  }

  /**
   * @param istioVersion {@code major.minor}, for example {@code 1.31}
   * @param topology how the control plane is laid out
   * @param revision istiod's revision
   * @param rootNamespace Istio's root namespace
   * @param clusterDomain DNS domain of services
   * @param trustDomain SPIFFE trust domain
   * @param drift what to do about drift
   * @param conflicts what to do about fields another manager owns
   * @param onRemoval what happens when the mesh or a cluster leaves the repository
   * @param prune limits of pruning
   * @param adopt take over objects that exist and aren't ours
   * @param suspend stop applying; keep judging and watching
   */
  public record Spec(
      String istioVersion,
      Topology topology,
      String revision,
      String rootNamespace,
      String clusterDomain,
      String trustDomain,
      DriftMode drift,
      Conflicts conflicts,
      OnRemoval onRemoval,
      Prune prune,
      boolean adopt,
      boolean suspend) {}

  /** {@code spec.topology}. */
  public enum Topology {
    PRIMARY_REMOTE("PrimaryRemote"),
    MULTI_PRIMARY("MultiPrimary"),
    EXTERNAL("External");

    private final String word;

    Topology(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /** {@code spec.drift.mode} and the annotation {@code meshkeel.io/drift}. */
  public enum DriftMode {
    REPORT("Report"),
    HEAL("Heal"),
    IGNORE("Ignore");

    private final String word;

    DriftMode(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /** {@code spec.conflicts}: a field that another manager owns. */
  public enum Conflicts {
    FAIL("Fail"),
    TAKE("Take");

    private final String word;

    Conflicts(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /** {@code spec.onRemoval}. */
  public enum OnRemoval {
    RELEASE("Release"),
    DELETE("Delete");

    private final String word;

    OnRemoval(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /**
   * {@code spec.prune}.
   *
   * @param enabled whether anything is pruned
   * @param maxObjects most objects pruned from one cluster at once
   * @param maxPercent most of a cluster's inventory pruned at once, in percent
   */
  public record Prune(boolean enabled, int maxObjects, int maxPercent) {
    public static final Prune DEFAULT = new Prune(true, 50, 30);
  }
}
