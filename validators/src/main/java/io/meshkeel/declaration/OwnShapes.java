package io.meshkeel.declaration;

import io.meshkeel.declaration.Shape.Field;
import io.meshkeel.declaration.Shape.Flag;
import io.meshkeel.declaration.Shape.Foreign;
import io.meshkeel.declaration.Shape.ListOf;
import io.meshkeel.declaration.Shape.Or;
import io.meshkeel.declaration.Shape.Struct;
import io.meshkeel.declaration.Shape.Text;
import io.meshkeel.declaration.Shape.Texts;
import io.meshkeel.declaration.Shape.Whole;
import io.meshkeel.declaration.Shape.Word;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.WorkloadSidecar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of {@code spec} of Meshkeel's own kinds: one table each. */
final class OwnShapes {
  private static final Text ANY = new Text(TextForm.ANY);
  private static final Text NAME = new Text(TextForm.LABEL);
  private static final Text OBJECT_NAME = new Text(TextForm.SUBDOMAIN);
  private static final Text QUANTITY = new Text(TextForm.QUANTITY);
  private static final Text URL = new Text(TextForm.URL);
  private static final Whole PORT = new Whole(1, 65535);
  private static final ListOf PORTS = new ListOf(PORT, 0);
  private static final ListOf RANGES = new ListOf(new Text(TextForm.CIDR), 0);
  private static final Or CLUSTERS = new Or("all", new ListOf(NAME, 1));
  private static final Field CHOICE =
      Field.optional("clusters", CLUSTERS, "names of clusters of the mesh, or `all`", "`all`");
  private static final Field REVISION =
      Field.optional("revision", NAME, "the revision of istiod that injects", "that of the mesh");
  private static final Field RESOURCES =
      Field.optional(
          "resources",
          Struct.of(
              Field.optional("cpu", QUANTITY, "CPU that a proxy asks for", ""),
              Field.optional("memory", QUANTITY, "memory that a proxy asks for", ""),
              Field.optional("cpuLimit", QUANTITY, "most CPU of a proxy", ""),
              Field.optional("memoryLimit", QUANTITY, "most memory of a proxy", "")),
          "resources of each proxy; what isn't said is Istio's default",
          "");

  static final Struct MESH =
      Struct.of(
          Field.required(
              "istioVersion",
              new Word(OwnKinds.ISTIO_VERSIONS),
              "write the Istio version of the mesh in quotes, for example \"1.31\""),
          Field.optional(
              "topology",
              Word.of(Mesh.Topology.values(), Mesh.Topology::word),
              "how the control plane is laid out",
              "`PrimaryRemote`"),
          Field.optional("revision", ANY, "istiod's revision", "`default`"),
          Field.optional("rootNamespace", ANY, "Istio's root namespace", "`istio-system`"),
          Field.optional("clusterDomain", ANY, "DNS domain of services", "`cluster.local`"),
          Field.optional("trustDomain", ANY, "SPIFFE trust domain", "`cluster.local`"),
          Field.optional(
              "drift",
              Struct.of(
                  Field.optional(
                      "mode",
                      Word.of(Mesh.DriftMode.values(), Mesh.DriftMode::word),
                      "what to do about drift",
                      "`Report`"),
                  Field.later("issue")),
              "what to do about drift",
              ""),
          Field.optional(
              "conflicts",
              Word.of(Mesh.Conflicts.values(), Mesh.Conflicts::word),
              "a field that another manager owns: `Fail` names it and leaves it, `Take` forces it",
              "`Fail`"),
          Field.optional(
              "onRemoval",
              Word.of(Mesh.OnRemoval.values(), Mesh.OnRemoval::word),
              "when the mesh or a cluster leaves the repository",
              "`Release`"),
          Field.optional(
              "prune",
              Struct.of(
                  Field.optional(
                      "enabled",
                      new Flag(),
                      "whether objects that are no longer declared are deleted",
                      "`true`"),
                  Field.optional(
                      "maxObjects",
                      new Whole(0, 1_000_000),
                      "most objects deleted from one cluster at once",
                      "`50`"),
                  Field.optional(
                      "maxPercent",
                      new Whole(0, 100),
                      "the same in percent of what is ours there",
                      "`30`")),
              "limits of pruning",
              ""),
          Field.optional(
              "adopt", new Flag(), "take over objects that exist and aren't ours", "`false`"),
          Field.optional(
              "suspend", new Flag(), "stop applying; keep judging and watching", "`false`"),
          Field.later("rollout"),
          Field.optional(
              "observability",
              Struct.of(
                  Field.optional(
                      "prometheus",
                      new ListOf(
                          Struct.of(
                              Field.optional(
                                  "cluster",
                                  NAME,
                                  "the cluster whose proxies it scrapes",
                                  "all of the mesh"),
                              Field.required("url", URL, "write the base URL of the Prometheus"),
                              Field.optional(
                                  "credential",
                                  NAME,
                                  "name of a credential that the service was given",
                                  "none")),
                          0),
                      "where traffic is asked about",
                      "none"),
                  Field.optional(
                      "grafana",
                      Struct.of(
                          Field.required(
                              "url", URL, "write the base URL of the Grafana with Istio's boards")),
                      "pages link to Istio's own dashboards there",
                      "none")),
              "where figures of the mesh come from",
              ""));

  static final Struct CLUSTER =
      Struct.of(
          Field.required(
              "role",
              Word.of(MeshCluster.Role.values(), MeshCluster.Role::word),
              "write ControlPlane (istiod runs there) or DataPlane"),
          Field.optional("network", ANY, "Istio network name", "none"),
          Field.required(
              "credential", ANY, "write the name of a credential that the service was given"),
          Field.optional("namespaces", new ListOf(ANY, 0), "watch and write only these", "all"),
          Field.optional("suspend", new Flag(), "leave this cluster alone", "`false`"),
          Field.optional(
              "istiod",
              Struct.of(
                  Field.required("url", URL, "write the base URL of istiod's debug endpoint"),
                  Field.optional(
                      "credential",
                      NAME,
                      "name of a credential that the service was given",
                      "none")),
              "istiod's debug and metrics endpoint",
              "none"),
          Field.optional(
              "remoteSecret",
              Struct.of(
                  Field.required(
                      "from", NAME, "write the name of a credential that the service was given")),
              "the control plane clusters get a Secret by which istiod finds this cluster",
              "none"));

  private static final Struct NAMESPACE_SIDECAR =
      Struct.of(
          Field.required(
              "namespaces", new ListOf(NAME, 1), "write the names of one or more namespaces"),
          CHOICE,
          Field.required(
              "injection",
              Word.of(NamespaceSidecar.Injection.values(), NamespaceSidecar.Injection::word),
              "write Enabled, Disabled, or Unset to take Istio's labels away"),
          REVISION);

  private static final Struct WORKLOAD_SIDECAR =
      Struct.of(
          Field.required(
              "workload",
              Struct.of(
                  Field.required(
                      "kind",
                      new Word(List.of("Deployment", "StatefulSet", "DaemonSet")),
                      "write Deployment, StatefulSet or DaemonSet"),
                  Field.required("namespace", NAME, "write the workload's namespace"),
                  Field.required("name", OBJECT_NAME, "write the workload's name")),
              "write kind, namespace and name of the workload"),
          CHOICE,
          Field.optional(
              "inject", new Flag(), "whether its pods get a sidecar", "as the namespace says"),
          RESOURCES,
          Field.optional(
              "logLevel",
              new Word(List.of("trace", "debug", "info", "warning", "error", "critical", "off")),
              "log level of the proxy",
              "Istio's"),
          Field.optional(
              "ports",
              Struct.of(
                  Field.optional(
                      "includeInbound", new Or("*", PORTS), "ports that go through it", "`*`"),
                  Field.optional("excludeInbound", PORTS, "ports that don't", "none"),
                  Field.optional("includeOutbound", PORTS, "ports called that go through it", ""),
                  Field.optional("excludeOutbound", PORTS, "ports called that don't", "none")),
              "which ports go through the sidecar",
              ""),
          Field.optional(
              "ranges",
              Struct.of(
                  Field.optional(
                      "includeOutbound",
                      new Or("*", RANGES),
                      "CIDR ranges called that go through it",
                      "`*`"),
                  Field.optional(
                      "excludeOutbound", RANGES, "CIDR ranges called that don't", "none")),
              "which addresses go through the sidecar",
              ""),
          Field.optional(
              "restart",
              Word.of(WorkloadSidecar.Restart.values(), WorkloadSidecar.Restart::word),
              "whether a change, which restarts the workload, is written",
              "`IfNeeded`"));

  private static final Struct MESH_GATEWAY =
      Struct.of(
          Field.required(
              "type",
              Word.of(MeshGateway.Type.values(), MeshGateway.Type::word),
              "write Ingress, Egress or EastWest"),
          Field.required("namespace", NAME, "write the namespace of the gateway"),
          Field.required("clusters", CLUSTERS, "write the clusters where it runs, or all"),
          Field.optional(
              "engine",
              Word.of(MeshGateway.Engine.values(), MeshGateway.Engine::word),
              "who makes its proxies",
              "`Auto`"),
          Field.optional("replicas", new Whole(0, 1000), "how many proxies", "1"),
          Field.optional(
              "autoscaling",
              Struct.of(
                  Field.optional("min", new Whole(1, 1000), "least number of proxies", "`1`"),
                  Field.required("max", new Whole(1, 1000), "write the most proxies"),
                  Field.optional(
                      "cpu", new Whole(1, 1000), "wanted use of CPU in percent", "`80`")),
              "instead of `replicas`",
              "none"),
          Field.optional(
              "service",
              Struct.of(
                  Field.optional(
                      "type",
                      new Word(List.of("LoadBalancer", "NodePort", "ClusterIP")),
                      "type of the Service",
                      "`LoadBalancer`; of an egress `ClusterIP`"),
                  Field.optional(
                      "ports",
                      new ListOf(
                          Struct.of(
                              Field.required("port", PORT, "write the number of the port"),
                              Field.optional(
                                  "name",
                                  new Text(TextForm.PORT_NAME),
                                  "name, unique in the Service",
                                  "protocol and number"),
                              Field.optional(
                                  "protocol",
                                  new Word(List.of("HTTP", "HTTPS", "TLS", "TCP")),
                                  "what is spoken",
                                  "`HTTP` for 80, `HTTPS` for 443, else `TCP`"),
                              Field.optional(
                                  "targetPort", PORT, "the proxy's port", "the same number")),
                          1),
                      "ports",
                      "80 and 443; those of an EastWest are fixed"),
                  Field.optional("annotations", new Texts(), "annotations of the Service", "none"),
                  Field.optional(
                      "loadBalancerClass", ANY, "which load balancer makes the address", ""),
                  Field.optional(
                      "externalTrafficPolicy",
                      new Word(List.of("Cluster", "Local")),
                      "as in Kubernetes",
                      "`Cluster`")),
              "how it is reached",
              ""),
          RESOURCES,
          Field.optional(
              "affinity",
              new Foreign(List.of("nodeAffinity", "podAffinity", "podAntiAffinity")),
              "of its pods, as in Kubernetes",
              "none"),
          REVISION);

  private static final Struct SERVICE_PORT =
      Struct.of(
          Field.required(
              "service",
              Struct.of(
                  Field.required("namespace", NAME, "write the Service's namespace"),
                  Field.required("name", OBJECT_NAME, "write the Service's name")),
              "write namespace and name of the Service"),
          CHOICE,
          Field.required(
              "ports",
              new ListOf(
                  Struct.of(
                      Field.required("port", PORT, "write the number of the port"),
                      Field.required(
                          "appProtocol",
                          new Word(
                              List.of(
                                  "http",
                                  "http2",
                                  "https",
                                  "grpc",
                                  "grpc-web",
                                  "tcp",
                                  "tls",
                                  "mongo",
                                  "mysql",
                                  "redis",
                                  "udp",
                                  "kubernetes.io/h2c",
                                  "kubernetes.io/ws",
                                  "kubernetes.io/wss")),
                          "write the protocol as Istio knows it, for example http2")),
                  1),
              "write one or more ports"));

  static final Struct WAIVER =
      Struct.of(
          Field.required(
              "rule", new Text(TextForm.RULE), "write the id of the rule, for example M101"),
          Field.required(
              "match",
              Struct.of(
                  Field.optional("mesh", NAME, "the mesh", "every mesh"),
                  Field.optional("cluster", NAME, "the cluster", "every cluster"),
                  Field.optional("kind", ANY, "the object's kind", "every kind"),
                  Field.optional("namespace", NAME, "the object's namespace", "every namespace"),
                  Field.optional("name", OBJECT_NAME, "the object's name", "every name"),
                  Field.optional(
                      "path",
                      ANY,
                      "the field as reports show it, for example `spec.http[0]`",
                      "every field")),
              "write which findings are meant, for example {mesh: shop, namespace: web}"),
          Field.required("reason", ANY, "write why it may be"),
          Field.optional("ticket", ANY, "where it is followed up", "none"),
          Field.required("owner", ANY, "write who answers for it"),
          Field.required(
              "expires",
              new Text(TextForm.DATE),
              "write its last day, at most 180 days ahead, for example 2027-01-31"));

  /** {@code spec} of each kind that stands for other objects, by kind. */
  static final Map<String, Struct> OWN =
      Map.of(
          "NamespaceSidecar", NAMESPACE_SIDECAR,
          "WorkloadSidecar", WORKLOAD_SIDECAR,
          "MeshGateway", MESH_GATEWAY,
          "ServicePort", SERVICE_PORT);

  private OwnShapes() {}

  /** {@code spec} of every kind, by kind. */
  static Map<String, Struct> all() {
    Map<String, Struct> all = new TreeMap<>(OWN);
    all.put("Mesh", MESH);
    all.put("MeshCluster", CLUSTER);
    all.put("Waiver", WAIVER);
    return all;
  }
}
