package io.meshkeel.facts;

import io.meshkeel.model.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The objects of one mesh, joined: indexes built once for a revision, then asked for the slice of
 * each object. Building is linear in the number of objects. Once built, any thread may ask.
 *
 * <p>A slice is JSON ({@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code Integer}),
 * immutable, and equal to another exactly if a rule would be told the same. Its fields are left out
 * where there is nothing to tell; each {@link FactIndex} says which are its own.
 */
public final class MeshFacts {
  /** Most related objects that a slice names: beyond that, more names help nobody. */
  public static final int MAX_RELATED = 20;

  private final List<FactIndex> indexes;

  private MeshFacts(
      Mesh.Spec mesh, ClusterContents clusters, Collection<? extends FactIndex> more) {
    this.indexes =
        Stream.<FactIndex>concat(indexes(mesh, clusters).stream(), more.stream()).toList();
  }

  /** New indexes of what objects of a repository tell of one another. */
  public static List<KeptIndex> indexes(Mesh.Spec mesh, ClusterContents clusters) {
    return List.of(
        new SharedHosts(),
        new GatewayReferences(),
        new RoutedSubsets(mesh, clusters),
        new ShortHosts(mesh, clusters),
        new GatewayListeners(clusters),
        new NamespaceDefaults(),
        new GatewayHosts(mesh.clusterDomain()),
        new PortlessDestinations(clusters),
        new UnroutedSubsets(),
        new CatchAllRoutes(),
        new MergedRules(),
        new UnusedSubsets(),
        new EntryTwins(),
        new SharedCertificates(clusters),
        new GuardedHosts(clusters),
        new ClaimRoutes(mesh));
  }

  /**
   * Joins objects.
   *
   * @param mesh names of the root namespace and the cluster domain
   * @param objects the objects of the mesh, in any order; what can't be read of one is left out
   */
  public static MeshFacts of(Mesh.Spec mesh, Iterable<? extends ObjectView> objects) {
    return of(mesh, objects, ClusterContents.NONE, List.of());
  }

  /**
   * Joins objects.
   *
   * @param mesh names of the root namespace and the cluster domain
   * @param objects the objects of the mesh, in any order; what can't be read of one is left out
   * @param clusters what clusters hold
   * @param more indexes of what is known beside the objects
   */
  public static MeshFacts of(
      Mesh.Spec mesh,
      Iterable<? extends ObjectView> objects,
      ClusterContents clusters,
      Collection<? extends FactIndex> more) {
    MeshFacts facts = new MeshFacts(mesh, clusters, more);
    // No index knows of another, so each is built by one thread from first to last.
    facts.indexes.parallelStream().forEach(index -> objects.forEach(index::add));
    return facts;
  }

  /** What a rule needs to know beside the object itself; empty if nothing. */
  public Map<String, Object> slice(ObjectView object) {
    return tell(object).toMap();
  }

  /** The same with what can't be judged. */
  public Slice tell(ObjectView object) {
    Slice slice = new Slice();
    indexes.forEach(index -> index.tell(object, slice));
    return slice;
  }
}
