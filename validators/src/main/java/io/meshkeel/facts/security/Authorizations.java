package io.meshkeel.facts.security;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServedPort;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The AuthorizationPolicies of a mesh: {@code ListAuthorizationPolicies} in {@code
 * pilot/pkg/model/authorization.go} of istio/istio, release 1.31. Those of the root namespace count
 * for all namespaces. Who reads notes it. Changed by one thread while nobody reads; read by any.
 */
public final class Authorizations {
  private final Mesh.Spec mesh;
  private final AttachedPolicies policies;
  private final Map<ResourceKey, AuthorizationView> views = new HashMap<>();

  public Authorizations(Mesh.Spec mesh) {
    this.mesh = mesh;
    this.policies = new AttachedPolicies(mesh, "AuthorizationPolicy");
  }

  /** Those among the objects of a mesh. */
  public static Authorizations of(Mesh.Spec mesh, Collection<Manifest> objects) {
    Authorizations policies = new Authorizations(mesh);
    objects.forEach(policies::put);
    return policies;
  }

  /**
   * Takes in an object that appeared or changed; other kinds, and actions that istiod doesn't know,
   * are left alone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes put(Manifest object) {
    Scopes reach = policies.remove(object.key());
    views.remove(object.key());
    AuthorizationView.of(object)
        .ifPresent(view -> {
          policies.put(object);
          views.put(object.key(), view);
        });
    return reach;
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes remove(ResourceKey key) {
    views.remove(key);
    return policies.remove(key);
  }

  /**
   * The policies of a workload, oldest first.
   *
   * @param namespace of the workload
   * @param labels of its pods
   * @param role of its proxy
   */
  public List<ResourceKey> reaching(String namespace, Map<String, String> labels, Proxy.Role role) {
    return policies.reaching(namespace, labels, role).stream().map(Manifest::key).toList();
  }

  /**
   * The labels by which a policy selects workloads; empty if it isn't there, is for all, or has
   * targets.
   */
  public Map<String, String> selector(ResourceKey policy) {
    return policies.selector(policy);
  }

  /** Whether a policy is among those of a workload. */
  public boolean reaches(
      ResourceKey policy, String namespace, Map<String, String> labels, Proxy.Role role) {
    return policies.reaches(policy, namespace, labels, role);
  }

  private @Nullable AuthorizationView view(ResourceKey policy) {
    policies.read(policy);
    return views.get(policy);
  }

  /** Whether a policy is only tried out: {@code istio.io/dry-run}. */
  public boolean isDryRun(ResourceKey policy) {
    AuthorizationView view = view(policy);
    return view != null && view.dryRun();
  }

  /**
   * Whether a policy can keep a caller from a port: an ALLOW policy those that it doesn't name,
   * others where one of their rules can match. Audits and dry runs keep nobody away.
   */
  public boolean guards(ResourceKey policy, long port) {
    AuthorizationView view = view(policy);
    return view != null
        && !view.dryRun()
        && switch (view.action()) {
          case ALLOW -> true;
          case AUDIT -> false;
          case DENY, CUSTOM ->
              view.rules().stream().anyMatch(rule -> takes(policy, rule.index(), port, true, true));
        };
  }

  /** Whether a rule of a policy names a port. */
  public boolean names(ResourceKey policy, long port) {
    AuthorizationView view = view(policy);
    return view != null
        && view.rules().stream()
            .flatMap(rule -> rule.targets().stream())
            .flatMap(List::stream)
            .filter(condition -> condition.key().attribute() == Attribute.DESTINATION_PORT)
            .anyMatch(condition -> condition.values().contains(Long.toString(port)));
  }

  /**
   * Whether a rule can match on a port; dry runs can't.
   *
   * @param policy which policy
   * @param rule index in {@code spec.rules}
   * @param port of the workload
   * @param http whether its proxy reads requests there
   * @param identities whether callers have identities there
   */
  public boolean takes(ResourceKey policy, int rule, long port, boolean http, boolean identities) {
    AuthorizationView view = view(policy);
    return view != null
        && !view.dryRun()
        && view.rules().stream()
            .filter(one -> one.index() == rule)
            .anyMatch(one ->
                CompiledRule.of(view, one, new CompiledRule.Place(port, http, identities))
                    .isPresent());
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
            reaching(namespace, labels, role).stream()
                .map(key -> Objects.requireNonNull(view(key)))
                .toList(),
            new CompiledRule.Place(
                port, http, mode != MtlsMode.DISABLE || role != Proxy.Role.SIDECAR))
        .access();
  }

  /**
   * Who may call a port of a workload, whatever its protocol. Where a proxy looks at the first
   * bytes, policies count as for HTTP if they are, else as for bytes: both are told if they differ.
   *
   * @param namespace of the workload
   * @param labels of its pods
   * @param role of its proxy
   * @param port its own port, with the protocol that Services give it
   * @param mode what the port takes
   */
  public Access access(
      String namespace,
      Map<String, String> labels,
      Proxy.Role role,
      ServedPort port,
      MtlsMode mode) {
    Protocol.Wire wire = port.protocol().wire();
    Access first = access(namespace, labels, role, port.number(), wire != Protocol.Wire.TCP, mode);
    if (wire != Protocol.Wire.SNIFFED) {
      return first;
    }
    Access bytes = access(namespace, labels, role, port.number(), false, mode);
    return first.orAsBytes(bytes);
  }
}
