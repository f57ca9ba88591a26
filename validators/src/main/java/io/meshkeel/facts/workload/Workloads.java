package io.meshkeel.facts.workload;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of one cluster: what controls pods, joined with the pods. A change costs what the
 * workload it touches costs. Who reads notes it. Not thread-safe, but once settled any thread may
 * read until the next change.
 */
public final class Workloads {
  private static final Set<String> CONTROLLERS =
      Set.of(
          "apps/Deployment",
          "apps/StatefulSet",
          "apps/DaemonSet",
          "apps/ReplicaSet",
          "batch/Job",
          "batch/CronJob",
          "/ReplicationController",
          "argoproj.io/Rollout",
          "apps.openshift.io/DeploymentConfig");
  private static final Comparator<Pod> NEWEST =
      Comparator.comparing(Pod::created).thenComparing(Pod::name);

  private final ClusterName cluster;
  private final Map<WorkloadKey, PodShape> templates = new HashMap<>();
  private final Map<WorkloadKey, Workload> entries = new HashMap<>();
  private final Map<WorkloadKey, WorkloadKey> parents = new HashMap<>();
  private final Map<WorkloadKey, Set<WorkloadKey>> children = new HashMap<>();
  private final Map<WorkloadKey, TreeMap<String, Pod>> pods = new HashMap<>();
  private final Map<ResourceKey, WorkloadKey> controllerOf = new HashMap<>();
  private final Set<WorkloadKey> stale = new HashSet<>();
  private final WorkloadTable table = new WorkloadTable();

  public Workloads(ClusterName cluster) {
    this.cluster = cluster;
  }

  /** The workloads of an inventory. */
  public static Workloads of(ClusterInventory inventory) {
    Workloads workloads = new Workloads(inventory.cluster());
    inventory.objects().forEach(workloads::put);
    return workloads;
  }

  public ClusterName cluster() {
    return cluster;
  }

  /**
   * Takes in an object that appeared or changed; one that is no workload is left alone.
   *
   * @return the workloads that may be different now
   */
  public Set<WorkloadKey> put(Manifest object) {
    String kind = object.key().group() + "/" + object.key().kind();
    if (kind.equals("/Pod")) {
      return putPod(object);
    }
    if (kind.equals("networking.istio.io/WorkloadEntry")) {
      WorkloadKey key = own(object.key());
      entries.put(key, EntryWorkload.of(key, object));
      return touched(key);
    }
    return CONTROLLERS.contains(kind) ? putController(object) : Set.of();
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the workloads that may be different now
   */
  public Set<WorkloadKey> remove(ResourceKey object) {
    WorkloadKey key = own(object);
    if (object.groupKind().kind().equals("Pod") && object.group().isEmpty()) {
      return dropPod(object);
    }
    if (entries.remove(key) != null) {
      return touched(key);
    }
    if (!CONTROLLERS.contains(object.group() + "/" + object.kind())) {
      return Set.of();
    }
    Set<WorkloadKey> touched = new HashSet<>(touched(root(key)));
    templates.remove(key);
    adopt(key, null);
    touched.addAll(touched(key));
    return Set.copyOf(touched);
  }

  private WorkloadKey own(ResourceKey key) {
    return new WorkloadKey(cluster, key.namespace(), key.kind(), key.name());
  }

  private Set<WorkloadKey> putPod(Manifest object) {
    Set<WorkloadKey> touched = new HashSet<>(dropPod(object.key()));
    Owners.Owner owner = Owners.of(object);
    WorkloadKey controller =
        new WorkloadKey(cluster, object.key().namespace(), owner.kind(), owner.name());
    controllerOf.put(object.key(), controller);
    pods.computeIfAbsent(controller, c -> new TreeMap<>()).put(object.key().name(), Pod.of(object));
    touched.addAll(touched(root(controller)));
    return Set.copyOf(touched);
  }

  private Set<WorkloadKey> dropPod(ResourceKey pod) {
    WorkloadKey controller = controllerOf.remove(pod);
    if (controller == null) {
      return Set.of();
    }
    TreeMap<String, Pod> siblings = pods.get(controller);
    if (siblings != null) {
      siblings.remove(pod.name());
      if (siblings.isEmpty()) {
        pods.remove(controller);
      }
    }
    return touched(root(controller));
  }

  private Set<WorkloadKey> putController(Manifest object) {
    WorkloadKey key = own(object.key());
    Set<WorkloadKey> touched = new HashSet<>(touched(root(key)));
    Map<String, Object> spec = object.spec();
    if (key.kind().equals("CronJob")) {
      spec = JsonTree.map(JsonTree.map(spec, "jobTemplate"), "spec");
    }
    if (JsonTree.map(spec, "template").isEmpty()) {
      templates.remove(key);
    } else {
      templates.put(key, PodShape.of(JsonTree.map(spec, "template")));
    }
    adopt(
        key,
        Owners.controller(object)
            .map(owner -> new WorkloadKey(cluster, key.namespace(), owner.kind(), owner.name()))
            .orElse(null));
    touched.addAll(touched(root(key)));
    touched.addAll(touched(key));
    return Set.copyOf(touched);
  }

  private void adopt(WorkloadKey key, @Nullable WorkloadKey parent) {
    WorkloadKey before = parent == null ? parents.remove(key) : parents.put(key, parent);
    if (before != null) {
      Set<WorkloadKey> siblings = children.get(before);
      if (siblings != null && siblings.remove(key) && siblings.isEmpty()) {
        children.remove(before);
      }
    }
    if (parent != null) {
      children.computeIfAbsent(parent, p -> new HashSet<>()).add(key);
    }
  }

  /** A ReplicaSet's Deployment, a Job's CronJob; what nothing controls is its own root. */
  private WorkloadKey root(WorkloadKey key) {
    WorkloadKey at = key;
    for (int depth = 0; depth < 4; depth++) {
      WorkloadKey parent = parents.get(at);
      if (parent == null) {
        return at;
      }
      at = parent;
    }
    return at;
  }

  private Set<WorkloadKey> touched(WorkloadKey key) {
    stale.add(key);
    return Set.of(key);
  }

  private @Nullable Workload assemble(WorkloadKey key) {
    Workload entry = entries.get(key);
    if (entry != null) {
      return entry;
    }
    if (parents.containsKey(key)) {
      return null;
    }
    List<Pod> all = new ArrayList<>();
    gather(key, all, 0);
    PodShape template = templates.get(key);
    if (template == null && all.isEmpty()) {
      return null;
    }
    PodShape shape = template != null ? template : all.stream().max(NEWEST).orElseThrow().shape();
    all.removeIf(Pod::finished);
    if (template == null && all.isEmpty()) {
      return null;
    }
    all.sort(Comparator.comparing(Pod::name));
    return new Workload(key, shape, template != null, all, Optional.empty());
  }

  private void gather(WorkloadKey key, List<Pod> all, int depth) {
    all.addAll(pods.getOrDefault(key, new TreeMap<>()).values());
    if (depth < 4) {
      children.getOrDefault(key, Set.of()).forEach(child -> gather(child, all, depth + 1));
    }
  }

  private WorkloadTable fresh() {
    for (WorkloadKey key : stale) {
      table.put(key, assemble(key));
    }
    stale.clear();
    return table;
  }

  /** Joins what changed, so that reading changes nothing. */
  public void settle() {
    fresh();
  }

  /** One workload, if it is there. */
  public Optional<Workload> get(WorkloadKey key) {
    return fresh().get(key);
  }

  /** All workloads, by namespace and name. */
  public List<Workload> all() {
    return fresh().all();
  }

  /** The workloads of a namespace, by name. */
  public Collection<Workload> inNamespace(String namespace) {
    return fresh().inNamespace(namespace);
  }

  /**
   * The workloads of a namespace that a selector of equal labels takes, by name; costs about as
   * much as its answer.
   *
   * @param selector an empty one takes all
   */
  public List<Workload> select(String namespace, Map<String, String> selector) {
    return fresh().select(namespace, selector);
  }

  /** The workloads of all namespaces that a selector takes, as a Gateway's does. */
  public List<Workload> selectEverywhere(Map<String, String> selector) {
    return fresh().selectEverywhere(selector);
  }

  /** The namespaces that hold workloads. */
  public Set<String> namespaces() {
    return Set.copyOf(new TreeSet<>(fresh().namespaces()));
  }
}
