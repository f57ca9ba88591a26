package io.meshkeel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * @param observability where figures of the mesh come from
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
      boolean suspend,
      Observability observability) {

    /** Without {@code spec.observability}. */
    public Spec(
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
        boolean suspend) {
      this(
          istioVersion,
          topology,
          revision,
          rootNamespace,
          clusterDomain,
          trustDomain,
          drift,
          conflicts,
          onRemoval,
          prune,
          adopt,
          suspend,
          Observability.NONE);
    }
  }

  /**
   * {@code spec.observability}.
   *
   * @param prometheus where traffic is asked about
   * @param grafana URL of the Grafana that has Istio's dashboards
   */
  public record Observability(List<Prometheus> prometheus, Optional<String> grafana) {
    public static final Observability NONE = new Observability(List.of(), Optional.empty());

    public Observability {
      prometheus = List.copyOf(prometheus);
    }
  }

  /**
   * One Prometheus.
   *
   * @param cluster the cluster whose proxies it scrapes; empty: all of the mesh
   * @param url its base URL
   * @param credential name of a credential that the service was given
   */
  public record Prometheus(
      Optional<ClusterName> cluster, String url, Optional<String> credential) {}

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
