package io.meshkeel.facts.service;

import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Scopes;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hosts that a mesh knows: Kubernetes Services of all clusters and ServiceEntries. A view of
 * what it is made of, so always as current as that.
 *
 * <p>A route's destination is looked up by its exact name: a ServiceEntry for {@code *.example.com}
 * serves no destination {@code api.example.com}.
 */
public final class HostRegistry {
  private final Mesh.Spec mesh;
  private final Services services;
  private final ServiceEntries entries;

  /**
   * @param mesh names the cluster domain
   */
  public HostRegistry(Mesh.Spec mesh, Services services, ServiceEntries entries) {
    this.mesh = mesh;
    this.services = services;
    this.entries = entries;
  }

  /**
   * Something that answers to a host.
   *
   * @param host as it is registered, perhaps a wildcard
   * @param namespace of what registers it: of several in one namespace, a Kubernetes Service counts
   *     before any ServiceEntry ({@code initServiceRegistry} in {@code
   *     pilot/pkg/model/push_context.go})
   * @param by the ServiceEntry; empty for a Kubernetes Service
   * @param ports where clusters differ, of the first
   * @param scopes the namespaces that see it
   */
  public record Registered(
      String host,
      String namespace,
      Optional<ResourceKey> by,
      List<ServicePort> ports,
      Scopes scopes) {
    public Registered {
      ports = List.copyOf(ports);
    }
  }

  /** What answers to exactly this name, Kubernetes first. */
  public List<Registered> exactly(String host) {
    List<Registered> found = new ArrayList<>();
    Optional<MeshService> service = services.byHost(host);
    service.ifPresent(known -> found.add(registered(known)));
    for (EntryService entry : entries.withHost(host)) {
      found.add(registered(host, entry));
    }
    return List.copyOf(found);
  }

  /** What answers to this name, or to a wildcard that takes it in. */
  public List<Registered> covering(String host) {
    List<Registered> found = new ArrayList<>(exactly(host));
    for (EntryService entry : entries.covering(host)) {
      entry.hosts().stream()
          .filter(pattern -> !pattern.equals(host) && Hosts.covers(pattern, host))
          .forEach(pattern -> found.add(registered(pattern, entry)));
    }
    return List.copyOf(found);
  }

  /** The hosts, wildcards among them, that a wildcard takes in; costs a look at all. */
  public Set<String> within(String pattern) {
    Set<String> hosts = new TreeSet<>();
    for (MeshService service : services.all()) {
      if (Hosts.covers(pattern, service.host())) {
        hosts.add(service.host());
      }
    }
    for (EntryService entry : entries.all()) {
      entry.hosts().stream().filter(host -> Hosts.meet(pattern, host)).forEach(hosts::add);
    }
    return hosts;
  }

  /** Whether proxies of a namespace know exactly this name. */
  public boolean knows(String host, String client) {
    return exactly(host).stream().anyMatch(registered -> registered.scopes().includes(client));
  }

  /** The namespaces whose services have this name; of none that is known, the one it says. */
  public Set<String> namespacesOf(String host) {
    Set<String> namespaces = new LinkedHashSet<>();
    Hosts.namespaceOf(host, mesh.clusterDomain()).ifPresent(namespaces::add);
    exactly(host).forEach(registered -> namespaces.add(registered.namespace()));
    return namespaces;
  }

  /** Seen wherever one of its clusters exports it. */
  private static Registered registered(MeshService service) {
    ClusterService first = service.clusters().values().iterator().next();
    Scopes scopes = first.scopes();
    for (ClusterService other : service.clusters().values()) {
      scopes = union(scopes, other.scopes());
    }
    return new Registered(
        service.host(), service.key().namespace(), Optional.empty(), first.ports(), scopes);
  }

  private static Scopes union(Scopes one, Scopes other) {
    if (one.everywhere() || other.everywhere()) {
      return Scopes.EVERYWHERE;
    }
    Set<String> namespaces = new LinkedHashSet<>(one.namespaces());
    namespaces.addAll(other.namespaces());
    return new Scopes(false, namespaces);
  }

  private static Registered registered(String host, EntryService entry) {
    return new Registered(
        host, entry.key().namespace(), Optional.of(entry.key()), entry.ports(), entry.scopes());
  }
}
