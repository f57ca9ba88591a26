package io.meshkeel.facts.security;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The RequestAuthentications of a mesh: {@code GetJwtPoliciesForWorkload} in {@code
 * pilot/pkg/model/authentication.go} of istio/istio, release 1.31. All that reach a workload count
 * together: a token that one of their issuers gave must be valid, a request without any token
 * passes. Who reads notes it. Changed by one thread while nobody reads; read by any.
 */
public final class RequestAuthentications {
  private final AttachedPolicies policies;

  public RequestAuthentications(Mesh.Spec mesh) {
    this.policies = new AttachedPolicies(mesh, "RequestAuthentication");
  }

  /** Those among the objects of a mesh. */
  public static RequestAuthentications of(Mesh.Spec mesh, Collection<Manifest> objects) {
    RequestAuthentications policies = new RequestAuthentications(mesh);
    objects.forEach(policies::put);
    return policies;
  }

  /**
   * Takes in an object that appeared or changed; other kinds are left alone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes put(Manifest object) {
    return policies.put(object);
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes remove(ResourceKey key) {
    return policies.remove(key);
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

  /**
   * What is asked of tokens at a workload.
   *
   * @param policies those that reach it, oldest first
   * @param issuers whose tokens are checked, sorted; empty if no token is looked at
   */
  public record Tokens(List<ResourceKey> policies, List<String> issuers) {
    public Tokens {
      policies = List.copyOf(policies);
      issuers = List.copyOf(issuers);
    }
  }

  /**
   * What is asked of tokens at a workload.
   *
   * @param namespace of the workload
   * @param labels of its pods
   * @param role of its proxy
   */
  public Tokens of(String namespace, Map<String, String> labels, Proxy.Role role) {
    List<Manifest> reaching = policies.reaching(namespace, labels, role);
    TreeSet<String> issuers = new TreeSet<>();
    for (Manifest policy : reaching) {
      JsonTree.maps(policy.spec(), "jwtRules")
          .forEach(rule -> issuers.add(JsonTree.string(rule, "issuer", "")));
    }
    return new Tokens(reaching.stream().map(Manifest::key).toList(), List.copyOf(issuers));
  }
}
