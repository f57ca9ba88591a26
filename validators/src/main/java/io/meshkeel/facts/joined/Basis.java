package io.meshkeel.facts.joined;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a {@link JoinedCore} is a function of, but for the time.
 *
 * @param objects that are declared, without the kinds that aren't read
 * @param held of the clusters of the mesh that were looked at, in the same way
 */
record Basis(
    List<MeshCluster> clusters,
    List<OwnDeclaration> own,
    List<Declaration> objects,
    List<ClusterInventory> held,
    Optional<Traffic> traffic,
    boolean complete) {
  /**
   * Kinds of which nothing is read here but by their own object's facts. Whoever wants to read one
   * takes it out of here first; until then there are none to be seen. With files written by hand
   * all are left in, since which kinds there are tells what somebody thought of.
   */
  static final Set<GroupKind> UNREAD =
      Stream.of(
              "networking.istio.io/VirtualService",
              "networking.istio.io/Gateway",
              "networking.istio.io/EnvoyFilter",
              "networking.istio.io/ProxyConfig",
              "telemetry.istio.io/Telemetry",
              "extensions.istio.io/WasmPlugin",
              "extensions.istio.io/TrafficExtension",
              "gateway.networking.k8s.io/HTTPRoute",
              "gateway.networking.k8s.io/GRPCRoute",
              "gateway.networking.k8s.io/TLSRoute",
              "gateway.networking.k8s.io/TCPRoute")
          .map(name -> name.split("/"))
          .map(parts -> new GroupKind(parts[0], parts[1]))
          .collect(Collectors.toUnmodifiableSet());

  /** More changes than these cost more one by one than everything anew. */
  private static final int MOST_CHANGES = 2_000;

  static Basis of(MeshDeclarations mesh, Evidence evidence) {
    Set<GroupKind> unread = evidence.complete() ? UNREAD : Set.of();
    List<Declaration> objects = new ArrayList<>();
    for (Declaration object : mesh.objects()) {
      if (!unread.contains(object.manifest().key().groupKind())) {
        objects.add(object);
      }
    }
    List<ClusterInventory> held = new ArrayList<>();
    for (MeshCluster cluster : mesh.clusters()) {
      evidence
          .inventory()
          .of(cluster.name())
          .ifPresent(inventory -> held.add(inventory.without(unread)));
    }
    return new Basis(
        mesh.clusters(), mesh.own(), objects, held, evidence.traffic(), evidence.complete());
  }

  /**
   * In what a later basis differs.
   *
   * @param declared under which keys something else is declared
   * @param found under which keys a cluster holds something else
   */
  record Difference(Set<ResourceKey> declared, Map<ClusterName, Set<ResourceKey>> found) {
    boolean isEmpty() {
      return declared.isEmpty() && found.isEmpty();
    }

    int size() {
      return declared.size() + found.values().stream().mapToInt(Set::size).sum();
    }
  }

  /**
   * In what another basis differs from this one, beside the traffic; empty if in more than single
   * objects, in very many of them, or in some of kinds that weren't looked at.
   */
  Optional<Difference> difference(Basis other) {
    if (complete != other.complete
        || !clusters.equals(other.clusters)
        || !identical(own, other.own)
        || held.size() != other.held.size()) {
      return Optional.empty();
    }
    Map<ClusterName, Set<ResourceKey>> found = new TreeMap<>();
    for (int i = 0; i < held.size(); i++) {
      ClusterInventory before = held.get(i);
      Optional<Set<ResourceKey>> keys = before.difference(other.held.get(i), MOST_CHANGES);
      if (keys.isEmpty() || !keys.get().stream().allMatch(key -> before.knows(key.groupKind()))) {
        return Optional.empty();
      }
      if (!keys.get().isEmpty()) {
        found.put(before.cluster(), keys.get());
      }
    }
    return changed(objects, other.objects).map(declared -> new Difference(declared, found));
  }

  @SuppressWarnings("ReferenceEquality") // A file that didn't change yields the same instances.
  private static <T> boolean identical(List<T> one, List<T> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** The keys of what came and went; empty if much did, or if what stayed is in another order. */
  @SuppressWarnings("ReferenceEquality") // A file that didn't change yields the same instances.
  private static Optional<Set<ResourceKey>> changed(
      List<Declaration> before, List<Declaration> now) {
    int start = 0;
    int end = before.size();
    int ends = now.size();
    while (start < Math.min(end, ends) && before.get(start) == now.get(start)) {
      start++;
    }
    while (start < Math.min(end, ends) && before.get(end - 1) == now.get(ends - 1)) {
      end--;
      ends--;
    }
    List<Declaration> old = before.subList(start, end);
    List<Declaration> young = now.subList(start, ends);
    Set<Declaration> there = identities(old);
    Set<Declaration> here = identities(young);
    if (!identical(
        old.stream().filter(here::contains).toList(),
        young.stream().filter(there::contains).toList())) {
      return Optional.empty();
    }
    Set<ResourceKey> keys = new HashSet<>();
    old.stream().filter(one -> !here.contains(one)).forEach(one -> keys.add(one.manifest().key()));
    young.stream()
        .filter(one -> !there.contains(one))
        .forEach(one -> keys.add(one.manifest().key()));
    return keys.size() > MOST_CHANGES ? Optional.empty() : Optional.of(keys);
  }

  private static Set<Declaration> identities(List<Declaration> objects) {
    Set<Declaration> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(objects);
    return all;
  }
}
