package io.meshkeel.facts.state;

import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.InjectionHooks;
import io.meshkeel.facts.injection.InjectorPolicy;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster holds. Who reads notes it. Changed by one thread while nobody reads; once
 * injection was asked for, and workloads are settled, read by any.
 */
final class ClusterState {
  private final Mesh.Spec mesh;
  private final Workloads workloads;
  private final Set<GroupKind> looked = new HashSet<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private final Map<String, Manifest> webhooks = new TreeMap<>();
  private final Map<String, InjectorPolicy> policies = new HashMap<>();
  private final Mark injected = new Mark();
  private final Marks<String> labels = new Marks<>();
  private @Nullable InjectionHooks hooks;
  private @Nullable ClusterInjection injection;

  ClusterState(Mesh.Spec mesh, ClusterName cluster) {
    this.mesh = mesh;
    this.workloads = new Workloads(cluster);
  }

  Workloads workloads() {
    return workloads;
  }

  void look(Set<GroupKind> kinds) {
    if (looked.addAll(kinds)) {
      forget();
    }
  }

  void forget() {
    injection = null;
    injected.change();
  }

  Map<String, InjectorPolicy> policies() {
    return policies;
  }

  void putNamespace(Manifest namespace) {
    Map<String, String> now = ClusterInjection.labels(namespace);
    if (!now.equals(namespaces.put(namespace.key().name(), now))) {
      relabel(namespace.key().name());
    }
  }

  void removeNamespace(String name) {
    namespaces.remove(name);
    relabel(name);
  }

  /** Who read labels of other namespaces need not know. */
  private void relabel(String namespace) {
    injection = null;
    labels.change(namespace);
  }

  void putWebhook(Manifest webhook) {
    webhooks.put(webhook.key().name(), webhook);
    hooks = null;
    forget();
  }

  void removeWebhook(String name) {
    webhooks.remove(name);
    hooks = null;
    forget();
  }

  /**
   * Injection in this cluster.
   *
   * @param injectors tells the policies of the mesh's istiods, by revision
   */
  ClusterInjection injection(Supplier<Map<String, InjectorPolicy>> injectors) {
    injected.read();
    ClusterInjection known = injection;
    if (known == null) {
      known =
          ClusterInjection.of(
              hooks(),
              injectors.get(),
              looked.contains(ObservedKinds.NAMESPACE) ? Optional.of(namespaces) : Optional.empty(),
              labels);
      injection = known;
    }
    return known;
  }

  private InjectionHooks hooks() {
    if (!looked.contains(ObservedKinds.MUTATING_WEBHOOK)) {
      return InjectionHooks.ofIstio(mesh.revision());
    }
    InjectionHooks known = hooks;
    if (known == null) {
      known = InjectionHooks.of(webhooks.values());
      hooks = known;
    }
    return known;
  }
}
