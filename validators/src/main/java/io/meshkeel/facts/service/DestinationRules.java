package io.meshkeel.facts.service;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which DestinationRules a proxy takes for a host: {@code destinationDestinationRule} and {@code
 * setDestinationRules} in {@code pilot/pkg/model/push_context.go} of istio/istio, release 1.31. The
 * proxy's own namespace is asked first, then what the service's namespace exports, then what the
 * root namespace exports; in each the most specific host. Who reads notes it. Changed by one thread
 * while nobody reads; read by any.
 */
public final class DestinationRules {
  private final Mesh.Spec mesh;
  private final Map<ResourceKey, DestinationRule> all = new HashMap<>();
  private final Map<String, Map<String, TreeSet<DestinationRule>>> pools = new HashMap<>();
  private final Mark any = new Mark();
  private final Marks<String> namespaces = new Marks<>();

  public DestinationRules(Mesh.Spec mesh) {
    this.mesh = mesh;
  }

  /** Those among the objects of a mesh. */
  public static DestinationRules of(Mesh.Spec mesh, Collection<Manifest> objects) {
    DestinationRules rules = new DestinationRules(mesh);
    objects.forEach(rules::put);
    return rules;
  }

  private static boolean isOne(ResourceKey key) {
    return key.group().equals("networking.istio.io") && key.kind().equals("DestinationRule");
  }

  /**
   * Takes in an object that appeared or changed; other kinds are left alone.
   *
   * @return the hosts, perhaps wildcards, whose traffic may be different now
   */
  public Set<String> put(Manifest object) {
    if (!isOne(object.key())) {
      return Set.of();
    }
    Set<String> touched = new TreeSet<>(remove(object.key()));
    if (ConfigOrder.isTaken(object, mesh.revision())) {
      String namespace = object.key().namespace();
      DestinationRule rule = DestinationRule.of(object, mesh.clusterDomain());
      all.put(rule.key(), rule);
      changed(namespace);
      pools
          .computeIfAbsent(namespace, n -> new HashMap<>())
          .computeIfAbsent(rule.host(), h -> new TreeSet<>())
          .add(rule);
      touched.add(rule.host());
    }
    return Set.copyOf(touched);
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the hosts, perhaps wildcards, whose traffic may be different now
   */
  public Set<String> remove(ResourceKey key) {
    DestinationRule before = all.remove(key);
    if (before == null) {
      return Set.of();
    }
    changed(key.namespace());
    Map<String, TreeSet<DestinationRule>> pool =
        pools.getOrDefault(key.namespace(), new HashMap<>());
    TreeSet<DestinationRule> same = pool.get(before.host());
    if (same != null && same.remove(before) && same.isEmpty()) {
      pool.remove(before.host());
    }
    return Set.of(before.host());
  }

  private void changed(String namespace) {
    any.change();
    namespaces.change(namespace);
  }

  /**
   * What a proxy takes for a host.
   *
   * @param client namespace of the proxy
   * @param labels of the proxy's pod; a rule with a workloadSelector is only for those it selects
   * @param host full name of the service
   * @param serviceNamespace of the service; empty if nothing registers the host
   */
  public Optional<MergedRule> forClient(
      String client, Map<String, String> labels, String host, Optional<String> serviceNamespace) {
    boolean root = client.equals(mesh.rootNamespace());
    List<DestinationRule> own =
        mostSpecific(
            client, host, rule -> rule.scopes().includes(client) && (!root || rule.isPrivate()));
    if (!own.isEmpty()) {
      return MergedRule.chosen(MergedRule.merge(own), labels);
    }
    List<MergedRule> exported =
        serviceNamespace.map(namespace -> exported(namespace, host, client)).orElse(List.of());
    return MergedRule.chosen(
        exported.isEmpty() ? exported(mesh.rootNamespace(), host, client) : exported, labels);
  }

  private List<MergedRule> exported(String namespace, String host, String client) {
    return MergedRule.merge(mostSpecific(namespace, host, rule -> !rule.isPrivate())).stream()
        .filter(merged -> merged.rules().getFirst().scopes().includes(client))
        .toList();
  }

  /** {@code MostSpecificHostMatch} in {@code pilot/pkg/model/config.go}. */
  private List<DestinationRule> mostSpecific(
      String namespace, String host, Predicate<DestinationRule> pool) {
    namespaces.read(namespace);
    Map<String, TreeSet<DestinationRule>> rules = pools.get(namespace);
    if (rules == null) {
      return List.of();
    }
    List<String> candidates = new ArrayList<>();
    candidates.add(host);
    String rest = Hosts.isWildcard(host) ? host.substring(1) : host;
    for (int at = Hosts.isWildcard(host) ? 1 : 0; at < rest.length(); at++) {
      candidates.add("*" + rest.substring(at));
    }
    candidates.add("*");
    for (String candidate : candidates) {
      List<DestinationRule> found =
          rules.getOrDefault(candidate, new TreeSet<>()).stream().filter(pool).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** All, in no order. */
  public Collection<DestinationRule> all() {
    any.read();
    return List.copyOf(all.values());
  }
}
