package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose mesh is what, what is there twice, and whom a broken file denies. */
class TreeAssemblyTest {
  private static Tree two() {
    return Tree.shop()
        .with("meshes/bank/mesh.yaml", Tree.MESH.replace("name: shop", "name: bank"))
        .with("meshes/bank/cluster.yaml", Tree.CLUSTER.replace("shop-mcpc", "bank-mcpc"));
  }

  @Test
  void anObjectBelongsToTheNearestMeshAboveIt() {
    Tree tree =
        two()
            .with("meshes/shop/deep/er/a.yaml", Tree.virtualService("a"))
            .with("meshes/bank/b.yml", Tree.virtualService("b"))
            .with("meshes/shop/inner/mesh.yaml", Tree.MESH.replace("name: shop", "name: inner"))
            .with("meshes/shop/inner/cluster.yaml", Tree.CLUSTER.replace("shop-mcpc", "inner-mcpc"))
            .with("meshes/shop/inner/c.yaml", Tree.virtualService("c"));
    Declarations read = tree.read();
    assertThat(read.problems()).isEmpty();
    assertThat(names(Tree.mesh(read, "shop"))).containsExactly("a");
    assertThat(names(Tree.mesh(read, "bank"))).containsExactly("b");
    assertThat(names(Tree.mesh(read, "inner"))).containsExactly("c");
    assertThat(Tree.mesh(read, "inner").clusters())
        .singleElement()
        .satisfies(c -> assertThat(c.mesh()).hasToString("inner"));
  }

  private static List<String> names(MeshDeclarations mesh) {
    return mesh.objects().stream().map(d -> d.manifest().key().name()).toList();
  }

  @Test
  void objectsComeInTheOrderOfTheirFiles() {
    MeshDeclarations shop =
        Tree.shop()
            .with("meshes/shop/b.yaml", Tree.virtualService("x"))
            .with("meshes/shop/a.yaml", Tree.virtualService("z"))
            .readShop();
    assertThat(shop.objects())
        .extracting(Declaration::file)
        .extracting("path")
        .containsExactly("meshes/shop/a.yaml", "meshes/shop/b.yaml");
  }

  @Test
  void anObjectInNoMeshIsTold() {
    Declarations read = Tree.shop().with("meshes/other/a.yaml", Tree.virtualService("a")).read();
    assertThat(read.problems()).extracting(Finding::ruleId).containsExactly("D021");
    assertThat(read.problems().getFirst().oneLine())
        .startsWith("meshes/other/a.yaml:1:1: VirtualService shop/a:")
        .contains("meshes/<mesh>/");
    assertThat(Tree.mesh(read, "shop").problems()).isEmpty();
  }

  @Test
  void aClusterInNoMeshIsTold() {
    assertThat(Tree.ids(new Tree().with("meshes/a/c.yaml", Tree.CLUSTER).read().problems()))
        .containsExactly("D021");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"other/a.yaml", "a.yaml", "meshes/shop/a.txt", "policies/a.yaml", "meshes.yaml"})
  void otherFilesAreNotLookedAt(String path) {
    Declarations read = Tree.shop().with(path, "kind: [").read();
    assertThat(read.problems()).isEmpty();
    assertThat(Tree.mesh(read, "shop").problems()).isEmpty();
  }

  @Test
  void filesThatAreLeftOutAreNotLookedAt() {
    Tree tree = Tree.shop().with("meshes/shop/a.draft.yaml", "kind: [");
    assertThat(tree.readShop().problems()).isNotEmpty();
    assertThat(tree.with(".meshkeelignore", "*.draft.yaml\n").readShop().problems()).isEmpty();
  }

  @Test
  void oneObjectTwiceIsToldWithBothPlaces() {
    MeshDeclarations shop =
        Tree.shop()
            .with("meshes/shop/a.yaml", "\n" + Tree.virtualService("x"))
            .with(
                "meshes/shop/b.yaml",
                Tree.virtualService("x").replace("istio.io/v1", "istio.io/v1beta1"))
            .readShop();
    assertThat(shop.objects()).hasSize(1);
    assertThat(shop.problems())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.ruleId()).isEqualTo("D022");
          assertThat(f.position()).hasToString("meshes/shop/b.yaml:1:1");
          assertThat(f.message()).contains("meshes/shop/a.yaml:2:1");
        });
  }

  @Test
  void oneObjectMayBeDeclaredForEachControlPlaneApart() {
    Tree tree =
        Tree.shop()
            .with("meshes/shop/a.yaml", narrowed("east"))
            .with("meshes/shop/b.yaml", narrowed("west, north"));
    assertThat(Tree.ids(tree.readShop().problems())).doesNotContain("D022");
    assertThat(tree.readShop().objects()).hasSize(2);

    assertThat(Tree.ids(tree.with("meshes/shop/c.yaml", narrowed("north")).readShop().problems()))
        .contains("D022");
    assertThat(
            Tree.ids(
                tree.with("meshes/shop/c.yaml", Tree.virtualService("x")).readShop().problems()))
        .contains("D022");
  }

  private static String narrowed(String clusters) {
    return Tree.virtualService("x")
        .replace(
            "metadata:", "metadata:\n  annotations: {meshkeel.io/clusters: \"" + clusters + "\"}");
  }

  @Test
  void oneObjectInTwoMeshesIsFine() {
    Declarations read =
        two()
            .with("meshes/shop/a.yaml", Tree.virtualService("x"))
            .with("meshes/bank/a.yaml", Tree.virtualService("x"))
            .read();
    assertThat(Tree.mesh(read, "shop").problems()).isEmpty();
    assertThat(Tree.mesh(read, "bank").problems()).isEmpty();
  }

  @Test
  void oneClusterTwiceIsToldInEachMesh() {
    Declarations read = two().with("meshes/bank/cluster.yaml", Tree.CLUSTER).read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D024");
    assertThat(Tree.ids(Tree.mesh(read, "bank").problems())).containsExactly("D024");
    assertThat(Tree.mesh(read, "shop").problems().getFirst().message())
        .contains("meshes/bank/cluster.yaml:1:1");
  }

  @Test
  void oneMeshTwiceIsToldAndNothingOfTheSecondIsMixedIn() {
    Declarations read =
        Tree.shop()
            .with("meshes/zoo/mesh.yaml", Tree.MESH)
            .with("meshes/zoo/a.yaml", Tree.virtualService("a"))
            .read();
    MeshDeclarations shop = Tree.mesh(read, "shop");
    assertThat(shop.problems())
        .singleElement()
        .satisfies(f -> assertThat(f.ruleId()).isEqualTo("D023"))
        .satisfies(f -> assertThat(f.message()).contains("meshes/shop/mesh.yaml:1:1"))
        .satisfies(f -> assertThat(f.position()).hasToString("meshes/zoo/mesh.yaml:1:1"));
    assertThat(shop.objects()).isEmpty();
  }

  @Test
  void twoMeshesInOneFolderAreBothDenied() {
    Declarations read =
        Tree.shop().with("meshes/shop/b.yaml", Tree.MESH.replace("name: shop", "name: two")).read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).contains("D023");
    assertThat(Tree.ids(Tree.mesh(read, "two").problems())).contains("D023");
  }

  @Test
  void aMeshOutsideOfMeshesIsTold() {
    Declarations read = Tree.shop().with("waivers/mesh.yaml", Tree.MESH).read();
    assertThat(Tree.ids(read.problems())).containsExactly("D021");
  }

  @Test
  void aMeshNeedsAControlPlaneCluster() {
    Tree tree = Tree.shop().without("meshes/shop/clusters/mcpc.yaml");
    assertThat(tree.readShop().problems())
        .singleElement()
        .satisfies(f -> assertThat(f.ruleId()).isEqualTo("D025"))
        .satisfies(f -> assertThat(f.position()).hasToString("meshes/shop/mesh.yaml:1:1"));
    String data = Tree.CLUSTER.replace("ControlPlane", "DataPlane");
    assertThat(Tree.ids(tree.with("meshes/shop/c.yaml", data).readShop().problems()))
        .containsExactly("D025");
  }

  @Test
  void aClusterThatCannotBeReadIsNotAlsoMissed() {
    String broken = Tree.CLUSTER + "  extra: x\n";
    assertThat(
            Tree.ids(
                Tree.shop().with("meshes/shop/clusters/mcpc.yaml", broken).readShop().problems()))
        .containsExactly("D014");
  }

  @Test
  void primaryRemoteHasOneControlPlaneCluster() {
    Tree tree =
        Tree.shop()
            .with("meshes/shop/clusters/z.yaml", Tree.CLUSTER.replace("shop-mcpc", "shop-second"));
    assertThat(tree.readShop().problems())
        .singleElement()
        .satisfies(f -> assertThat(f.ruleId()).isEqualTo("D026"))
        .satisfies(f -> assertThat(f.message()).contains("shop-second").contains("shop-mcpc"));
    tree.with("meshes/shop/mesh.yaml", Tree.MESH + "  topology: MultiPrimary\n");
    assertThat(tree.readShop().problems()).isEmpty();
  }

  @Test
  void aBrokenFileDeniesItsMeshAndHidesNothing() {
    Declarations read =
        two()
            .with("meshes/shop/a.yaml", "kind: [\n")
            .with("meshes/shop/b.yaml", Tree.virtualService("b").replace("  namespace: shop\n", ""))
            .with("meshes/shop/c.yaml", Tree.virtualService("c"))
            .read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D001", "D011");
    assertThat(names(Tree.mesh(read, "shop"))).containsExactly("c");
    assertThat(Tree.mesh(read, "bank").problems()).isEmpty();
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void aMeshThatCannotBeReadDoesNotMakeItsObjectsStray() {
    Declarations read =
        two()
            .with("meshes/shop/mesh.yaml", Tree.MESH + "  topology: Wrong\n")
            .with("meshes/shop/a.yaml", Tree.virtualService("a"))
            .read();
    assertThat(read.meshes().keySet()).extracting("value").containsExactly("bank");
    assertThat(Tree.ids(read.problems())).containsExactly("D016");
  }

  @Test
  void aBrokenInnerMeshLosesItsObjectsToNobody() {
    Declarations read =
        Tree.shop()
            .with("meshes/shop/inner/mesh.yaml", Tree.MESH.replace("name: shop", "name: UPPER"))
            .with("meshes/shop/inner/a.yaml", Tree.virtualService("a"))
            .read();
    assertThat(Tree.mesh(read, "shop").objects()).isEmpty();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D010");
    assertThat(Tree.ids(read.problems())).containsExactly("D010");
  }

  @Test
  void aMeshWhoseFileIsNoYamlIsNotTakenAsGone() {
    Declarations read =
        Tree.shop().with("meshes/shop/mesh.yaml", Tree.MESH + "  broken: [\n").read();
    assertThat(read.meshes()).isEmpty();
    assertThat(Tree.ids(read.problems())).containsExactly("D001");
  }

  @Test
  void aFileThatCannotBeReadIsToldAndNothingIsTakenAsGone() {
    Declarations read = Tree.shop().unreadable("meshes/shop/a.yaml").read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D004");
    assertThat(Tree.mesh(read, "shop").problems().getFirst().message())
        .contains("the disk is gone");
    assertThat(Tree.ids(read.problems())).containsExactly("D004");
  }

  @Test
  void textThatIsNoUtf8IsTold() {
    byte[] latin = "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Declarations read = Tree.shop().with("meshes/shop/a.yaml", latin).read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D003");
  }

  @Test
  void aByteOrderMarkIsTaken() {
    byte[] content = ("\uFEFF" + Tree.virtualService("a")).getBytes(StandardCharsets.UTF_8);
    MeshDeclarations shop = Tree.shop().with("meshes/shop/a.yaml", content).readShop();
    assertThat(shop.problems()).isEmpty();
    assertThat(shop.objects()).hasSize(1);
  }

  @Test
  void whatTheSnapshotRefusedDeniesTheMeshItLiesIn() {
    Finding link =
        new Finding(
            "D027",
            Severity.ERROR,
            "'meshes/shop/a' is a symbolic link",
            null,
            null,
            JsonPath.ROOT,
            new SourcePosition("meshes/shop/a", 1, 1, false),
            "put the file there");
    Declarations read = two().refused(link).read();
    assertThat(Tree.ids(Tree.mesh(read, "shop").problems())).containsExactly("D027");
    assertThat(Tree.mesh(read, "bank").problems()).isEmpty();
  }

  @Test
  void anEmptyRepositoryDeclaresNothing() {
    assertThat(new Tree().read().meshes()).isEmpty();
    assertThat(new Tree().read().problems()).isEmpty();
  }
}
