package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Input;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.ServiceEntryView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Sidecar for a whole namespace keeps from it: {@code selectVirtualServices} and {@code
 * convertIstioListenerToWrapper} in {@code pilot/pkg/model/sidecar.go} of istio/istio, release
 * 1.31. A VirtualService is taken if an egress host names its namespace and meets one of its hosts;
 * a service if one names the service's namespace and its host. A VirtualService that is taken does
 * nothing for a service that isn't: listeners and routes come from those that are ({@code
 * egressListener.Services()} in {@code pilot/pkg/networking/core/httproute.go}), only on port 80
 * any host has routes ({@code pilot/pkg/networking/core/route/route.go}). The root namespace's
 * Sidecar holds for namespaces without their own. Told as {@code hiddenHosts} of a Sidecar: {@code
 * {path, host, namespace, by, why}}.
 */
final class HiddenHosts extends KeptIndex {
  /** The only port on which proxies have routes for hosts that they don't know. */
  private static final long ANY_HOST = 80;

  private final Mesh.Spec mesh;
  private final ClusterContents contents;
  private final Input<Optional<Traffic>> traffic;
  private final Shelf<String, VirtualServiceView> routes = shelf();
  private final Input<Set<String>> gateways;
  private final Shelf<String, String> entries = shelf();
  private final Shelf<String, Boolean> own = shelf();

  /**
   * @param contents which ports services have
   * @param traffic what was observed to be called
   * @param gateways workloads that take no Sidecar, as {@code namespace/name}
   */
  HiddenHosts(
      Mesh.Spec mesh,
      ClusterContents contents,
      Input<Optional<Traffic>> traffic,
      Input<Set<String>> gateways) {
    this.mesh = mesh;
    this.contents = contents;
    this.traffic = traffic;
    this.gateways = gateways;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof ServiceEntryView entry) {
      entry.hosts().forEach(host -> entries.put(entry, host, entry.namespace()));
    }
    if (object instanceof VirtualServiceView service && service.mesh()) {
      routes.put(service, service.namespace(), service);
    }
    Manifest manifest = object.declaration().manifest();
    if (isNamespaceDefault(manifest)) {
      own.put(object, manifest.key().namespace(), true);
    }
  }

  private static boolean isNamespaceDefault(Manifest manifest) {
    return manifest.key().kind().equals("Sidecar")
        && JsonTree.map(JsonTree.map(manifest.spec(), "workloadSelector"), "labels").isEmpty();
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest sidecar = object.declaration().manifest();
    if (!isNamespaceDefault(sidecar)) {
      return;
    }
    List<Map<String, Object>> listeners = JsonTree.maps(sidecar.spec(), "egress");
    List<String> written = new ArrayList<>();
    listeners.forEach(listener -> written.addAll(JsonTree.strings(listener, "hosts")));
    EgressHosts imported = new EgressHosts(written, mesh);
    if (imported.isEmpty()) {
      return;
    }
    String home = sidecar.key().namespace();
    List<Object> hidden = new ArrayList<>();
    if (home.equals(mesh.rootNamespace())) {
      routes.keys().stream()
          .filter(namespace -> !own.has(namespace))
          .forEach(namespace -> addRoutes(namespace, imported, hidden));
      callers().stream()
          .filter(namespace -> !own.has(namespace))
          .forEach(namespace -> addCalls(namespace, imported, hidden));
    } else {
      addRoutes(home, imported, hidden);
      addCalls(home, imported, hidden);
    }
    if (traffic.get().isEmpty()) {
      slice.partly("M502", "no traffic was observed: what is called isn't known");
    }
    slice.put("hiddenHosts", List.copyOf(hidden));
  }

  private void addRoutes(String namespace, EgressHosts imported, List<Object> hidden) {
    for (VirtualServiceView service : routes.get(namespace)) {
      boolean taken =
          service.hosts().stream()
              .anyMatch(host -> imported.take(namespace, namespace, host.fqdn()));
      if (taken) {
        service.hosts().stream()
            .map(ObjectView.HostAt::fqdn)
            .filter(host -> isLeftOut(host, namespace, imported))
            .forEach(host -> hidden.add(hidden(host, service)));
      } else if (!service.hosts().isEmpty()) {
        hidden.add(hidden(service.hosts().getFirst().fqdn(), service));
      }
    }
  }

  private static Map<String, Object> hidden(String host, VirtualServiceView service) {
    return Map.of(
        "path", List.of("spec", "egress", 0, "hosts"),
        "host", host,
        "namespace", service.namespace(),
        "by", service.id(),
        "why", "VirtualService " + service.id() + " is written for it");
  }

  /** A service that isn't taken in, and has no port on which any host has routes. */
  private boolean isLeftOut(String host, String client, EgressHosts imported) {
    return Hosts.namespaceOf(host, mesh.clusterDomain())
        .filter(owner -> !imported.take(client, owner, host))
        .flatMap(owner -> contents.ports(host))
        .filter(ports -> ports.stream().noneMatch(port -> port.number() == ANY_HOST))
        .isPresent();
  }

  /** Gateways take no Sidecar. */
  private List<TrafficEdge> edges() {
    Set<String> known = gateways.get();
    return traffic.get().map(Traffic::edges).orElse(List.of()).stream()
        .filter(edge -> !known.contains(edge.source().namespace() + "/" + edge.source().workload()))
        .toList();
  }

  private Set<String> callers() {
    Set<String> namespaces = new TreeSet<>();
    edges().forEach(edge -> namespaces.add(edge.source().namespace()));
    return namespaces;
  }

  private void addCalls(String namespace, EgressHosts imported, List<Object> hidden) {
    TreeSet<String> called = new TreeSet<>();
    for (TrafficEdge edge : edges()) {
      if (edge.source().namespace().equals(namespace) && !edge.service().isEmpty()) {
        called.add(edge.service());
      }
    }
    for (String host : called) {
      List<String> homes =
          Hosts.namespaceOf(host, mesh.clusterDomain())
              .map(List::of)
              .orElseGet(() -> entries.get(host));
      if (!homes.isEmpty()
          && homes.stream().noneMatch(home -> imported.take(namespace, home, host))
          && !routed(namespace, imported, host)) {
        hidden.add(
            Map.of(
                "path",
                List.of("spec", "egress", 0, "hosts"),
                "host",
                host,
                "namespace",
                namespace,
                "by",
                "",
                "why",
                "it is called from there"));
      }
    }
  }

  /** Services to which VirtualServices that are taken lead come with them. */
  private boolean routed(String namespace, EgressHosts imported, String host) {
    return routes.keys().stream()
        .flatMap(owner -> routes.get(owner).stream())
        .filter(service -> service.scopes().includes(namespace))
        .filter(service ->
            service.hosts().stream()
                .anyMatch(own -> imported.take(namespace, service.namespace(), own.fqdn())))
        .anyMatch(service ->
            service.destinations().stream()
                .anyMatch(destination -> destination.host().fqdn().equals(host)));
  }
}
