package io.meshkeel.imports;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh.Topology;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the mesh and its clusters are, told by the istiods that run in them.
 *
 * @param mesh its name
 * @param version {@code major.minor}: the oldest of its istiods
 * @param topology from the number of control planes, and from where their istiods run
 * @param revision of its istiods; of several the one that most namespaces choose
 * @param rootNamespace Istio's root namespace
 * @param clusterDomain DNS domain of services
 * @param trustDomain SPIFFE trust domain
 * @param controlPlanes clusters where an istiod runs
 * @param all all clusters
 * @param networks of the clusters that have one
 * @param remarks what a reader of the Mesh should know
 */
record Footing(
    MeshName mesh,
    String version,
    Topology topology,
    String revision,
    String rootNamespace,
    String clusterDomain,
    String trustDomain,
    List<ClusterName> controlPlanes,
    List<ClusterName> all,
    Map<ClusterName, String> networks,
    List<String> remarks) {
  private static final Comparator<String> OLDEST =
      Comparator.comparingInt((String version) -> Integer.parseInt(version.split("\\.")[0]))
          .thenComparingInt(version -> Integer.parseInt(version.split("\\.")[1]));

  static Footing of(ImportRequest request) throws ImportException {
    Map<ClusterName, ClusterInventory> clusters = new TreeMap<>(request.inventory().clusters());
    List<String> remarks = new ArrayList<>();
    List<Istiod> istiods = new ArrayList<>();
    List<ClusterName> controlPlanes = new ArrayList<>();
    clusters.forEach((name, cluster) -> {
      List<Istiod> here = Istiod.in(cluster);
      istiods.addAll(here);
      if (!here.isEmpty() || request.controlPlanes().contains(name)) {
        controlPlanes.add(name);
      }
    });
    for (ClusterName named : new TreeSet<>(request.controlPlanes())) {
      if (!clusters.containsKey(named)) {
        throw new ImportException("the control plane " + named + " is none of the clusters read");
      }
    }
    boolean external = controlPlanes.isEmpty();
    if (external) {
      clusters.forEach((name, cluster) -> {
        List<Istiod> outside = Istiod.outside(cluster);
        istiods.addAll(outside);
        if (!outside.isEmpty()) {
          controlPlanes.add(name);
        }
      });
      remarks.add(
          "External: no istiod runs in these clusters, the one that reads the configuration is"
              + " called by a URL. Only Istio and Gateway API objects are declared; injection,"
              + " sidecars, gateways and remote secrets stay with whoever installed them.");
    }
    if (controlPlanes.isEmpty()) {
      throw new ImportException(
          "no istiod runs in "
              + String.join(", ", clusters.keySet().stream().map(ClusterName::value).toList())
              + " (a Deployment with the label app: istiod), and none outside checks configuration"
              + " there (a ValidatingWebhookConfiguration with a URL); read the control plane"
              + " cluster too, or name it by --control-plane if its istiod runs in another way");
    }
    String revision = revision(istiods, clusters, remarks);
    String root = one("rootNamespace", istiods, Istiod::rootNamespace, "istio-system", remarks);
    Topology topology = topology(external, controlPlanes, clusters);
    return new Footing(
        request.mesh(),
        version(request, istiods, remarks),
        topology,
        revision,
        root,
        one("clusterDomain", istiods, Istiod::clusterDomain, "cluster.local", remarks),
        one("trustDomain", istiods, Istiod::trustDomain, "cluster.local", remarks),
        List.copyOf(controlPlanes),
        List.copyOf(clusters.keySet()),
        networks(clusters, root),
        List.copyOf(remarks));
  }

  private static Topology topology(
      boolean external,
      List<ClusterName> controlPlanes,
      Map<ClusterName, ClusterInventory> clusters) {
    if (external) {
      return Topology.EXTERNAL;
    }
    return controlPlanes.size() == 1 && clusters.size() > 1
        ? Topology.PRIMARY_REMOTE
        : Topology.MULTI_PRIMARY;
  }

  SchemaCheck schema() {
    return SchemaCheck.of(version);
  }

  /** Whether these are all clusters, so that they need not be named. */
  boolean isAll(List<ClusterName> clusters) {
    return clusters.size() == all.size();
  }

  private static String version(ImportRequest request, List<Istiod> istiods, List<String> remarks)
      throws ImportException {
    List<String> seen =
        istiods.stream().flatMap(i -> i.version().stream()).distinct().sorted(OLDEST).toList();
    String known = String.join(", ", SchemaCheck.ISTIO_VERSIONS);
    Optional<String> version = request.istioVersion().or(() -> seen.stream().findFirst());
    if (version.isEmpty()) {
      throw new ImportException(
          "nothing tells which version of Istio runs; say it by --istio-version (" + known + ")");
    }
    if (!SchemaCheck.ISTIO_VERSIONS.contains(version.get())) {
      throw new ImportException(
          "Istio "
              + version.get()
              + " is not one of "
              + known
              + ", whose schemas are known here; say by --istio-version which of them to judge by");
    }
    if (seen.size() > 1) {
      remarks.add("istiods of several versions run: " + String.join(", ", seen));
    }
    if (!seen.isEmpty() && !seen.contains(version.get())) {
      remarks.add("istiod itself is " + String.join(", ", seen) + "; the version was given");
    }
    return version.get();
  }

  private static String revision(
      List<Istiod> istiods, Map<ClusterName, ClusterInventory> clusters, List<String> remarks) {
    TreeSet<String> revisions = new TreeSet<>();
    istiods.forEach(istiod -> revisions.add(istiod.revision()));
    if (revisions.size() <= 1) {
      return revisions.isEmpty() ? "default" : revisions.first();
    }
    Map<String, Integer> chosen = new HashMap<>();
    for (ClusterInventory cluster : clusters.values()) {
      for (Manifest namespace : cluster.of(ObservedKinds.NAMESPACE)) {
        String named = JsonTree.string(namespace.labels(), NamespaceLabels.REVISION, "");
        boolean usual = "enabled".equals(namespace.labels().get(NamespaceLabels.INJECTION));
        chosen.merge(usual ? "default" : named, 1, Integer::sum);
      }
    }
    String most =
        revisions.stream()
            .max(Comparator.comparingInt(revision -> chosen.getOrDefault(revision, 0)))
            .orElse("default");
    remarks.add(
        "istiods of several revisions run: "
            + String.join(", ", revisions)
            + "; most namespaces choose "
            + most);
    return most;
  }

  private static String one(
      String field,
      List<Istiod> istiods,
      Function<Istiod, String> of,
      String usual,
      List<String> remarks) {
    List<String> values = istiods.stream().map(of).distinct().sorted().toList();
    if (values.size() > 1) {
      remarks.add(
          "the istiods disagree about "
              + field
              + ": "
              + String.join(", ", values)
              + "; the first is written, put it right");
    }
    return values.isEmpty() ? usual : values.getFirst();
  }

  private static Map<ClusterName, String> networks(
      Map<ClusterName, ClusterInventory> clusters, String root) {
    Map<ClusterName, String> networks = new TreeMap<>();
    clusters.forEach((name, cluster) ->
        cluster
            .get(new ResourceKey("", "Namespace", "", root))
            .map(namespace -> JsonTree.string(namespace.labels(), "topology.istio.io/network", ""))
            .filter(network -> !network.isEmpty())
            .ifPresent(network -> networks.put(name, network)));
    return networks;
  }
}
