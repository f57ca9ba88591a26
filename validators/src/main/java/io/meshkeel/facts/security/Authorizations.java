package io.meshkeel.facts.security;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.SelectorIndex;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The AuthorizationPolicies of a mesh: {@code ListAuthorizationPolicies} in {@code
 * pilot/pkg/model/authorization.go} of istio/istio, release 1.31. Those of the root namespace count
 * for all namespaces. Not thread-safe.
 */
public final class Authorizations {
  private static final Scopes NOWHERE = new Scopes(false, Set.of());

  private record Entry(Manifest manifest, AuthorizationView view, Attachment attachment) {}

  private final Mesh.Spec mesh;
  private final Map<ResourceKey, Entry> all = new HashMap<>();
  private final Map<String, SelectorIndex<ResourceKey>> selecting = new HashMap<>();
  private final Map<String, TreeSet<ResourceKey>> targeting = new HashMap<>();

  public Authorizations(Mesh.Spec mesh) {
    this.mesh = mesh;
  }

  /** Those among the objects of a mesh. */
  public static Authorizations of(Mesh.Spec mesh, Collection<Manifest> objects) {
    Authorizations policies = new Authorizations(mesh);
    objects.forEach(policies::put);
    return policies;
  }

  private static boolean isOne(ResourceKey key) {
    return key.group().equals("security.istio.io") && key.kind().equals("AuthorizationPolicy");
  }

  /**
   * Takes in an object that appeared or changed; other kinds are left alone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes put(Manifest object) {
    if (!isOne(object.key())) {
      return NOWHERE;
    }
    remove(object.key());
    if (PolicyOrder.isTaken(object, mesh.revision())) {
      AuthorizationView.of(object).ifPresent(view -> add(object, view));
    }
    return reach(object.key());
  }

  private void add(Manifest object, AuthorizationView view) {
    ResourceKey key = object.key();
    Attachment attachment = Attachment.of(object);
    all.put(key, new Entry(object, view, attachment));
    if (attachment.targeted()) {
      targeting.computeIfAbsent(key.namespace(), n -> new TreeSet<>()).add(key);
    } else {
      selecting
          .computeIfAbsent(key.namespace(), n -> new SelectorIndex<>())
          .put(key, attachment.selector());
    }
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes remove(ResourceKey key) {
    if (!isOne(key)) {
      return NOWHERE;
    }
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

  /**
   * The policies of a workload, oldest first.
   *
   * @param namespace of the workload
   * @param labels of its pods
   * @param role of its proxy
   */
  public List<ResourceKey> reaching(String namespace, Map<String, String> labels, Proxy.Role role) {
    return entries(namespace, labels, role).stream().map(entry -> entry.view().key()).toList();
  }

  private List<Entry> entries(String namespace, Map<String, String> labels, Proxy.Role role) {
    List<Entry> found = new ArrayList<>();
    for (String from : new TreeSet<>(List.of(namespace, mesh.rootNamespace()))) {
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
          .forEach(found::add);
    }
    found.sort((one, other) -> PolicyOrder.OLDEST_FIRST.compare(one.manifest(), other.manifest()));
    return found;
  }

  /**
   * Who may call a port of a workload.
   *
   * @param namespace of the workload
   * @param labels of its pods
   * @param role of its proxy
   * @param port its own port, not the Service's
   * @param http whether its proxy reads requests on that port
   * @param mode what the port takes: without mTLS no caller has an identity
   */
  public Access access(
      String namespace,
      Map<String, String> labels,
      Proxy.Role role,
      long port,
      boolean http,
      MtlsMode mode) {
    return new AccessDecision(
            mesh.trustDomain(),
            entries(namespace, labels, role).stream().map(Entry::view).toList(),
            new CompiledRule.Place(
                port, http, mode != MtlsMode.DISABLE || role != Proxy.Role.SIDECAR))
        .access();
  }
}
