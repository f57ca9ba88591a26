package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RenderCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of(".");

  @BeforeEach
  void declare() throws IOException {
    write(
        "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: mcpc}
        spec: {role: ControlPlane, credential: mcpc}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: data}
        spec: {role: DataPlane, credential: data}
        """);
    write(
        "own.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: NamespaceSidecar
        metadata: {name: shop}
        spec: {namespaces: [shop], clusters: [data], injection: Enabled}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshGateway
        metadata: {name: ingress}
        spec: {type: Ingress, namespace: edge, clusters: all}
        """);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve("meshes/shop").resolve(name);
    Files.createDirectories(folder.resolve("meshes/shop"));
    Files.writeString(file, content);
  }

  private int run(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "render";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void eachClusterIsShownWithWhatItWouldHold() {
    assertThat(run()).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString())
        .contains("# mesh shop, cluster mcpc (ControlPlane): 1 objects")
        .contains("gatewayClassName: istio")
        .contains("# mesh shop, cluster data (DataPlane): 7 objects")
        .contains("inject.istio.io/templates: gateway")
        .contains("istio-injection: enabled")
        .contains("# only these fields are ours; the object is not")
        .contains("# taken away: metadata.labels[\"istio.io/rev\"]")
        .contains("# from meshes/shop/own.yaml:6:1");
  }

  @Test
  void oneClusterAloneIsShownAsJson() throws IOException {
    assertThat(run("--mesh", "shop", "--cluster", "data", "-o", "json")).isEqualTo(ExitCode.GOOD);
    JsonNode shown = new ObjectMapper().readTree(out.toString());

    assertThat(shown).hasSize(1);
    assertThat(shown.at("/0/cluster").asText()).isEqualTo("data");
    assertThat(shown.at("/0/objects")).hasSize(7);
    assertThat(shown.at("/0/objects").findValuesAsText("ownership"))
        .containsOnlyOnce("shared")
        .contains("ours");
  }

  @Test
  void aClusterWithoutTheGatewayApiGetsADeployment() {
    assertThat(run("--cluster", "mcpc", "--without-gateway-api")).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("kind: Deployment").doesNotContain("gatewayClassName");
  }

  @Test
  void aClusterThatIsNotDeclaredIsWrongUse() {
    assertThat(run("--cluster", "nowhere")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("no cluster is called nowhere; declared are: data, mcpc");
  }

  @Test
  void aBrokenDeclarationIsToldAndNothingIsShown() throws IOException {
    write("own.yaml", "apiVersion: meshkeel.io/v1alpha1\nkind: MeshTest\nmetadata: {name: x}\n");

    assertThat(run()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("own.yaml:2:1").contains("1 broken declarations");
    assertThat(out.toString()).isEmpty();
  }
}
