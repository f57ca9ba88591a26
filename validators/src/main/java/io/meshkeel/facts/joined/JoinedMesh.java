package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.ClusterContents.GatewayPods;
import io.meshkeel.facts.gateway.GatewayWorkloads;
import io.meshkeel.facts.gateway.NetworkGateways;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.service.Endpoints;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One mesh as it will be once the revision is applied: what it declares and what its clusters hold.
 * Istio's configuration is that of the first control plane cluster that was looked at, the declared
 * objects in place of those found. Once built, any thread may ask.
 */
final class JoinedMesh {
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String DATAPLANE = "istio.io/dataplane-mode";
  private static final String AMBIENT = "ambient";
  private static final GroupKind ANY_WORKLOAD = new GroupKind("", "Workload");

  /** What istiod brings to a cluster: that one cluster has some says nothing of another. */
  private static final Set<GroupKind> EACH_ITS_OWN =
      Set.of(
          ObservedKinds.CONFIG_MAP,
          ObservedKinds.DEFINITION,
          ObservedKinds.MUTATING_WEBHOOK,
          ObservedKinds.VALIDATING_WEBHOOK);

  private final MeshDeclarations declared;
  private final Inventory found;
  private final Inventory expected;
  private final ClusterName configuration;
  private final MeshState state;
  private final Endpoints endpoints;
  private final Map<ClusterName, String> networks;
  private final Optional<Traffic> traffic;
  private final boolean complete;
  private final Instant now;

  /** The first moment after which something that was asked is over. */
  private Instant until = Instant.MAX;

  private final List<Workload> workloads;
  private final Set<WorkloadKey> proxied = new HashSet<>();
  private final Set<String> namespacesWithProxies = new HashSet<>();
  private final PolicyReach reach;
  private final GatewayWorkloads gateways;
  private final boolean ownGatewaysOnly;

  private JoinedMesh(MeshDeclarations declared, Evidence evidence, Instant now) {
    this.declared = declared;
    this.traffic = evidence.traffic();
    this.now = now;
    this.complete = evidence.complete();
    Map<ClusterName, ClusterInventory> own = new HashMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      evidence.inventory().of(cluster.name()).ifPresent(held -> own.put(cluster.name(), held));
    }
    if (!complete) {
      lookedAlike(own);
    }
    this.found = new Inventory(own);
    this.configuration = configuration(declared, own);
    Map<ClusterName, ClusterInventory> laid = new HashMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      ClusterInventory held = own.get(cluster.name());
      if (held != null) {
        ClusterInventory overlaid =
            Overlay.of(declared, cluster, held, cluster.name().equals(configuration));
        laid.put(cluster.name(), complete ? overlaid : UnseenWebhooks.in(overlaid, declared));
      }
    }
    this.expected = new Inventory(laid);
    this.state = MeshState.of(declared.mesh().spec(), configuration, expected);
    this.networks = networks(declared, laid);
    this.endpoints = state.endpoints(networks);
    // Reading makes them up to date, so that any thread may read from now on.
    state
        .clusters()
        .forEach(cluster -> {
          state.workloads(cluster).all();
          state.injection(cluster);
        });
    List<Workload> all = new ArrayList<>();
    own.keySet().stream().sorted().forEach(cluster -> all.addAll(state.workloads(cluster).all()));
    this.workloads = List.copyOf(all);
    this.reach = new PolicyReach(state, workloads);
    this.gateways = state.gateways();
    this.ownGatewaysOnly = Istiods.scopeGatewaysToNamespace(this);
    for (Workload workload : workloads) {
      if (standsBefore(workload)) {
        proxied.add(workload.key());
        namespacesWithProxies.add(workload.key().namespace());
      }
    }
  }

  /**
   * Joins a mesh with what its clusters hold; empty if none of them was looked at.
   *
   * @param now for what is said of dates
   */
  static Optional<JoinedMesh> of(MeshDeclarations declared, Evidence evidence, Instant now) {
    return declared.clusters().stream()
            .anyMatch(cluster -> evidence.inventory().of(cluster.name()).isPresent())
        ? Optional.of(new JoinedMesh(declared, evidence, now))
        : Optional.empty();
  }

  /**
   * Files written by hand: whoever wrote down the Secrets of one cluster is taken to have written
   * down those of all.
   */
  private static void lookedAlike(Map<ClusterName, ClusterInventory> own) {
    Set<GroupKind> kinds = new HashSet<>();
    own.values().forEach(held -> kinds.addAll(held.known()));
    kinds.removeAll(EACH_ITS_OWN);
    own.replaceAll((cluster, held) -> {
      Set<GroupKind> looked = new HashSet<>(held.known());
      return looked.addAll(kinds) ? ClusterInventory.of(cluster, looked, held.objects()) : held;
    });
  }

  private static ClusterName configuration(
      MeshDeclarations declared, Map<ClusterName, ClusterInventory> own) {
    return declared.clusters().stream()
        .filter(cluster -> cluster.role() == MeshCluster.Role.CONTROL_PLANE)
        .map(MeshCluster::name)
        .filter(own::containsKey)
        .findFirst()
        .orElseGet(() -> own.keySet().stream().sorted().findFirst().orElseThrow());
  }

  private static Map<ClusterName, String> networks(
      MeshDeclarations declared, Map<ClusterName, ClusterInventory> own) {
    Map<ClusterName, String> networks = new TreeMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      cluster
          .network()
          .or(() ->
              Optional.ofNullable(own.get(cluster.name()))
                  .flatMap(held ->
                      NetworkGateways.networkOf(held, declared.mesh().spec().rootNamespace())))
          .ifPresent(network -> networks.put(cluster.name(), network));
    }
    return networks;
  }

  MeshDeclarations declared() {
    return declared;
  }

  Mesh.Spec spec() {
    return declared.mesh().spec();
  }

  /** What was found in the clusters of the mesh, as it was found. */
  Inventory found() {
    return found;
  }

  /** What they will hold. */
  Inventory expected() {
    return expected;
  }

  /** The cluster whose Istio configuration counts. */
  ClusterName configuration() {
    return configuration;
  }

  MeshState state() {
    return state;
  }

  /** Which workloads the security policies reach. */
  PolicyReach reach() {
    return reach;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** The network of each cluster that has one. */
  Map<ClusterName, String> networks() {
    return networks;
  }

  Optional<Traffic> traffic() {
    return traffic;
  }

  /** Whether what isn't found of a kind that was looked at isn't there. */
  boolean complete() {
    return complete;
  }

  /** The workloads behind a service, those whose pods are still to come among them. */
  List<Workload> servers(MeshService service) {
    List<Workload> servers = new ArrayList<>();
    service
        .clusters()
        .forEach((cluster, held) -> {
          if (!held.selector().isEmpty() && found.of(cluster).isPresent()) {
            servers.addAll(
                state.workloads(cluster).select(service.key().namespace(), held.selector()));
          }
        });
    return servers;
  }

  /** Whether proxies of a DestinationRule's namespace take it for a host. */
  boolean takes(Manifest rule, String host) {
    String own = rule.key().namespace();
    return state.hosts().namespacesOf(host).stream()
        .flatMap(namespace ->
            state
                .destinationRules()
                .forClient(own, Map.of(), host, Optional.of(namespace))
                .stream())
        .anyMatch(merged -> merged.rules().stream().anyMatch(one -> one.key().equals(rule.key())));
  }

  /** The gateways that take an Istio Gateway. */
  List<Workload> taking(Manifest gateway) {
    return gateways.taking(gateway).stream()
        .filter(workload ->
            !ownGatewaysOnly || workload.key().namespace().equals(gateway.key().namespace()))
        .toList();
  }

  /** What matters of it to what is declared. */
  ClusterContents contents() {
    return ClusterContents.of(
        gateways.all().stream()
            .map(workload -> new GatewayPods(workload.key().namespace(), workload.proxyLabels()))
            .toList(),
        ownGatewaysOnly,
        host -> state.services().byHost(host).map(JoinedMesh::ports));
  }

  private static List<ServicePort> ports(MeshService service) {
    return service.clusters().values().stream().flatMap(held -> held.ports().stream()).toList();
  }

  /**
   * Whether a moment is over.
   *
   * @param end after which something else is told
   */
  boolean isOver(Instant end) {
    boolean over = end.isBefore(now);
    if (!over && end.isBefore(until)) {
      until = end;
    }
    return over;
  }

  /** Whole days until something ends that isn't over; tomorrow it is one less. */
  long daysUntil(Instant end) {
    long days = Duration.between(now, end).toDays();
    Instant next = end.minus(Duration.ofDays(days));
    if (next.isBefore(until)) {
      until = next;
    }
    return days;
  }

  /** Whether at another time the same would be told of all that was asked. */
  boolean holdsAt(Instant time) {
    return !time.isBefore(now) && !until.isBefore(time);
  }

  List<ClusterName> controlPlanes() {
    return declared.clusters().stream()
        .filter(cluster -> cluster.role() == MeshCluster.Role.CONTROL_PLANE)
        .map(MeshCluster::name)
        .toList();
  }

  /**
   * The clusters whose istiod a proxy of a cluster asks: its own, where one runs there, else all.
   */
  List<ClusterName> istiodsOf(ClusterName cluster) {
    List<ClusterName> all = controlPlanes();
    return all.contains(cluster) ? List.of(cluster) : all;
  }

  /** All workloads of all clusters. */
  List<Workload> workloads() {
    return workloads;
  }

  /**
   * Why nothing can be said of kinds in some cluster of the mesh; empty if all were looked at in
   * each.
   */
  Optional<String> unknown(GroupKind... kinds) {
    for (MeshCluster cluster : declared.clusters()) {
      ClusterInventory held = found.of(cluster.name()).orElse(null);
      if (held == null) {
        return Optional.of("cluster " + cluster.name() + " was not looked at");
      }
      Optional<String> unknown = unknown(held, kinds);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return Optional.empty();
  }

  /** The same for one cluster. */
  Optional<String> unknown(ClusterName cluster, GroupKind... kinds) {
    ClusterInventory held = found.of(cluster).orElse(null);
    return held == null
        ? Optional.of("cluster " + cluster + " was not looked at")
        : unknown(held, kinds);
  }

  private static Optional<String> unknown(ClusterInventory held, GroupKind... kinds) {
    return Arrays.stream(kinds)
        .filter(kind -> kind.equals(ANY_WORKLOAD) ? !knowsWorkloads(held) : !held.knows(kind))
        .findFirst()
        .map(kind -> kind.kind() + "s of cluster " + held.cluster() + " were not looked at");
  }

  /** Why the workloads of some cluster aren't known. */
  Optional<String> unknownWorkloads() {
    return unknown(ANY_WORKLOAD);
  }

  /** Why the workloads of one cluster aren't known. */
  Optional<String> unknownWorkloads(ClusterName cluster) {
    return unknown(cluster, ANY_WORKLOAD);
  }

  private static boolean knowsWorkloads(ClusterInventory held) {
    return held.knows(ObservedKinds.POD) || ObservedKinds.WORKLOADS.stream().anyMatch(held::knows);
  }

  /** Whether a new pod of a workload would get a proxy. */
  Expectation.Answer injected(Workload workload) {
    return state.injection(workload.key().cluster()).expected(workload).answer();
  }

  /**
   * Whether the label that decides about a workload's injection names a revision that its cluster
   * doesn't have: of its namespace, or of its pods where the namespace has neither label.
   */
  boolean asksForNoRevision(Workload workload) {
    ClusterInjection injection = state.injection(workload.key().cluster());
    Map<String, String> labels =
        injection.namespaceLabels(workload.key().namespace()).orElse(Map.of());
    String revision =
        labels.containsKey(INJECTION)
            ? ""
            : labels.getOrDefault(REVISION, workload.labels().getOrDefault(REVISION, ""));
    return !revision.isEmpty() && !injection.hooks().revisions().contains(revision);
  }

  /**
   * Whether a proxy stands before a workload, or will: by its pods, by Istio's own table of
   * injection, or since it is a gateway.
   */
  boolean hasProxy(Workload workload) {
    return proxied.contains(workload.key());
  }

  /** The namespaces in which, in some cluster, something has a proxy. */
  Set<String> namespacesWithProxies() {
    return Collections.unmodifiableSet(namespacesWithProxies);
  }

  private boolean standsBefore(Workload workload) {
    return workload.role() != Proxy.Role.SIDECAR
        || workload.proxied()
        || workload.shape().proxy().isPresent()
        || injected(workload) == Expectation.Answer.YES;
  }

  /**
   * Whether ztunnel takes a workload's traffic. Where pods run, the CNI agent says so on them; of a
   * workload without pods, and in files written by hand, labels tell: {@code
   * ambient.enablementSelectors} in {@code manifests/charts/istio-cni/values.yaml} of istio/istio,
   * release 1.31.
   */
  boolean ambient(Workload workload) {
    if (workload.ambient()) {
      return true;
    }
    if (hasProxy(workload)
        || workload.outside().isPresent()
        || workload.shape().hostNetwork()
        || (complete && !workload.pods().isEmpty())) {
      return false;
    }
    String own = workload.proxyLabels().getOrDefault(DATAPLANE, "");
    return own.equals(AMBIENT)
        || (!own.equals("none")
            && state
                .injection(workload.key().cluster())
                .namespaceLabels(workload.key().namespace())
                .map(labels -> labels.getOrDefault(DATAPLANE, "").equals(AMBIENT))
                .orElse(false));
  }

  /** Why nothing can be said of proxies: nobody knows what a namespace asks for. */
  static final String PROXY_UNKNOWN = "labels of some namespaces were not looked at";

  /** Whether it isn't known if a proxy stands before a workload. */
  boolean proxyUnknown(Workload workload) {
    return !hasProxy(workload)
        && workload.pods().isEmpty()
        && injected(workload) == Expectation.Answer.UNKNOWN;
  }

  /** Whether it is known that no proxy stands before a workload. */
  boolean hasNoProxy(Workload workload) {
    return !hasProxy(workload)
        && !ambient(workload)
        && workload.outside().isEmpty()
        && injected(workload) == Expectation.Answer.NO;
  }
}
