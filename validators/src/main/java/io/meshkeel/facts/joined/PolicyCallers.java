package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.joined.PolicyFields.Field;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Callers that AuthorizationPolicies name and that nobody can be. Told of an AuthorizationPolicy:
 * {@code strangers} {@code {path, value, why, domain}} for service accounts that no cluster has and
 * trust domains of others ({@code pilot/pkg/security/trustdomain/bundle.go} of istio/istio, release
 * 1.31: {@code cluster.local} always stands for the mesh's own), and {@code hiddenCallers} {@code
 * {path, field, service}} for addresses that a load balancer hides.
 */
final class PolicyCallers extends KeptIndex {
  /** Of shorter names two letters make another name, not a slip. */
  private static final int LONG_NAME = 5;

  private static final String SPIFFE = "spiffe://";
  private static final String TRUSTED_PROXIES = "numTrustedProxies";

  private final JoinedMesh mesh;
  private final Optional<String> unknownAccounts;
  private final MeshConfig config;

  PolicyCallers(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknownAccounts = mesh.unknown(ObservedKinds.SERVICE_ACCOUNT);
    this.config = MeshConfig.of(mesh);
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest policy = object.declaration().manifest();
    if (!policy.key().kind().equals("AuthorizationPolicy")) {
      return;
    }
    List<Object> strangers = new ArrayList<>();
    List<Object> hidden = new ArrayList<>();
    for (int rule = 0; rule < PolicyFields.rules(policy.spec()); rule++) {
      for (Field field : PolicyFields.accounts(policy.spec(), rule)) {
        for (int i = 0; i < field.values().size(); i++) {
          addStranger(policy, field, i, strangers, slice);
        }
      }
      List<Field> addresses = PolicyFields.address(policy.spec(), rule);
      if (!addresses.isEmpty()) {
        hiding(policy.key())
            .ifPresent(service ->
                hidden.add(
                    Map.of(
                        "path", addresses.getFirst().path(),
                        "field", addresses.getFirst().name(),
                        "service", service)));
        mesh.unknown(ObservedKinds.SERVICE).ifPresent(why -> slice.unjudged("M429", why));
      }
    }
    slice.put("strangers", List.copyOf(strangers));
    slice.put("hiddenCallers", List.copyOf(hidden));
  }

  private void addStranger(
      Manifest policy, Field field, int index, List<Object> strangers, Slice slice) {
    String value = field.values().get(index);
    boolean account = field.name().toLowerCase(java.util.Locale.ROOT).contains("serviceaccount");
    Optional<String> why =
        account
            ? missing(accountOf(value, policy.key().namespace()), slice)
            : strangePrincipal(value, slice);
    String domain = account ? "" : value.substring(0, Math.max(0, value.indexOf("/ns/")));
    why.ifPresent(reason ->
        strangers.add(
            Map.of(
                "path",
                PolicyFields.path(field.path(), index),
                "value",
                value,
                "why",
                reason,
                "domain",
                !domain.isEmpty() && !domain.startsWith("*") && !trusted(domain) ? domain : "")));
  }

  private static ResourceKey accountOf(String value, String namespace) {
    int slash = value.indexOf('/');
    return new ResourceKey(
        "",
        "ServiceAccount",
        slash < 0 ? namespace : value.substring(0, slash),
        slash == value.length() - 1 ? "default" : value.substring(slash + 1));
  }

  /**
   * {@code <trust domain>/ns/<namespace>/sa/<account>}; {@code *} at one end takes anything, and
   * elsewhere only itself ({@code StringMatcherWithPrefix} in {@code
   * pilot/pkg/security/authz/matcher/string.go}).
   */
  private Optional<String> strangePrincipal(String value, Slice slice) {
    if (value.startsWith(SPIFFE)) {
      return Optional.of("a principal is written without " + SPIFFE);
    }
    String inner = value.replaceFirst("^\\*", "").replaceFirst("\\*$", "");
    if (inner.contains("*")) {
      return Optional.of("'*' takes anything only at the start or the end");
    }
    String[] parts = value.split("/", -1);
    if (parts.length != 5 || !parts[1].equals("ns") || !parts[3].equals("sa")) {
      return inner.equals(value)
          ? Optional.of("a principal is <trust domain>/ns/<namespace>/sa/<service account>")
          : parts.length == 4 && parts[1].equals("ns") && parts[3].equals("*")
              ? missingNamespace(parts[2])
              : Optional.empty();
    }
    if (!parts[0].startsWith("*") && !trusted(parts[0])) {
      return Optional.of("trust domain " + parts[0] + " is not the mesh's and no alias of it");
    }
    if (parts[4].contains("*")) {
      return missingNamespace(parts[2]);
    }
    return missing(new ResourceKey("", "ServiceAccount", parts[2], parts[4]), slice);
  }

  /** In files written by hand a namespace may be left out: there a slip is told, no more. */
  private Optional<String> missingNamespace(String name) {
    if (mesh.unknown(ObservedKinds.NAMESPACE).isPresent()) {
      return Optional.empty();
    }
    Set<String> known = new TreeSet<>();
    for (Held held : mesh.expected().all()) {
      held.of(ObservedKinds.NAMESPACE).forEach(found -> known.add(found.key().name()));
    }
    boolean slip = name.length() >= LONG_NAME && ClosestName.of(name, known).isPresent();
    return known.contains(name) || !(mesh.complete() || slip)
        ? Optional.empty()
        : Optional.of("no cluster has a namespace " + name + ClosestName.hint(name, known));
  }

  private boolean trusted(String domain) {
    return domain.equals(mesh.spec().trustDomain())
        || domain.equals(JsonTree.string(config.tree(), "trustDomain", ""))
        || domain.equals("cluster.local")
        || config.strings("trustDomainAliases").contains(domain);
  }

  private Optional<String> missing(ResourceKey account, Slice slice) {
    if (account.name().contains("*") || account.namespace().contains("*")) {
      return Optional.empty();
    }
    if (unknownAccounts.isPresent()) {
      slice.unjudged("M428", unknownAccounts.get());
      return Optional.empty();
    }
    boolean there =
        mesh.expected().all().stream()
            .anyMatch(cluster -> cluster.get(account).isPresent() || isDefault(cluster, account));
    boolean used =
        there
            || mesh.workloads(account.namespace()).stream()
                .anyMatch(workload -> workload.shape().serviceAccount().equals(account.name()));
    return used
        ? Optional.empty()
        : Optional.of(
            "no cluster has a service account "
                + account.name()
                + " in namespace "
                + account.namespace()
                + ClosestName.hint(account.name(), accounts(account.namespace())));
  }

  private Set<String> accounts(String namespace) {
    Set<String> names = new TreeSet<>();
    for (Held held : mesh.expected().all()) {
      held.of(ObservedKinds.SERVICE_ACCOUNT, namespace)
          .forEach(account -> names.add(account.key().name()));
    }
    return names;
  }

  /** Kubernetes makes one in each namespace. */
  private static boolean isDefault(Held cluster, ResourceKey account) {
    return account.name().equals("default")
        && cluster.get(new ResourceKey("", "Namespace", "", account.namespace())).isPresent();
  }

  /** The Service before a gateway by which nodes put their own address in place of the caller's. */
  private Optional<String> hiding(ResourceKey policy) {
    if (config.mentions(TRUSTED_PROXIES)) {
      return Optional.empty();
    }
    for (Workload workload : mesh.reach().ofAuthorization(policy)) {
      if (workload.role() != Proxy.Role.GATEWAY
          || workload
              .shape()
              .annotations()
              .getOrDefault("proxy.istio.io/config", "")
              .contains(TRUSTED_PROXIES)) {
        continue;
      }
      for (ClusterService service : mesh.state().services().selecting(workload)) {
        if (Set.of("LoadBalancer", "NodePort").contains(service.type())
            && !isLocal(workload, service)) {
          return Optional.of(service.key().toString());
        }
      }
    }
    return Optional.empty();
  }

  private boolean isLocal(Workload workload, ClusterService service) {
    return mesh.expected()
        .of(workload.key().cluster())
        .flatMap(held ->
            held.get(
                new ResourceKey("", "Service", service.key().namespace(), service.key().name())))
        .map(found ->
            JsonTree.string(found.spec(), "externalTrafficPolicy", "Cluster").equals("Local"))
        .orElse(true);
  }

  /** Most names that a fact lists. */
  static List<String> first(List<String> names) {
    return names.stream().distinct().sorted().limit(MeshFacts.MAX_RELATED).toList();
  }
}
