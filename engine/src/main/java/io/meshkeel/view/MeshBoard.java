package io.meshkeel.view;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.facts.state.Touched;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The modules' rows of one mesh, kept up to date object by object: a change costs what it touches,
 * not what the mesh holds. One thread changes it and asks for {@link #scene}s, which are values for
 * any thread. The rows are those that {@link Scene#of} gives for the same declarations and
 * clusters.
 */
public final class MeshBoard {
  /** Where what a cluster holds is read from. Any thread. */
  public interface Source {
    /** The kinds that are looked at. */
    Set<GroupKind> known();

    /** One object of these kinds, as it is now. */
    Optional<Manifest> get(ResourceKey key);

    /** One object as a comparison with what is declared wants it. */
    Optional<LiveObject> live(ResourceKey key);

    /** All objects of these kinds. */
    Collection<Manifest> objects();
  }

  private final Map<ClusterName, KeptCluster> held = new TreeMap<>();
  private MeshDeclarations declared;
  private List<Finding> findings;
  private Map<ClusterName, DesiredState> states;
  private SceneFacts facts;
  private Scene scene;
  private BoardRows rows;

  /**
   * @param declared the mesh
   * @param findings of its last verdict
   * @param states what each cluster should hold, as rendered for these declarations
   */
  public MeshBoard(
      MeshDeclarations declared, List<Finding> findings, Map<ClusterName, DesiredState> states) {
    this.declared = declared;
    this.findings = List.copyOf(findings);
    this.states = Map.copyOf(states);
    List<SceneCluster> clusters = clusters();
    this.scene = Scene.kept(declared, this.findings, clusters, Optional.empty());
    this.facts = scene.facts();
    this.rows = new BoardRows(scene, this.states);
  }

  private List<SceneCluster> clusters() {
    return Scene.clusters(declared, name -> Optional.ofNullable(held.get(name)));
  }

  /** Whether it takes in what this cluster holds already. */
  public boolean holds(ClusterName cluster) {
    return held.containsKey(cluster);
  }

  /**
   * Reads anew all that clusters hold, and makes all rows anew: for a cluster that joined, left or
   * is reached by another connection, and when other kinds of objects became known.
   *
   * @param sources of the clusters that are reached
   */
  public void refill(Map<ClusterName, Source> sources) {
    held.clear();
    sources.forEach((name, source) -> {
      KeptCluster cluster = new KeptCluster(source);
      cluster.refill();
      held.put(name, cluster);
    });
    rebuild();
  }

  private void rebuild() {
    scene = Scene.kept(declared, findings, clusters(), Optional.empty());
    facts = scene.facts();
    rows = new BoardRows(scene, states);
  }

  /** The kinds of a cluster that the rows know of; none if it isn't taken in. */
  public Set<GroupKind> known(ClusterName cluster) {
    KeptCluster kept = held.get(cluster);
    return kept == null ? Set.of() : kept.known();
  }

  /** Takes in another revision, or other findings of the same. */
  public void declare(
      MeshDeclarations next, List<Finding> found, Map<ClusterName, DesiredState> wanted) {
    MeshDeclarations before = declared;
    Map<ClusterName, DesiredState> wantedBefore = states;
    List<Finding> foundBefore = findings;
    declared = next;
    findings = List.copyOf(found);
    states = Map.copyOf(wanted);
    if (!sameFrame(before, next)) {
      held.keySet().retainAll(next.clusters().stream().map(MeshCluster::name).toList());
      rebuild();
      return;
    }
    Scene earlier = scene;
    scene = Scene.kept(next, findings, clusters(), Optional.of(facts));
    Map<ClusterName, Set<ResourceKey>> changed = new HashMap<>();
    Set<ResourceKey> judged = judgedOtherwise(foundBefore, findings);
    for (SceneCluster cluster : scene.clusters()) {
      Set<ResourceKey> keys = new HashSet<>(judged);
      DesiredState now = states.get(cluster.name());
      DesiredState then = wantedBefore.get(cluster.name());
      if (now != null && then != null) {
        keys.addAll(now.changedSince(then));
      }
      changed.put(cluster.name(), keys);
    }
    rows.redeclare(scene, states, changed, !earlier.governed().equals(scene.governed()));
  }

  /** Whether the facts of one revision hold for another, as far as clusters alone decide. */
  private boolean sameFrame(MeshDeclarations one, MeshDeclarations other) {
    return one.mesh().spec().equals(other.mesh().spec())
        && frame(one).equals(frame(other))
        && scene.controlPlanes().stream().allMatch(SceneFacts::knowsPolicies);
  }

  private static Map<ClusterName, MeshCluster.Role> frame(MeshDeclarations mesh) {
    Map<ClusterName, MeshCluster.Role> roles = new TreeMap<>();
    mesh.clusters().forEach(cluster -> roles.put(cluster.name(), cluster.role()));
    return roles;
  }

  /** The resources about which something else was found. */
  private static Set<ResourceKey> judgedOtherwise(List<Finding> one, List<Finding> other) {
    Map<ResourceKey, Integer> counts = new HashMap<>();
    one.forEach(finding -> count(counts, finding, -1));
    other.forEach(finding -> count(counts, finding, 1));
    counts.values().removeIf(difference -> difference == 0);
    return counts.keySet();
  }

  private static void count(Map<ResourceKey, Integer> counts, Finding finding, int by) {
    ResourceKey about = finding.resource();
    if (about != null) {
      counts.merge(about, by, Integer::sum);
    }
  }

  /** Objects of a cluster that is taken in may be others now. */
  public void touch(ClusterName name, Set<ResourceKey> keys) {
    KeptCluster kept = held.get(name);
    SceneCluster cluster =
        scene.clusters().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    if (kept == null || cluster == null) {
      return;
    }
    for (ResourceKey key : keys) {
      Optional<Manifest> now = kept.refresh(key);
      Touched touched = facts.change(name, key, now);
      Set<String> hosts =
          cluster.controlPlane() && HostObjects.KINDS.contains(key.groupKind())
              ? facts.changeHosts(cluster, key, now, scene)
              : Set.of();
      rows.touched(cluster, key, touched, hosts);
    }
  }

  /** The rows as they are now. */
  public Scene scene() {
    return scene.shown(rows.now());
  }
}
