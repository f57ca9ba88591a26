package io.meshkeel.facts.state;

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
import org.jspecify.annotations.Nullable;

/** What one cluster holds. Not thread-safe. */
final class ClusterState {
  private final Mesh.Spec mesh;
  private final Workloads workloads;
  private final Set<GroupKind> looked = new HashSet<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private final Map<String, Manifest> webhooks = new TreeMap<>();
  private final Map<String, InjectorPolicy> policies = new HashMap<>();
  private @Nullable InjectionHooks hooks;
  private @Nullable ClusterInjection injection;

  ClusterState(Mesh.Spec mesh, ClusterName cluster) {
    this.mesh = mesh;
    this.workloads = new Workloads(cluster);
  }

  Workloads workloads() {
    return workloads;
  }

  Set<GroupKind> looked() {
    return looked;
  }

  void look(Set<GroupKind> kinds) {
    looked.addAll(kinds);
    forget();
  }

  void forget() {
    injection = null;
  }

  Map<String, InjectorPolicy> policies() {
    return policies;
  }

  void putNamespace(Manifest namespace) {
    namespaces.put(namespace.key().name(), ClusterInjection.labels(namespace));
    forget();
  }

  void removeNamespace(String name) {
    namespaces.remove(name);
    forget();
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
   * @param injectors policies of the mesh's istiods, by revision
   */
  ClusterInjection injection(Map<String, InjectorPolicy> injectors) {
    ClusterInjection known = injection;
    if (known == null) {
      known =
          ClusterInjection.of(
              hooks(),
              injectors,
              looked.contains(ObservedKinds.NAMESPACE)
                  ? Optional.of(namespaces)
                  : Optional.empty());
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
