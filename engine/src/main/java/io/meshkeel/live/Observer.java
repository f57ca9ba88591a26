package io.meshkeel.live;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ManifestPage;
import io.meshkeel.kube.ObservedScope;
import io.meshkeel.kube.Watch;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks once at everything in a cluster that reports and policies ask about. Reads only. A kind
 * that the cluster doesn't serve is empty, a kind that may not be listed is unseen, any other
 * failure fails the whole: half of what is there would be told as all of it. Blocks.
 */
public final class Observer {
  /** Kinds that are listed at the same time. */
  public static final int DEFAULT_PARALLEL = 6;

  /** How often a list is begun again because the cluster forgot its token. */
  private static final int ATTEMPTS = 3;

  private static final String REVISION = "istio.io/rev";

  private Observer() {}

  /**
   * Looks at all kinds.
   *
   * @throws ClusterException if the cluster can't be asked
   */
  public static Observation observe(ClusterName name, Cluster cluster) throws ClusterException {
    Set<GroupKind> served = cluster.served().keySet();
    Map<GroupKind, String> unseen = new TreeMap<>();
    List<Manifest> objects = new ArrayList<>();
    Set<GroupKind> first = Set.of(ObservedKinds.DEPLOYMENT, ObservedKinds.MUTATING_WEBHOOK);
    Set<GroupKind> rest = new TreeSet<>(ObservedKinds.ALL);
    rest.removeAll(first);
    rest.remove(ObservedKinds.CONFIG_MAP);
    gather(cluster, scopes(first, served), objects, unseen);
    List<ObservedScope> scopes = scopes(rest, served);
    // ConfigMaps are asked for by name: nothing else of them concerns a mesh.
    for (String map : configMaps(objects)) {
      scopes.add(new ObservedScope(ObservedKinds.CONFIG_MAP, "", map));
    }
    gather(cluster, scopes, objects, unseen);
    Set<GroupKind> looked = new TreeSet<>(ObservedKinds.ALL);
    looked.removeAll(unseen.keySet());
    objects.removeIf(object -> unseen.containsKey(object.key().groupKind()));
    List<String> remarks = new ArrayList<>();
    parents(cluster, unseen.containsKey(ObservedKinds.CONFIG_MAP), remarks).forEach(objects::add);
    return new Observation(ClusterInventory.of(name, looked, objects), unseen, remarks);
  }

  /** What Meshkeel itself recorded there: the parents of its ApplySets. */
  private static List<Manifest> parents(Cluster cluster, boolean forbidden, List<String> remarks)
      throws ClusterException {
    if (forbidden) {
      return List.of();
    }
    try {
      return list(cluster, new ObservedScope(ObservedKinds.CONFIG_MAP, ApplySet.NAMESPACE, ""))
          .stream()
          .filter(map -> map.labels().containsKey(Labels.APPLYSET_ID))
          .toList();
    } catch (ClusterException e) {
      if (e.reason() != FailureReason.CLUSTER_FORBIDDEN) {
        throw e;
      }
      remarks.add("which revision Meshkeel recorded there is left out: " + e.getMessage());
      return List.of();
    }
  }

  private static List<ObservedScope> scopes(Set<GroupKind> kinds, Set<GroupKind> served) {
    List<ObservedScope> scopes = new ArrayList<>();
    kinds.stream().filter(served::contains).map(ObservedScope::all).forEach(scopes::add);
    return scopes;
  }

  /**
   * Names of istiod's ConfigMaps: {@code istio} and {@code istio-sidecar-injector}, with {@code
   * -<revision>} behind them for each revision but the default one, and the root certificate that
   * istiod puts into namespaces (istio/istio, {@code pilot/pkg/bootstrap} and {@code
   * manifests/charts/istio-control/istio-discovery/templates}).
   */
  private static Set<String> configMaps(List<Manifest> seen) {
    Set<String> names = new TreeSet<>(Set.of("istio", "istio-sidecar-injector"));
    names.add("istio-ca-root-cert");
    for (Manifest object : seen) {
      String revision = JsonTree.string(object.labels(), REVISION, "default");
      if (!revision.equals("default")) {
        names.add("istio-" + revision);
        names.add("istio-sidecar-injector-" + revision);
      }
    }
    return names;
  }

  private static void gather(
      Cluster cluster,
      List<ObservedScope> scopes,
      List<Manifest> objects,
      Map<GroupKind, String> unseen)
      throws ClusterException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(DEFAULT_PARALLEL, Thread.ofVirtual().factory())) {
      List<Future<List<Manifest>>> lists = new ArrayList<>();
      for (ObservedScope scope : scopes) {
        lists.add(threads.submit(() -> list(cluster, scope)));
      }
      for (int i = 0; i < scopes.size(); i++) {
        try {
          objects.addAll(lists.get(i).get());
        } catch (ExecutionException e) {
          refused(e, scopes.get(i).kind(), unseen, lists);
        } catch (InterruptedException e) {
          lists.forEach(list -> list.cancel(true));
          Thread.currentThread().interrupt();
          throw new ClusterException(
              FailureReason.CLUSTER_UNREACHABLE, "interrupted while listing", true, e);
        }
      }
    }
  }

  private static void refused(
      ExecutionException failure,
      GroupKind kind,
      Map<GroupKind, String> unseen,
      List<Future<List<Manifest>>> lists)
      throws ClusterException {
    if (failure.getCause() instanceof ClusterException known
        && known.reason() == FailureReason.CLUSTER_FORBIDDEN) {
      unseen.put(kind, String.valueOf(known.getMessage()));
      return;
    }
    lists.forEach(list -> list.cancel(true));
    if (failure.getCause() instanceof ClusterException known) {
      throw known;
    }
    throw new IllegalStateException("list " + kind, failure.getCause());
  }

  /** All pages; empty if the kind went away meanwhile. */
  private static List<Manifest> list(Cluster cluster, ObservedScope scope) throws ClusterException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        ManifestPage page = cluster.observe(scope, "");
        List<Manifest> objects = new ArrayList<>(page.objects());
        while (!page.next().isEmpty()) {
          page = cluster.observe(scope, page.next());
          objects.addAll(page.objects());
        }
        return objects;
      } catch (Watch.ExpiredException e) {
        // The cluster forgot where the list was; begin again.
      } catch (ClusterException e) {
        if (e.reason() == FailureReason.KIND_NOT_SERVED) {
          return List.of();
        }
        throw e;
      }
    }
    throw new ClusterException(
        FailureReason.CLUSTER_UNREACHABLE,
        "list " + scope.kind() + ": the cluster forgot the list " + ATTEMPTS + " times in a row",
        true,
        null);
  }
}
