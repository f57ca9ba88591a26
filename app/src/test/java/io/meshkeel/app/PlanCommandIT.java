package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code meshkeel plan} of the example against a real API server, with its role's rights. */
class PlanCommandIT {
  @TempDir private static Path folder;
  private static Path kubeconfig;
  private static Path root;

  private record Result(int code, String out, String err) {}

  @BeforeAll
  static void prepare() throws IOException {
    root = root();
    KubeApiServer server = SharedServers.kubeApiServer();
    server.apply(Files.readString(root.resolve("deploy/rbac/control-plane.yaml")));
    kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, server.serviceAccountKubeconfig("meshkeel-system", "meshkeel"));
  }

  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("deploy/rbac"))) {
        return at;
      }
    }
    throw new IllegalStateException("deploy/rbac is in no folder above this one");
  }

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new PlanCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((failure, line, _) -> {
              line.getErr().println(failure.getMessage());
              return failure instanceof CommandException known ? known.exitCode() : 99;
            })
            .execute(args);
    return new Result(code, out.toString(), err.toString());
  }

  private static String example() {
    return root.resolve("repo-layout-example").toString();
  }

  @Test
  void theExampleIsAllToBeCreatedInAnEmptyCluster() {
    Result result = run(example(), "--cluster", "shop-mcpc=" + kubeconfig);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "cluster shop-mcpc of mesh shop: ", "to create", "stage 1 of", "+ VirtualService");
    assertThat(result.err()).contains("no --cluster for it");
    assertThat(run(example(), "--cluster", "shop-mcpc=" + kubeconfig, "--exit-code").code())
        .isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void asJsonItIsAnArrayOfPlans() {
    Result result = run(example(), "--cluster", "shop-mcpc=" + kubeconfig, "--format", "json");
    assertThat(result.code()).isZero();
    assertThat(result.out().strip()).startsWith("[").endsWith("]");
    assertThat(result.out()).contains("\"action\" : \"create\"", "\"cluster\" : \"shop-mcpc\"");
  }

  @Test
  void aClusterThatIsNotDeclaredIsWrongUse() {
    Result result = run(example(), "--cluster", "nowhere=" + kubeconfig);
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(result.err()).contains("no MeshCluster is called nowhere", "shop-mcpc");
  }

  @Test
  void aKubeconfigThatWouldRunAProgramCantBeUsed() throws IOException {
    Path bad = folder.resolve("bad");
    Files.writeString(
        bad, Files.readString(kubeconfig).replace("token:", "exec: {command: sh}\n    token:"));
    Result result = run(example(), "--cluster", "shop-mcpc=" + bad);
    assertThat(result.code()).isEqualTo(ExitCode.UNABLE);
    assertThat(result.err()).contains("its user has exec, which would run a program");
  }

  @Test
  void aFolderWithABrokenDeclarationIsNotPlanned() throws IOException {
    Path broken = folder.resolve("repo/meshes/shop");
    Files.createDirectories(broken);
    Files.writeString(broken.resolve("mesh.yaml"), "kind: [\n");
    Result result = run(folder.resolve("repo").toString(), "--cluster", "shop-mcpc=" + kubeconfig);
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(result.err()).contains("meshes/shop/mesh.yaml");
  }
}
