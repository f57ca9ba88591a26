package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.policy.schema.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example repository is read without a mistake. */
class ExampleRepositoryTest {
  private static Declarations read() throws IOException {
    return new DeclarationReader().read(DirectorySnapshot.of(Path.of("../repo-layout-example")));
  }

  @Test
  void itIsReadWithoutAMistake() throws IOException {
    Declarations read = read();
    assertThat(Tree.lines(read.problems())).isEmpty();
    assertThat(read.meshes().keySet().stream().map(MeshName::value))
        .containsExactlyInAnyOrder("bank", "shop");
    for (MeshDeclarations mesh : read.meshes().values()) {
      assertThat(Tree.lines(mesh.problems())).isEmpty();
      assertThat(mesh.clusters())
          .allSatisfy(c -> assertThat(c.credential()).isEqualTo(c.name().value()));
    }
  }

  @Test
  void oneMeshHasAControlPlaneApartAndTheOtherHasTwo() throws IOException {
    assertThat(clusters("shop"))
        .containsExactly("shop-data DataPlane", "shop-edge DataPlane", "shop-mcpc ControlPlane");
    assertThat(clusters("bank"))
        .containsExactly("bank-north ControlPlane", "bank-south ControlPlane");
  }

  private static List<String> clusters(String mesh) throws IOException {
    return Tree.mesh(read(), mesh).clusters().stream()
        .map(c -> c.name() + " " + c.role().word())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.29", "1.30", "1.31"})
  void theObjectsOfTheShopFitTheSchemasOfEveryVersion(String version) throws IOException {
    requireFit(SchemaCheck.of(version), "shop");
  }

  /** A TrafficExtension is new in 1.31. */
  @Test
  void theObjectsOfTheBankFitTheSchemasOfItsVersion() throws IOException {
    MeshDeclarations bank = Tree.mesh(read(), "bank");
    requireFit(SchemaCheck.of(bank.mesh().spec().istioVersion()), "bank");
  }

  private static void requireFit(SchemaCheck check, String mesh) throws IOException {
    for (Declaration declaration : Tree.mesh(read(), mesh).objects()) {
      assertThat(check.check(declaration.manifest())).as("%s", declaration.position()).isEmpty();
    }
  }

  @Test
  void everyKindOfIstioIsThereAndOfTheGatewayApiWhatGatewaysNeed() throws IOException {
    Set<GroupKind> kinds = new HashSet<>();
    for (MeshDeclarations mesh : read().meshes().values()) {
      mesh.objects().forEach(d -> kinds.add(d.manifest().key().groupKind()));
    }
    assertThat(kinds).containsAll(ObservedKinds.ISTIO);
    assertThat(kinds)
        .filteredOn(ObservedKinds.GATEWAY_API::contains)
        .extracting(GroupKind::kind)
        .containsExactlyInAnyOrder(
            "BackendTLSPolicy", "GRPCRoute", "Gateway", "HTTPRoute", "ReferenceGrant", "TLSRoute");
  }

  @Test
  void everyKindOfOursIsThere() throws IOException {
    Declarations read = read();
    Set<String> own = new HashSet<>();
    for (MeshDeclarations mesh : read.meshes().values()) {
      mesh.own().forEach(d -> own.add(d.declaration().manifest().key().kind()));
    }
    assertThat(own).isEqualTo(OwnShapes.OWN.keySet());
    assertThat(read.governance().waivers()).isNotEmpty();
  }

  @Test
  void editorsFindTheSchemaOfEveryKindOfOurs() throws IOException {
    Pattern line = Pattern.compile("# yaml-language-server: \\$schema=(\\S+)");
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("../repo-layout-example"))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      Matcher match = line.matcher(lines.getFirst());
      boolean own = lines.contains("apiVersion: meshkeel.io/v1alpha1");
      assertThat(match.matches()).as(file.toString()).isEqualTo(own);
      if (own) {
        Path schema = file.resolveSibling(match.group(1)).normalize();
        String kind =
            lines.stream()
                .filter(each -> each.startsWith("kind: "))
                .map(each -> each.substring(6).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow();
        assertThat(schema).exists().hasFileName(kind + ".json");
      }
    }
  }
}
