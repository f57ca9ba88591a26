package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KindScope;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.kube.ObjectPage;
import io.meshkeel.kube.Watch;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a cluster held at one time. A value. */
public final class LiveSnapshot implements LiveState {
  /** How often a list is begun again because the cluster forgot its token. */
  private static final int ATTEMPTS = 3;

  private final LiveStore store = new LiveStore();
  private final Set<GroupKind> served;
  private final boolean seesNamespaces;
  private ServedSchemas schemas = ServedSchemas.UNKNOWN;

  private LiveSnapshot(
      Collection<LiveObject> objects, Set<GroupKind> served, boolean seesNamespaces) {
    objects.forEach(store::put);
    this.served = Set.copyOf(served);
    this.seesNamespaces = seesNamespaces;
  }

  /** A snapshot of these objects, in a cluster that serves these kinds. */
  public static LiveSnapshot of(Collection<LiveObject> objects, Set<GroupKind> served) {
    return new LiveSnapshot(objects, served, true);
  }

  /**
   * Lists everything once; blocks.
   *
   * @param namespaces only these; empty for the whole cluster
   * @throws ClusterException if anything can't be listed
   */
  public static LiveSnapshot list(Cluster cluster, MeshName mesh, List<String> namespaces)
      throws ClusterException {
    return list(cluster, mesh, namespaces, List.of());
  }

  /**
   * The same with single objects: Secrets. If a right to read them is missing they count as not
   * served.
   *
   * @param single their keys
   */
  public static LiveSnapshot list(
      Cluster cluster, MeshName mesh, List<String> namespaces, Collection<ResourceKey> single)
      throws ClusterException {
    Set<GroupKind> served = cluster.served().keySet();
    List<LiveObject> objects = new ArrayList<>();
    for (KindScope scope : Scopes.of(mesh, namespaces)) {
      if (served.contains(scope.kind())) {
        objects.addAll(list(cluster, scope).objects());
      }
    }
    Set<GroupKind> readable = new HashSet<>(served);
    for (ResourceKey key : single) {
      try {
        cluster.get(key).ifPresent(objects::add);
      } catch (ClusterException e) {
        if (e.reason() != FailureReason.CLUSTER_FORBIDDEN) {
          throw e;
        }
        readable.remove(key.groupKind());
      }
    }
    return new LiveSnapshot(objects, readable, namespaces.isEmpty());
  }

  /** The same cluster, of which it is known what it serves. */
  public LiveSnapshot serving(ServedSchemas known) {
    LiveSnapshot same = new LiveSnapshot(store.objects(), served, seesNamespaces);
    same.schemas = known;
    return same;
  }

  @Override
  public ServedSchemas schemas() {
    return schemas;
  }

  /** All pages of a list, together. */
  static ObjectPage list(Cluster cluster, KindScope scope) throws ClusterException {
    List<LiveObject> objects = new ArrayList<>();
    String version = pages(cluster, scope, objects::clear, objects::addAll);
    return new ObjectPage(objects, version, "");
  }

  /**
   * Lists page by page; blocks.
   *
   * @param begin called before a first page, again if the list had to be begun again
   * @param taker gets each page
   * @return the resource version of the list
   */
  static String pages(
      Cluster cluster, KindScope scope, Runnable begin, Consumer<List<LiveObject>> taker)
      throws ClusterException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        begin.run();
        ObjectPage page = cluster.list(scope, "");
        taker.accept(page.objects());
        while (!page.next().isEmpty()) {
          page = cluster.list(scope, page.next());
          taker.accept(page.objects());
        }
        return page.resourceVersion();
      } catch (Watch.ExpiredException e) {
        // The cluster forgot where the list was; begin again.
      }
    }
    throw new ClusterException(
        FailureReason.CLUSTER_UNREACHABLE,
        "list " + scope.kind() + ": the cluster forgot the list " + ATTEMPTS + " times in a row",
        true,
        null);
  }

  @Override
  public Optional<LiveObject> get(ResourceKey key) {
    return store.get(key);
  }

  @Override
  public Collection<ResourceKey> inventory(String applySetId) {
    return store.inventory(applySetId);
  }

  @Override
  public Collection<ResourceKey> shared(MeshName mesh) {
    return store.shared(mesh.value());
  }

  @Override
  public int inventorySize(String applySetId) {
    return store.inventorySize(applySetId);
  }

  @Override
  public boolean serves(GroupKind kind) {
    return served.contains(kind);
  }

  @Override
  public boolean seesNamespaces() {
    return seesNamespaces && served.contains(Kinds.NAMESPACE);
  }
}
