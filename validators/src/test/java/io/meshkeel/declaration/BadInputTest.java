package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake says where it is, what it is, why that is wrong and how to fix it. */
class BadInputTest {
  private static final String DATA =
      Tree.CLUSTER.replace("shop-mcpc", "shop-data").replace("ControlPlane", "DataPlane");
  private static final String GATEWAY =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshGateway
      metadata: {name: edge}
      spec: {type: Ingress, namespace: edge, clusters: [shop-mcpc, shop-dta]}
      """;

  private static Tree bank() {
    return Tree.shop()
        .with("meshes/shop/clusters/data.yaml", DATA)
        .with("meshes/bank/mesh.yaml", Tree.MESH.replace("name: shop", "name: bank"))
        .with("meshes/bank/mcpc.yaml", Tree.CLUSTER.replace("shop-mcpc", "bank-mcpc"));
  }

  private static Arguments mistake(String what, Tree tree, String... told) {
    return Arguments.of(what, tree, told);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "two clusters with one name",
            Tree.shop().with("meshes/shop/clusters/again.yaml", Tree.CLUSTER),
            "meshes/shop/clusters/mcpc.yaml:1:1: MeshCluster shop-mcpc: ",
            "meshes/shop/clusters/again.yaml:1:1"),
        mistake(
            "a mesh without a control plane cluster",
            Tree.shop().with("meshes/shop/clusters/mcpc.yaml", DATA),
            "meshes/shop/mesh.yaml:1:1: Mesh shop: ",
            "role: ControlPlane"),
        mistake(
            "a PrimaryRemote mesh with two",
            Tree.shop()
                .with(
                    "meshes/shop/clusters/second.yaml",
                    Tree.CLUSTER.replace("shop-mcpc", "shop-second")),
            "meshes/shop/clusters/second.yaml:1:1: MeshCluster shop-second: ",
            "PrimaryRemote",
            "MultiPrimary"),
        mistake(
            "a data plane cluster in two meshes with overlapping namespaces",
            bank().with("meshes/bank/data.yaml", DATA.replace("name: shop-data", "name: b-data")),
            "MeshCluster b-data: ",
            "meshes/shop/clusters/data.yaml:1:1",
            "spec.namespaces"),
        mistake(
            "a gateway chosen for a cluster that isn't in the mesh",
            Tree.shop()
                .with("meshes/shop/clusters/data.yaml", DATA)
                .with("meshes/shop/gateways/edge.yaml", GATEWAY),
            "meshes/shop/gateways/edge.yaml:4:62: MeshGateway edge: ",
            "shop-dta",
            "did you mean 'shop-data'?"),
        mistake(
            "an istioVersion that no rule set knows",
            Tree.shop().with("meshes/shop/mesh.yaml", Tree.MESH.replace("1.31", "1.12")),
            "meshes/shop/mesh.yaml:6:3: Mesh shop: ",
            "1.12",
            "1.29, 1.30, 1.31"),
        mistake(
            "an unknown topology",
            Tree.shop().with("meshes/shop/mesh.yaml", Tree.MESH + "  topology: MultiPrimry\n"),
            "meshes/shop/mesh.yaml:7:3: Mesh shop: ",
            "did you mean 'MultiPrimary'?"),
        mistake(
            "YAML that doesn't parse",
            Tree.shop().with("meshes/shop/a.yaml", "kind: [Gateway\n"),
            "meshes/shop/a.yaml:2:1: "),
        mistake(
            "two documents of one object",
            Tree.shop()
                .with("meshes/shop/a.yaml", Tree.virtualService("x"))
                .with("meshes/shop/b.yaml", Tree.virtualService("x")),
            "meshes/shop/b.yaml:1:1: VirtualService shop/x: ",
            "meshes/shop/a.yaml:1:1"),
        mistake(
            "an object outside of any mesh",
            Tree.shop().with("meshes/other/a.yaml", Tree.virtualService("x")),
            "meshes/other/a.yaml:1:1: VirtualService shop/x: ",
            "meshes/<mesh>/"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void isToldWithItsPlaceAndHowToFixIt(String what, Tree tree, String[] told) {
    Declarations read = tree.read();
    List<Finding> found = new ArrayList<>(read.problems());
    read.meshes().values().forEach(mesh -> found.addAll(mesh.problems()));

    assertThat(found).isNotEmpty();
    assertThat(found)
        .extracting(Finding::oneLine)
        .allMatch(line -> line.matches("(?s)meshes/\\S+:\\d+:\\d+: .+\\. Fix: .+ \\[D0\\d\\d]"))
        .anySatisfy(line -> assertThat(line).contains(told));
  }
}
