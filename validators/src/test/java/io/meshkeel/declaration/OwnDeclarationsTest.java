package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Own kinds that stand for objects of clusters: what is read, and what is refused. */
class OwnDeclarationsTest {
  private static final String DATA =
      Tree.CLUSTER.replace("shop-mcpc", "shop-data").replace("ControlPlane", "DataPlane");

  private static String own(String kind, String name, String spec) {
    return """
    apiVersion: meshkeel.io/v1alpha1
    kind: %s
    metadata:
      name: %s
    spec:
    %s
    """
        .formatted(kind, name, spec.indent(2).stripTrailing());
  }

  private static Tree shop() {
    return Tree.shop().with("meshes/shop/clusters/data.yaml", DATA);
  }

  private static OwnDeclaration read(String kind, String spec) {
    List<OwnDeclaration> own =
        shop().with("meshes/shop/own.yaml", own(kind, "mine", spec)).readShop().own();
    assertThat(own).hasSize(1);
    return own.getFirst();
  }

  private static List<Finding> mistakes(Tree tree) {
    return tree.readShop().problems();
  }

  @Test
  void aNamespaceSidecarHasItsFields() {
    OwnDeclaration own =
        read(
            "NamespaceSidecar",
            "namespaces: [a, b]\nclusters: [shop-data]\ninjection: Enabled\nrevision: canary");

    assertThat(own)
        .isEqualTo(
            new NamespaceSidecar(
                own.declaration(),
                ClusterChoice.of(List.of("shop-data")),
                List.of("a", "b"),
                NamespaceSidecar.Injection.ENABLED,
                Optional.of("canary")));
    assertThat(own.name()).isEqualTo("mine");
    assertThat(own.declaration().position()).hasToString("meshes/shop/own.yaml:1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "clusters: all\n"})
  void allClustersAreMeantUnlessSomeAreNamed(String clusters) {
    OwnDeclaration own = read("NamespaceSidecar", clusters + "namespaces: [a]\ninjection: Unset");

    assertThat(own.clusters()).isEqualTo(ClusterChoice.ALL);
  }

  @Test
  void aWorkloadSidecarHasItsFields() {
    OwnDeclaration own =
        read(
            "WorkloadSidecar",
            """
            workload: {kind: StatefulSet, namespace: a, name: db}
            inject: true
            resources: {cpu: 1, memory: 128Mi, cpuLimit: "2", memoryLimit: 1Gi}
            logLevel: debug
            ports: {includeInbound: "*", excludeInbound: [9090, 9091], excludeOutbound: [443]}
            ranges: {includeOutbound: [10.0.0.0/8, "fd00::/8"], excludeOutbound: []}
            restart: Never
            """);

    assertThat(own)
        .isEqualTo(
            new WorkloadSidecar(
                own.declaration(),
                ClusterChoice.ALL,
                new WorkloadSidecar.Workload("StatefulSet", "a", "db"),
                Optional.of(true),
                new ProxyResources(
                    Optional.of("1"), Optional.of("128Mi"), Optional.of("2"), Optional.of("1Gi")),
                Optional.of("debug"),
                Map.of(
                    "includeInboundPorts", "*",
                    "excludeInboundPorts", "9090,9091",
                    "excludeOutboundPorts", "443",
                    "includeOutboundIPRanges", "10.0.0.0/8,fd00::/8",
                    "excludeOutboundIPRanges", ""),
                WorkloadSidecar.Restart.NEVER));
  }

  @Test
  void aGatewayHasItsFields() {
    MeshGateway own =
        (MeshGateway)
            read(
                "MeshGateway",
                """
                type: Ingress
                namespace: edge
                clusters: [shop-data]
                autoscaling: {max: 5}
                service:
                  type: NodePort
                  ports:
                    - port: 443
                    - {port: 8443, name: api, protocol: TLS, targetPort: 443}
                  annotations: {a: b}
                  externalTrafficPolicy: Local
                affinity: {nodeAffinity: {x: y}}
                """);

    assertThat(own.type()).isEqualTo(MeshGateway.Type.INGRESS);
    assertThat(own.engine()).isEqualTo(MeshGateway.Engine.AUTO);
    assertThat(own.autoscaling()).contains(new MeshGateway.Autoscaling(1, 5, 80));
    assertThat(own.service().ports())
        .containsExactly(
            new MeshGateway.Port("https-443", 443, 443, "HTTPS"),
            new MeshGateway.Port("api", 8443, 443, "TLS"));
    assertThat(own.service().annotations()).containsExactly(Map.entry("a", "b"));
    assertThat(own.affinity()).containsKey("nodeAffinity");
    assertThat(own.needsInjection()).isTrue();
  }

  @Test
  void aServicePortHasItsFields() {
    OwnDeclaration own =
        read(
            "ServicePort",
            "service: {namespace: a, name: db}\nports: [{port: 3306, appProtocol: mysql}]");

    assertThat(own)
        .isEqualTo(
            new ServicePort(
                own.declaration(),
                ClusterChoice.ALL,
                "a",
                "db",
                List.of(new ServicePort.Port(3306, "mysql"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NamespaceSidecar | {namespaces: [a]}                            | D017 | spec.injection",
        "NamespaceSidecar | {namespaces: [], injection: Enabled}         | D016 | at least 1",
        "NamespaceSidecar | {namespaces: [a, a], injection: Enabled}     | D016 | twice",
        "NamespaceSidecar | {namespaces: [A], injection: Enabled}        | D016 | lower-case",
        "NamespaceSidecar | {namespaces: [a], injection: enabled}        | D016 | did you mean 'Enabled'?",
        "NamespaceSidecar | {namespace: [a], injection: Enabled, namespaces: [b]} | D014 | did you mean 'namespaces'?",
        "NamespaceSidecar | {namespaces: [kube-system], injection: Unset} | D030 | Kubernetes itself",
        "NamespaceSidecar | {namespaces: [istio-system], injection: Unset} | D030 | control plane",
        "NamespaceSidecar | {namespaces: [a], injection: Unset, revision: x} | D016 | who injects",
        "NamespaceSidecar | {namespaces: [a], injection: Unset, clusters: every} | D016 | use one of all or",
        "NamespaceSidecar | {namespaces: [a], injection: Unset, clusters: [shop-dat]} | D028 | did you mean 'shop-data'?",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}} | D017 | says nothing",
        "WorkloadSidecar | {workload: {kind: Job, namespace: a, name: b}, inject: true} | D016 | DaemonSet",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: kube-system, name: b}, inject: true} | D030 | itself",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, inject: false, logLevel: info} | D016 | isn't there",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, logLevel: warnin} | D016 | did you mean 'warning'?",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, resources: {cpu: 1x}} | D016 | a Kubernetes quantity",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, ports: {excludeInbound: [0]}} | D016 | from 1 to 65535",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, ports: {excludeInbound: '*'}} | D015 | a list of whole numbers",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, ranges: {excludeOutbound: [10.0.0.0/33]}} | D016 | a CIDR range",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, ranges: {excludeOutbound: [10.0.0.256/8]}} | D016 | a CIDR range",
        "WorkloadSidecar | {workload: {kind: Deployment, namespace: a, name: b}, ranges: {excludeOutbound: ['fd00::/129']}} | D016 | a CIDR range",
        "MeshGateway | {type: Ingress, namespace: a}                          | D017 | spec.clusters",
        "MeshGateway | {type: Ingres, namespace: a, clusters: all}            | D016 | did you mean 'Ingress'?",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, replicas: 2, autoscaling: {max: 2}} | D016 | keep one",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, autoscaling: {min: 3, max: 2}} | D016 | more than 'max'",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, service: {ports: [{port: 80}, {port: 80}]}} | D016 | twice",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, service: {ports: [{port: 15021}]}} | D016 | always there",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, service: {type: ClusterIP, externalTrafficPolicy: Local}} | D016 | no meaning",
        "MeshGateway | {type: Egress, namespace: a, clusters: all, service: {loadBalancerClass: x}} | D016 | not a ClusterIP",
        "MeshGateway | {type: Ingress, namespace: a, clusters: [shop-mcpc], engine: GatewayApi, replicas: 2} | D016 | no field for",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, engine: GatewayApi} | D016 | data plane cluster shop-data",
        "MeshGateway | {type: EastWest, namespace: a, clusters: [shop-mcpc]}  | D016 | shop-mcpc has none",
        "MeshGateway | {type: Ingress, namespace: a, clusters: [nowhere]}     | D028 | no cluster 'nowhere'",
        "MeshGateway | {type: Ingress, namespace: a, clusters: all, affinity: {nodeAfinity: {}}} | D014 | did you mean 'nodeAffinity'?",
        "ServicePort | {service: {namespace: a, name: b}, ports: []}          | D016 | at least 1",
        "ServicePort | {service: {namespace: a, name: b}, ports: [{port: 1, appProtocol: htp}]} | D016 | did you mean 'http'?",
        "ServicePort | {service: {namespace: a, name: b}, ports: [{port: 1, appProtocol: tcp}, {port: 1, appProtocol: tls}]} | D016 | twice",
      })
  void aMistakeIsToldWithItsPlace(String kind, String spec, String id, String said) {
    String text =
        "apiVersion: meshkeel.io/v1alpha1\nkind: "
            + kind
            + "\nmetadata: {name: mine}\nspec: "
            + spec
            + "\n";
    List<Finding> mistakes = mistakes(shop().with("meshes/shop/own.yaml", text));

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().ruleId()).isEqualTo(id);
    assertThat(mistakes.getFirst().oneLine())
        .contains(said)
        .startsWith("meshes/shop/own.yaml:4:")
        .contains(kind + " mine: ");
  }

  @Test
  void twoDeclarationsForOneNamespaceAndClusterAreRefused() {
    String first = own("NamespaceSidecar", "one", "namespaces: [a, b]\ninjection: Enabled");
    String second =
        own("NamespaceSidecar", "two", "namespaces: [b]\ninjection: Unset\nclusters: [shop-data]");
    List<Finding> mistakes =
        mistakes(shop().with("meshes/shop/own.yaml", first + "---\n" + second));

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().oneLine())
        .startsWith("meshes/shop/own.yaml:14:")
        .contains("Namespace b is also the subject of NamespaceSidecar one")
        .endsWith("[D029]");
  }

  @Test
  void differentClustersMayHaveDifferentDeclarationsForOneNamespace() {
    String first =
        own(
            "NamespaceSidecar",
            "one",
            "namespaces: [a]\ninjection: Enabled\nclusters: [shop-mcpc]");
    String second =
        own("NamespaceSidecar", "two", "namespaces: [a]\ninjection: Unset\nclusters: [shop-data]");

    assertThat(mistakes(shop().with("meshes/shop/own.yaml", first + "---\n" + second))).isEmpty();
  }

  @Test
  void twoDeclarationsForOneWorkloadOrServiceAreRefused() {
    String workload = "workload: {kind: Deployment, namespace: edge, name: ingress}\ninject: true";
    String port = "service: {namespace: edge, name: ingress}\nports: [{port: 1, appProtocol: tcp}]";
    String gateway = "type: Ingress\nnamespace: edge\nclusters: all";
    Tree tree =
        shop()
            .with("meshes/shop/a.yaml", own("MeshGateway", "ingress", gateway))
            .with("meshes/shop/b.yaml", own("WorkloadSidecar", "b", workload))
            .with("meshes/shop/c.yaml", own("ServicePort", "c", port))
            .with("meshes/shop/d.yaml", own("ServicePort", "d", port));

    assertThat(Tree.ids(mistakes(tree))).containsExactly("D029", "D029", "D029");
  }

  @Test
  void oneNameMayNotBeDeclaredTwice() {
    String sidecar = own("NamespaceSidecar", "one", "namespaces: [a]\ninjection: Enabled");
    Tree tree =
        shop()
            .with("meshes/shop/a.yaml", sidecar)
            .with("meshes/shop/b.yaml", sidecar.replace("[a]", "[b]"));

    assertThat(Tree.ids(mistakes(tree))).containsExactly("D022");
    assertThat(tree.readShop().own()).hasSize(1);
  }

  @Test
  void anExternalMeshGetsNothingButConfiguration() {
    String sidecar = own("NamespaceSidecar", "one", "namespaces: [a]\ninjection: Enabled");
    Tree tree =
        shop()
            .with("meshes/shop/mesh.yaml", Tree.MESH + "  topology: External\n")
            .with("meshes/shop/own.yaml", sidecar);

    assertThat(Tree.ids(mistakes(tree))).containsExactly("D032");
  }

  @Test
  void anUnchangedFileYieldsTheSameInstances() {
    Tree tree =
        shop()
            .with(
                "meshes/shop/own.yaml",
                own("NamespaceSidecar", "one", "namespaces: [a]\ninjection: Enabled"));
    DeclarationReader reader = new DeclarationReader();
    OwnDeclaration first = Tree.mesh(reader.read(tree.snapshot()), "shop").own().getFirst();
    tree.with("meshes/shop/other.yaml", Tree.virtualService("x"));

    assertThat(Tree.mesh(reader.read(tree.snapshot()), "shop").own().getFirst()).isSameAs(first);
  }

  @Test
  void aGatewayNeedsANameThatAServiceMayHave() {
    Tree tree =
        shop()
            .with(
                "meshes/shop/own.yaml",
                own("MeshGateway", "1st.gate", "type: Ingress\nnamespace: a\nclusters: all"));

    assertThat(Tree.ids(tree.readShop().problems())).containsExactly("D010");
  }

  @Test
  void anOwnKindOutsideAnyMeshIsRefused() {
    Tree tree =
        new Tree()
            .with(
                "meshes/lost/own.yaml",
                own("NamespaceSidecar", "one", "namespaces: [a]\ninjection: Enabled"));

    assertThat(Tree.ids(tree.read().problems())).containsExactly("D021");
  }

  @Test
  void aPrometheusOfAClusterThatIsNotInTheMeshIsRefused() {
    String mesh =
        Tree.MESH + "  observability: {prometheus: [{cluster: shop-dat, url: 'http://p:9090'}]}\n";

    assertThat(mistakes(shop().with("meshes/shop/mesh.yaml", mesh)))
        .singleElement()
        .satisfies(f -> assertThat(f.oneLine()).contains("did you mean 'shop-data'?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DataPlane    |               | true",
        "DataPlane    | namespaces: [a, b] | true",
        "DataPlane    | namespaces: [c] | false",
        "ControlPlane | namespaces: [c] | false",
      })
  void twoMeshesMayShareADataPlaneClusterOnlyNamespaceByNamespace(
      String role, String namespaces, boolean refused) {
    String bank =
        Tree.CLUSTER.replace("name: shop-mcpc", "name: bank-mcpc").replace("shop-mcpc", "bank");
    String shared =
        Tree.CLUSTER
            .replace("name: shop-mcpc", "name: bank-data")
            .replace("shop-mcpc", "shop-data")
            .replace("ControlPlane", role);
    Tree tree =
        Tree.shop()
            .with("meshes/shop/clusters/data.yaml", DATA + "  namespaces: [a]\n")
            .with(
                "meshes/bank/mesh.yaml",
                Tree.MESH.replace("shop", "bank") + "  topology: MultiPrimary\n")
            .with("meshes/bank/clusters/mcpc.yaml", bank)
            .with(
                "meshes/bank/clusters/data.yaml",
                shared + (namespaces == null ? "" : "  " + namespaces + "\n"));
    List<String> expected = refused ? List.of("D031") : List.of();

    assertThat(Tree.ids(tree.readShop().problems())).isEqualTo(expected);
    assertThat(Tree.ids(Tree.mesh(tree.read(), "bank").problems())).isEqualTo(expected);
  }
}
