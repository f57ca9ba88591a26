package io.meshkeel.facts.security;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.SelectorIndex;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Policies of one kind, found by the workloads that they are attached to: those of the workload's
 * own namespace and of the root namespace. Who reads notes it. Changed by one thread while nobody
 * reads; read by any.
 */
final class AttachedPolicies {
  private static final Scopes NOWHERE = new Scopes(false, Set.of());

  private record Entry(Manifest manifest, Attachment attachment) {}

  private final Mesh.Spec mesh;
  private final String kind;
  private final Map<ResourceKey, Entry> all = new HashMap<>();
  private final Map<String, SelectorIndex<ResourceKey>> selecting = new HashMap<>();
  private final Map<String, TreeSet<ResourceKey>> targeting = new HashMap<>();
  private final Marks<String> namespaces = new Marks<>();
  private final Marks<ResourceKey> single = new Marks<>();

  /**
   * @param kind of group {@code security.istio.io}
   */
  AttachedPolicies(Mesh.Spec mesh, String kind) {
    this.mesh = mesh;
    this.kind = kind;
  }

  /** Whether an object is of this kind. */
  boolean isOne(ResourceKey key) {
    return key.group().equals("security.istio.io") && key.kind().equals(kind);
  }

  /** The namespaces whose workloads may be different now; other kinds are left alone. */
  Scopes put(Manifest object) {
    ResourceKey key = object.key();
    if (!isOne(key)) {
      return NOWHERE;
    }
    remove(key);
    if (ConfigOrder.isTaken(object, mesh.revision())) {
      Attachment attachment = Attachment.of(object);
      all.put(key, new Entry(object, attachment));
      if (attachment.targeted()) {
        targeting.computeIfAbsent(key.namespace(), n -> new TreeSet<>()).add(key);
      } else {
        selecting
            .computeIfAbsent(key.namespace(), n -> new SelectorIndex<>())
            .put(key, attachment.selector());
      }
    }
    return reach(key);
  }

  /** The namespaces whose workloads may be different now; other kinds are left alone. */
  Scopes remove(ResourceKey key) {
    if (!isOne(key)) {
      return NOWHERE;
    }
    namespaces.change(key.namespace());
    single.change(key);
    if (all.remove(key) != null) {
      SelectorIndex<ResourceKey> index = selecting.get(key.namespace());
      if (index != null) {
        index.remove(key);
      }
      TreeSet<ResourceKey> targets = targeting.get(key.namespace());
      if (targets != null && targets.remove(key) && targets.isEmpty()) {
        targeting.remove(key.namespace());
      }
    }
    return reach(key);
  }

  private Scopes reach(ResourceKey key) {
    return key.namespace().equals(mesh.rootNamespace())
        ? Scopes.EVERYWHERE
        : new Scopes(false, Set.of(key.namespace()));
  }

  /** Something of one policy is read, there or not. */
  void read(ResourceKey policy) {
    single.read(policy);
  }

  /**
   * The labels by which a policy selects workloads; empty if it isn't there, is for all, or has
   * targets.
   */
  Map<String, String> selector(ResourceKey policy) {
    single.read(policy);
    Entry entry = all.get(policy);
    return entry == null || entry.attachment().targeted()
        ? Map.of()
        : entry.attachment().selector();
  }

  /** Whether one policy is among those of a workload. */
  boolean reaches(
      ResourceKey policy, String namespace, Map<String, String> labels, Proxy.Role role) {
    single.read(policy);
    Entry entry = all.get(policy);
    String from = policy.namespace();
    return entry != null
        && (from.equals(namespace) || from.equals(mesh.rootNamespace()))
        && entry.attachment().reaches(from, namespace, labels, role, mesh.rootNamespace());
  }

  /** The policies of a workload, oldest first. */
  List<Manifest> reaching(String namespace, Map<String, String> labels, Proxy.Role role) {
    List<Manifest> found = new ArrayList<>();
    for (String from : new TreeSet<>(List.of(namespace, mesh.rootNamespace()))) {
      namespaces.read(from);
      SelectorIndex<ResourceKey> index = selecting.get(from);
      Stream<ResourceKey> candidates =
          Stream.concat(
              index == null ? Stream.of() : index.matching(labels).stream(),
              labels.containsKey(PodShape.GATEWAY_NAME)
                  ? targeting.getOrDefault(from, new TreeSet<>()).stream()
                  : Stream.of());
      candidates
          .map(key -> Objects.requireNonNull(all.get(key)))
          .filter(entry ->
              entry.attachment().reaches(from, namespace, labels, role, mesh.rootNamespace()))
          .forEach(entry -> found.add(entry.manifest()));
    }
    found.sort(ConfigOrder.OLDEST_FIRST);
    return found;
  }
}
