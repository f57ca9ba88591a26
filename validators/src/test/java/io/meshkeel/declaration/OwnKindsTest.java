package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Mesh.Conflicts;
import io.meshkeel.model.Mesh.DriftMode;
import io.meshkeel.model.Mesh.OnRemoval;
import io.meshkeel.model.Mesh.Prune;
import io.meshkeel.model.Mesh.Topology;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshCluster.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnKindsTest {
  private static final String FULL_MESH =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: Mesh
      metadata:
        name: shop
        annotations:
          meshkeel.io/confirm-prune: "120"
      spec:
        istioVersion: "1.30"
        topology: MultiPrimary
        revision: stable
        rootNamespace: mesh-root
        clusterDomain: mesh.local
        trustDomain: example.com
        drift: {mode: Heal}
        conflicts: Take
        onRemoval: Delete
        prune: {enabled: false, maxObjects: 7, maxPercent: 100}
        observability:
          prometheus:
            - {cluster: shop-mcpc, url: "http://prometheus:9090", credential: prom}
          grafana: {url: "https://grafana.example.com/base"}
        adopt: true
        suspend: true
      """;

  @Test
  void aMeshHasItsFields() {
    Mesh mesh = Tree.shop().with("meshes/shop/mesh.yaml", FULL_MESH).readShop().mesh();
    assertThat(mesh.folder()).isEqualTo("meshes/shop");
    assertThat(mesh.annotations()).containsEntry("meshkeel.io/confirm-prune", "120");
    assertThat(mesh.spec())
        .isEqualTo(
            new Mesh.Spec(
                "1.30",
                Topology.MULTI_PRIMARY,
                "stable",
                "mesh-root",
                "mesh.local",
                "example.com",
                DriftMode.HEAL,
                Conflicts.TAKE,
                OnRemoval.DELETE,
                new Prune(false, 7, 100),
                true,
                true,
                new Mesh.Observability(
                    List.of(
                        new Mesh.Prometheus(
                            Optional.of(new ClusterName("shop-mcpc")),
                            "http://prometheus:9090",
                            Optional.of("prom"))),
                    Optional.of("https://grafana.example.com/base"))));
  }

  @Test
  void aMeshHasDefaults() {
    assertThat(Tree.shop().readShop().mesh().spec())
        .isEqualTo(
            new Mesh.Spec(
                "1.31",
                Topology.PRIMARY_REMOTE,
                "default",
                "istio-system",
                "cluster.local",
                "cluster.local",
                DriftMode.REPORT,
                Conflicts.FAIL,
                OnRemoval.RELEASE,
                new Prune(true, 50, 30),
                false,
                false));
  }

  @Test
  void aClusterHasItsFields() {
    String cluster =
        Tree.CLUSTER
            + "  network: edge\n  namespaces: [a, b]\n  suspend: true\n"
            + "  istiod: {url: 'http://istiod:15014', credential: debug}\n";
    MeshCluster read =
        Tree.shop()
            .with("meshes/shop/clusters/mcpc.yaml", cluster)
            .readShop()
            .clusters()
            .getFirst();
    assertThat(read.name()).hasToString("shop-mcpc");
    assertThat(read.mesh()).hasToString("shop");
    assertThat(read.role()).isEqualTo(Role.CONTROL_PLANE);
    assertThat(read.network()).contains("edge");
    assertThat(read.credential()).isEqualTo("shop-mcpc");
    assertThat(read.namespaces()).containsExactly("a", "b");
    assertThat(read.suspend()).isTrue();
    assertThat(read.istiod())
        .contains(new MeshCluster.Istiod("http://istiod:15014", Optional.of("debug")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "istioVersion: 1.30            | D015 | put the value in quotes",
        "istioVersion: \"1.12\"        | D016 | 1.29, 1.30, 1.31",
        "topology: Multi               | D016 | PrimaryRemote, MultiPrimary, External",
        "topology: multiprimary        | D016 | did you mean 'MultiPrimary'?",
        "toplogy: External             | D014 | did you mean 'topology'?",
        "drift: Heal                   | D015 | 'spec.drift' must be a map",
        "drift: {mode: Fix}            | D016 | Report, Heal, Ignore",
        "drift: {issue: true}          | D018 | 'spec.drift.issue' is not supported",
        "drift: {mod: Heal}            | D014 | did you mean 'mode'?",
        "rollout: {waves: []}          | D018 | 'spec.rollout' is not supported",
        "observability: {grafana: {}}  | D017 | 'spec.observability.grafana.url' is missing",
        "observability: {grafana: {url: ftp://x}} | D016 | an http or https URL",
        "observability: {prometheus: [{url: 'http://a:b@x'}]} | D016 | without user",
        "observability: {prometheus: {url: 'http://x'}} | D015 | must be a list of maps",
        "conflicts: Force              | D016 | Fail, Take",
        "onRemoval: Keep               | D016 | Release, Delete",
        "prune: {maxPercent: 101}      | D016 | from 0 to 100",
        "prune: {maxObjects: -1}       | D016 | from 0",
        "prune: {maxObjects: \"5\"}    | D015 | a whole number",
        "prune: {enabled: \"yes\"}     | D015 | true or false",
        "adopt: maybe                  | D015 | true or false",
        "suspend: 1                    | D015 | true or false",
        "revision: \"\"                | D016 | is empty",
      })
  void aMistakeInAMeshIsTold(String field, String id, String said) {
    String spec = field.startsWith("istioVersion") ? "" : "  istioVersion: \"1.31\"\n";
    String mesh = Tree.MESH.replace("  istioVersion: \"1.31\"\n", spec) + "  " + field + "\n";
    Declarations declarations = Tree.shop().with("meshes/shop/mesh.yaml", mesh).read();
    assertThat(declarations.meshes()).isEmpty();
    assertThat(declarations.problems()).hasSize(1);
    Finding finding = declarations.problems().getFirst();
    assertThat(finding.ruleId()).isEqualTo(id);
    assertThat(finding.oneLine())
        .contains(said)
        .contains("meshes/shop/mesh.yaml:" + (spec.isEmpty() ? 6 : 7) + ":");
  }

  @Test
  void anIstioVersionMustBeGiven() {
    String mesh = Tree.MESH.replace("  istioVersion: \"1.31\"\n", "  adopt: true\n");
    assertThat(Tree.shop().with("meshes/shop/mesh.yaml", mesh).read().problems())
        .singleElement()
        .satisfies(f -> assertThat(f.ruleId()).isEqualTo("D017"))
        .satisfies(f -> assertThat(f.position()).hasToString("meshes/shop/mesh.yaml:5:1"));
  }

  @Test
  void allMistakesOfAMeshAreToldAtOnce() {
    String mesh = Tree.MESH + "  topology: X1\n  conflicts: Y1\n  what: Z1\n";
    assertThat(Tree.ids(Tree.shop().with("meshes/shop/mesh.yaml", mesh).read().problems()))
        .containsExactly("D016", "D016", "D014");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "role: Primary                 | D016 | ControlPlane, DataPlane",
        "role: dataplane               | D016 | did you mean 'DataPlane'?",
        "istiod: {url: x}              | D016 | an http or https URL",
        "istiod: {credential: x}       | D017 | 'spec.istiod.url' is missing",
        "remoteSecret: {}              | D017 | 'spec.remoteSecret.from' is missing",
        "credentials: x                | D014 | did you mean 'credential'?",
        "namespaces: a                 | D015 | a list of texts",
        "namespaces: [1]               | D015 | item 0",
        "network: 5                    | D015 | a text",
      })
  void aMistakeInAClusterIsTold(String field, String id, String said) {
    String cluster =
        field.startsWith("role")
            ? Tree.CLUSTER.replace("role: ControlPlane", field)
            : Tree.CLUSTER + "  " + field + "\n";
    List<Finding> problems =
        Tree.shop().with("meshes/shop/clusters/mcpc.yaml", cluster).readShop().problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().ruleId()).isEqualTo(id);
    assertThat(problems.getFirst().oneLine())
        .contains(said)
        .startsWith("meshes/shop/clusters/mcpc.yaml:");
  }

  @Test
  void aClusterNeedsRoleAndCredential() {
    String cluster = Tree.CLUSTER.replaceAll("  (role|credential): .*\n", "  network: x\n");
    cluster = cluster.replaceFirst("  network: x\n", "");
    assertThat(
            Tree.ids(
                Tree.shop().with("meshes/shop/clusters/mcpc.yaml", cluster).readShop().problems()))
        .containsExactly("D017", "D017");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MeshTest",
      })
  void aKindOfALaterVersionIsAnErrorAndNotIgnored(String kind) {
    String text =
        "apiVersion: meshkeel.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: x}\nspec: {}\n";
    assertThat(Tree.shop().with("meshes/shop/x.yaml", text).readShop().problems())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.ruleId()).isEqualTo("D018");
          assertThat(f.message()).contains(kind).contains("not supported by this version");
        });
  }

  @Test
  void anUnknownOwnKindIsToldWithTheClosestOne() {
    String text = Tree.CLUSTER.replace("MeshCluster", "MeshClutser");
    Tree tree = Tree.shop().with("meshes/shop/clusters/mcpc.yaml", text);
    assertThat(tree.readShop().problems().getFirst().oneLine())
        .contains("did you mean 'MeshCluster'?");
  }

  @Test
  void anotherVersionOfOurGroupIsRefused() {
    String mesh = Tree.MESH.replace("v1alpha1", "v1");
    assertThat(Tree.shop().with("meshes/shop/mesh.yaml", mesh).read().problems())
        .singleElement()
        .satisfies(f -> assertThat(f.oneLine()).contains("write meshkeel.io/v1alpha1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop", "a.b", "-a", "a_b"})
  void aNameOfAMeshIsALabel(String name) {
    String mesh = Tree.MESH.replace("name: shop", "name: " + name);
    assertThat(Tree.ids(Tree.shop().with("meshes/shop/mesh.yaml", mesh).read().problems()))
        .containsExactly("D010");
  }

  @Test
  void aMeshIsInNoNamespace() {
    String mesh = Tree.MESH.replace("  name: shop", "  name: shop\n  namespace: x");
    assertThat(Tree.ids(Tree.shop().with("meshes/shop/mesh.yaml", mesh).read().problems()))
        .containsExactly("D011");
  }
}
