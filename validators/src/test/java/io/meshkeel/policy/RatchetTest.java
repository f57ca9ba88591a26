package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.Debt;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RatchetTest {
  private static final MeshName SHOP = new MeshName("shop");

  @TempDir private Path folder = Path.of("");
  private MeshDeclarations mesh;

  @BeforeEach
  void readAMesh() throws IOException {
    Path file = Files.createDirectories(folder.resolve("meshes/shop")).resolve("mesh.yaml");
    Files.writeString(
        file,
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c1}
        spec: {role: ControlPlane, credential: c1}
        """);
    mesh =
        new DeclarationReader()
            .read(DirectorySnapshot.of(folder))
            .meshes()
            .values()
            .iterator()
            .next();
  }

  private static Finding finding(String message, int line) {
    return new Finding(
        "M102",
        Severity.ERROR,
        message,
        SHOP,
        new ResourceKey("networking.istio.io", "VirtualService", "web", "front"),
        JsonPath.of("spec"),
        new SourcePosition("meshes/shop/a.yaml", line, 1),
        "");
  }

  private static MeshDeclarations waiving(MeshDeclarations mesh, LocalDate expires) {
    Waiver waiver =
        new Waiver(
            "w",
            new SourcePosition("waivers/w.yaml", 1, 1),
            "M102",
            new Waiver.Match(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("web"),
                Optional.empty(),
                Optional.empty()),
            "why",
            Optional.empty(),
            "team",
            expires);
    return mesh.with(new Governance(PolicySettings.DEFAULT, List.of(waiver)));
  }

  private static List<Standing> standings(
      List<Finding> now, MeshDeclarations mesh, List<Finding> before, MeshDeclarations former) {
    return Ratchet.against(now, mesh, before, former).findings().stream()
        .map(Finding::standing)
        .toList();
  }

  @Test
  void whatWasThereIsKnownOnWhateverLine() {
    assertThat(
            standings(
                List.of(finding("a", 9), finding("b", 9)), mesh, List.of(finding("a", 1)), mesh))
        .containsExactly(Standing.KNOWN, Standing.NEW);
  }

  @Test
  void oneMoreOfTheSameIsBroughtIn() {
    assertThat(
            standings(
                List.of(finding("a", 1), finding("a", 2)), mesh, List.of(finding("a", 1)), mesh))
        .containsExactly(Standing.KNOWN, Standing.NEW);
  }

  @Test
  void whatWasWaivedIsNoDebt() {
    MeshDeclarations former = waiving(mesh, LocalDate.of(2020, 1, 1));
    List<Finding> same = List.of(finding("a", 1));
    assertThat(standings(same, mesh, same, former)).containsExactly(Standing.NEW);
    assertThat(standings(same, former, same, mesh)).containsExactly(Standing.NEW);
  }

  @Test
  void whatIsWaivedStaysWaived() {
    Finding waived = finding("a", 1).with(Standing.waived("w"));
    assertThat(standings(List.of(waived), mesh, List.of(finding("a", 1)), mesh))
        .containsExactly(Standing.waived("w"));
  }

  @Test
  void whatConcernsNoObjectIsNeverKnown() {
    Finding settings =
        new Finding("W006", Severity.ERROR, "m", SHOP, null, JsonPath.ROOT, null, "");
    assertThat(standings(List.of(settings), mesh, List.of(settings), mesh))
        .containsExactly(Standing.NEW);
  }

  @Test
  void debtIsWhatIsLeftOfWhatWasThere() {
    List<Finding> before = List.of(finding("a", 1), finding("b", 1), finding("c", 1));
    Debt debt =
        Ratchet.against(List.of(finding("a", 9), finding("d", 9)), mesh, before, mesh).debt();
    assertThat(debt.total()).isEqualTo(1);
    assertThat(debt.change()).isEqualTo(-2);
    assertThat(debt).hasToString("1 (-2): 1 error");
    assertThat(Ratchet.against(List.of(), mesh, before, waiving(mesh, LocalDate.MAX)).debt())
        .isEqualTo(Debt.NONE);
  }
}
