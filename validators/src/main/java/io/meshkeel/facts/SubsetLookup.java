package io.meshkeel.facts;

import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which DestinationRule a proxy takes for a host: {@code destinationRule} and {@code
 * getExportedDestinationRuleFromNamespace} in {@code pilot/pkg/model/push_context.go} of
 * istio/istio, release 1.31. The first of these that matches wins, and within it the most specific
 * host: rules of the proxy's own namespace, exported rules of the service's namespace, exported
 * rules of the root namespace. Rules of one namespace and host are merged. Once all is added, any
 * thread may ask.
 */
final class SubsetLookup {
  /** A client namespace about which nothing is known but that it isn't any that is named. */
  static final String ANY_OTHER = "*";

  /**
   * What was found.
   *
   * @param rules {@code namespace/name}, sorted
   * @param subsets names, sorted
   */
  record Found(List<String> rules, List<String> subsets) {
    static final Found NOTHING = new Found(List.of(), List.of());
  }

  private record Question(String client, String fqdn) {}

  private final Mesh.Spec mesh;
  private final Pools local;
  private final Pools exported;
  private final Pools rootPrivate;
  private final Shelf<String, String> serviceEntryNamespaces;

  /** Answers that hold as long as nothing is added: only where nobody asks what was read. */
  private final Map<Question, Found> answered = new ConcurrentHashMap<>();

  private final Map<String, Found> atGateways = new ConcurrentHashMap<>();

  /**
   * @param index whose shelves it fills
   */
  SubsetLookup(Mesh.Spec mesh, KeptIndex index) {
    this.mesh = mesh;
    this.local = new Pools(index);
    this.exported = new Pools(index);
    this.rootPrivate = new Pools(index);
    this.serviceEntryNamespaces = index.shelf();
  }

  void add(DestinationRuleView rule) {
    String namespace = rule.namespace();
    boolean own = rule.scopes().includes(namespace);
    if (own) {
      local.add(rule);
    }
    if (!rule.scopes().onlyWithin(namespace)) {
      exported.add(rule);
    } else if (own && namespace.equals(mesh.rootNamespace())) {
      rootPrivate.add(rule);
    }
  }

  void add(ServiceEntryView entry) {
    for (String host : entry.hosts()) {
      serviceEntryNamespaces.put(entry, host, entry.namespace());
    }
  }

  /** What proxies of this namespace find. */
  Found forClient(String client, String fqdn) {
    if (Reads.counted()) {
      return lookUp(client, fqdn);
    }
    Question question = new Question(client, fqdn);
    Found known = answered.get(question);
    if (known == null) {
      known = lookUp(client, fqdn);
      answered.put(question, known);
    }
    return known;
  }

  private Found lookUp(String client, String fqdn) {
    List<DestinationRuleView> own =
        client.equals(mesh.rootNamespace())
            ? rootPrivate.mostSpecific(client, fqdn)
            : local.mostSpecific(client, fqdn);
    if (!own.isEmpty()) {
      return found(own);
    }
    for (String owner : serviceNamespaces(fqdn)) {
      List<DestinationRuleView> visible = visible(exported.mostSpecific(owner, fqdn), client);
      if (!visible.isEmpty()) {
        return found(visible);
      }
    }
    return found(visible(exported.mostSpecific(mesh.rootNamespace(), fqdn), client));
  }

  /**
   * What proxies of a gateway may find. Which namespace its pods run in isn't declared; so all that
   * some namespace but the rule's own can see counts, and all that the Gateway's own namespace
   * sees.
   */
  Found forGateway(String gatewayNamespace, String fqdn) {
    Found fromOwn = forClient(gatewayNamespace, fqdn);
    Found elsewhere =
        Reads.counted()
            ? exportedAnywhere(fqdn)
            : atGateways.computeIfAbsent(fqdn, this::exportedAnywhere);
    if (elsewhere.rules().isEmpty()) {
      return fromOwn;
    }
    TreeSet<String> rules = new TreeSet<>(fromOwn.rules());
    rules.addAll(elsewhere.rules());
    TreeSet<String> subsets = new TreeSet<>(fromOwn.subsets());
    subsets.addAll(elsewhere.subsets());
    return new Found(List.copyOf(rules), List.copyOf(subsets));
  }

  private Found exportedAnywhere(String fqdn) {
    List<DestinationRuleView> rules = new ArrayList<>();
    for (String owner : serviceNamespaces(fqdn)) {
      rules.addAll(exported.mostSpecific(owner, fqdn));
    }
    rules.addAll(exported.mostSpecific(mesh.rootNamespace(), fqdn));
    return found(rules);
  }

  /**
   * The namespaces of the services with this name; every namespace that exports if none is known.
   */
  private List<String> serviceNamespaces(String fqdn) {
    Optional<String> named = Hosts.namespaceOf(fqdn, mesh.clusterDomain());
    List<String> declared = serviceEntryNamespaces.get(fqdn);
    if (!declared.isEmpty()) {
      TreeSet<String> all = new TreeSet<>(declared);
      named.ifPresent(all::add);
      return List.copyOf(all);
    }
    return named.map(List::of).orElseGet(() -> exported.namespaces());
  }

  private static List<DestinationRuleView> visible(List<DestinationRuleView> rules, String client) {
    return rules.stream().filter(rule -> rule.scopes().includes(client)).toList();
  }

  private static Found found(List<DestinationRuleView> rules) {
    if (rules.isEmpty()) {
      return Found.NOTHING;
    }
    TreeSet<String> ids = new TreeSet<>();
    TreeSet<String> subsets = new TreeSet<>();
    for (DestinationRuleView rule : rules) {
      ids.add(rule.id());
      subsets.addAll(rule.subsets());
    }
    return new Found(List.copyOf(ids), List.copyOf(subsets));
  }

  /** Rules by their namespace. */
  private static final class Pools {
    private final Shelf<Place, DestinationRuleView> byHost;
    private final Shelf<String, String> wildcards;
    private final Shelf<String, Boolean> namespaces;

    private record Place(String namespace, String host) {}

    Pools(KeptIndex index) {
      this.byHost = index.shelf();
      this.wildcards = index.shelf();
      this.namespaces = index.shelf();
    }

    void add(DestinationRuleView rule) {
      String host = rule.host().fqdn();
      byHost.put(rule, new Place(rule.namespace(), host), rule);
      namespaces.put(rule, rule.namespace(), true);
      if (Hosts.isWildcard(host)) {
        wildcards.put(rule, rule.namespace(), host);
      }
    }

    List<String> namespaces() {
      return namespaces.keys();
    }

    /** {@code MostSpecificHostMatch} in {@code pilot/pkg/model/config.go}. */
    List<DestinationRuleView> mostSpecific(String namespace, String fqdn) {
      List<DestinationRuleView> same = byHost.get(new Place(namespace, fqdn));
      if (!same.isEmpty()) {
        return same;
      }
      return wildcards.get(namespace).stream()
          .filter(pattern -> Hosts.covers(pattern, fqdn))
          .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
          .map(pattern -> byHost.get(new Place(namespace, pattern)))
          .orElse(List.of());
    }
  }
}
