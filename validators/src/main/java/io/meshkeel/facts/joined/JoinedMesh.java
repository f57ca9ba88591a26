package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.ClusterContents.GatewayPods;
import io.meshkeel.facts.Input;
import io.meshkeel.facts.Retold;
import io.meshkeel.facts.gateway.GatewayWorkloads;
import io.meshkeel.facts.gateway.NetworkGateways;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.service.Endpoints;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One mesh as it will be once the revision is applied: what it declares and what its clusters hold.
 * Istio's configuration is that of the first control plane cluster that was looked at, the declared
 * objects in place of those found. Kept from one revision to the next: who reads notes it. Changed
 * by one thread while nobody reads; read by any.
 */
final class JoinedMesh {
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String DATAPLANE = "istio.io/dataplane-mode";
  private static final String AMBIENT = "ambient";
  private static final GroupKind ANY_WORKLOAD = new GroupKind("", "Workload");

  private final MeshDeclarations declared;
  private final Layers layers;
  private final MeshState state;
  private final WorkloadBook workloads = new WorkloadBook();
  private final Retold<Settings> settings;
  private final Endpoints endpoints;
  private final Input<Optional<Traffic>> traffic;
  private final boolean complete;
  private final Deadlines deadlines;
  private final PolicyReach reach;
  private final GatewayWorkloads gateways;

  /** Gateways of the Gateway API that MeshGateways may make, as {@code namespace/name}. */
  private final Set<String> rendered = new HashSet<>();

  /**
   * What is read once: if it changes, the mesh must be joined anew.
   *
   * @param networks of each cluster that has one
   * @param ownGatewaysOnly whether only pods of its namespace take a Gateway
   */
  private record Settings(Map<ClusterName, String> networks, boolean ownGatewaysOnly) {}

  private JoinedMesh(MeshDeclarations declared, Evidence evidence, Instant now) {
    this.declared = declared;
    this.traffic = new Input<>(evidence.traffic());
    this.deadlines = new Deadlines(now);
    this.complete = evidence.complete();
    this.layers = new Layers(declared, evidence);
    this.state =
        MeshState.of(declared.mesh().spec(), layers.configuration(), layers.expected().inventory());
    state.settle();
    for (Held held : layers.found().all()) {
      state
          .workloads(held.cluster())
          .all()
          .forEach(workload -> workloads.become(workload.key(), Optional.of(workload)));
    }
    this.gateways = state.gateways();
    for (OwnDeclaration one : own()) {
      if (one instanceof MeshGateway gateway) {
        rendered.add(gateway.namespace() + "/" + gateway.name());
      }
    }
    this.settings =
        new Retold<>(() -> new Settings(allNetworks(), Istiods.scopeGatewaysToNamespace(this)));
    this.endpoints = state.endpoints(settings.get().networks());
    this.reach = new PolicyReach(this);
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
   * Takes over what changed, in a mesh whose clusters are known in full.
   *
   * @param objects all that are declared now
   * @param declaredKeys under which keys something else is declared
   * @param held what the clusters hold now
   * @param foundKeys under which keys of these it changed; of kinds that were looked at
   * @param seen what is observed to be called
   * @return what else must be told anew than what notes what it reads; empty if the mesh must be
   *     joined anew
   */
  Optional<Changed> become(
      List<Declaration> objects,
      Set<ResourceKey> declaredKeys,
      List<ClusterInventory> held,
      Map<ClusterName, Set<ResourceKey>> foundKeys,
      Optional<Traffic> seen) {
    traffic.set(seen);
    Set<WorkloadKey> touched = new HashSet<>();
    Set<ServiceKey> services = new HashSet<>();
    layers
        .become(objects, declaredKeys, held, foundKeys)
        .forEach((cluster, keys) -> {
          Held now = expected().of(cluster).orElseThrow();
          for (ResourceKey key : keys) {
            if (key.groupKind().equals(ObservedKinds.SERVICE)) {
              services.add(new ServiceKey(key.namespace(), key.name()));
            }
            touched.addAll(
                now.get(key)
                    .map(object -> state.put(cluster, object))
                    .orElseGet(() -> state.remove(cluster, key))
                    .workloads());
          }
        });
    state.settle();
    touched.forEach(key -> workloads.become(key, state.workloads(key.cluster()).get(key)));
    return settings.holds()
        ? Optional.of(new Changed(foundKeys, services, touched))
        : Optional.empty();
  }

  private Map<ClusterName, String> allNetworks() {
    ResourceKey root = new ResourceKey("", "Namespace", "", spec().rootNamespace());
    Map<ClusterName, String> networks = new TreeMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      cluster
          .network()
          .or(() ->
              expected()
                  .of(cluster.name())
                  .flatMap(held -> held.get(root))
                  .flatMap(NetworkGateways::networkOf))
          .ifPresent(network -> networks.put(cluster.name(), network));
    }
    return networks;
  }

  /** The clusters that are declared. */
  List<MeshCluster> clusters() {
    return declared.clusters();
  }

  /** What is declared of Meshkeel's own kinds. */
  List<OwnDeclaration> own() {
    return declared.own();
  }

  /** Whether a MeshGateway may make a Gateway of the Gateway API with this name. */
  boolean rendersGateway(String namespace, String name) {
    return rendered.contains(namespace + "/" + name);
  }

  /**
   * The kinds of what was declared when the mesh was joined; they change afterwards only if the
   * clusters are known in full.
   */
  Set<GroupKind> declaredKinds() {
    Set<GroupKind> kinds = new HashSet<>();
    declared.objects().forEach(object -> kinds.add(object.manifest().key().groupKind()));
    return kinds;
  }

  Mesh.Spec spec() {
    return declared.mesh().spec();
  }

  /** What was found in the clusters of the mesh, as it was found. */
  Holdings found() {
    return layers.found();
  }

  /** What they will hold. */
  Holdings expected() {
    return layers.expected();
  }

  /** The cluster whose Istio configuration counts. */
  ClusterName configuration() {
    return layers.configuration();
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
    return settings.get().networks();
  }

  Optional<Traffic> traffic() {
    return traffic.get();
  }

  /** Whether what isn't found of a kind that was looked at isn't there. */
  boolean complete() {
    return complete;
  }

  /**
   * What changed, where it is told of by what is found under a key or of a workload.
   *
   * @param found keys of what is found, by cluster
   * @param services which of them may be different, gone ones among them
   * @param workloads which of them may be different, gone ones among them
   */
  record Changed(
      Map<ClusterName, Set<ResourceKey>> found,
      Set<ServiceKey> services,
      Set<WorkloadKey> workloads) {}

  /** The workloads behind a service, those whose pods are still to come among them. */
  List<Workload> servers(MeshService service) {
    List<Workload> servers = new ArrayList<>();
    service
        .clusters()
        .forEach((cluster, held) -> {
          if (!held.selector().isEmpty() && found().of(cluster).isPresent()) {
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
            !settings.get().ownGatewaysOnly()
                || workload.key().namespace().equals(gateway.key().namespace()))
        .toList();
  }

  /** What matters of it to what is declared. */
  ClusterContents contents() {
    return ClusterContents.of(
        workloads.proxies().stream()
            .filter(workload -> workload.role() == Proxy.Role.GATEWAY)
            .map(workload -> new GatewayPods(workload.key().namespace(), workload.proxyLabels()))
            .toList(),
        settings.get().ownGatewaysOnly(),
        host -> state.services().byHost(host).map(JoinedMesh::ports));
  }

  private static List<ServicePort> ports(MeshService service) {
    return service.clusters().values().stream().flatMap(held -> held.ports().stream()).toList();
  }

  /** What is said of dates. */
  Deadlines deadlines() {
    return deadlines;
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

  /** All workloads of all clusters: what is known of them together, that notes who reads it. */
  WorkloadBook workloads() {
    return workloads;
  }

  /** The workloads of a namespace, cluster by cluster. */
  List<Workload> workloads(String namespace) {
    List<Workload> all = new ArrayList<>();
    found().all().forEach(held -> all.addAll(workloads(held.cluster(), namespace)));
    return all;
  }

  /** The workloads of a namespace of one cluster. */
  Collection<Workload> workloads(ClusterName cluster, String namespace) {
    return state.workloads(cluster).inNamespace(namespace);
  }

  /** An Istio object, or one of the Gateway API, as istiod reads it. */
  Optional<Manifest> configured(ResourceKey key) {
    return expected().of(configuration()).flatMap(held -> held.get(key));
  }

  /** All of a kind, as istiod reads them. */
  List<Manifest> configured(GroupKind kind) {
    return expected().of(configuration()).map(held -> held.of(kind)).orElse(List.of());
  }

  /**
   * Why nothing can be said of kinds in some cluster of the mesh; empty if all were looked at in
   * each.
   */
  Optional<String> unknown(GroupKind... kinds) {
    for (MeshCluster cluster : declared.clusters()) {
      Held held = found().of(cluster.name()).orElse(null);
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
    Held held = found().of(cluster).orElse(null);
    return held == null
        ? Optional.of("cluster " + cluster + " was not looked at")
        : unknown(held, kinds);
  }

  private static Optional<String> unknown(Held held, GroupKind... kinds) {
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

  private static boolean knowsWorkloads(Held held) {
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
    return workload.role() != Proxy.Role.SIDECAR
        || workload.proxied()
        || workload.shape().proxy().isPresent()
        || injected(workload) == Expectation.Answer.YES;
  }

  /** Whether, in some cluster, something in a namespace has a proxy. */
  boolean hasProxies(String namespace) {
    return workloads(namespace).stream().anyMatch(this::hasProxy);
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
