package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The custom resource definitions of Istio and of the Gateway API, as their Go modules publish
 * them. Kept in the cache of the testbed, one YAML file per version.
 */
public final class Crds {
  /** The release of Istio's API that the testbed's istiod has, without the {@code v}. */
  public static final String ISTIO = ServerBinary.ISTIOD.release();

  /** The release of the Gateway API, without the {@code v}; its standard channel is used. */
  public static final String GATEWAY = "1.6.3";

  private final Binaries binaries;

  public Crds(Binaries binaries) {
    this.binaries = binaries;
  }

  /** The file with Istio's definitions of a release such as {@code 1.31.1}. */
  public Path istio(String release) {
    return cached(
        "istio-crds-" + release + ".yaml",
        "istio.io/api",
        release,
        module ->
            Files.readString(module.resolve("kubernetes/customresourcedefinitions.gen.yaml")));
  }

  /** The file with the standard channel of a release of the Gateway API such as {@code 1.6.3}. */
  public Path gateway(String release) {
    return cached(
        "gateway-api-crds-" + release + ".yaml",
        "sigs.k8s.io/gateway-api",
        release,
        module -> {
          List<Path> files;
          try (Stream<Path> list = Files.list(module.resolve("config/crd/standard"))) {
            files =
                list.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().startsWith("kustomization"))
                    .sorted()
                    .toList();
          }
          StringBuilder all = new StringBuilder();
          for (Path file : files) {
            all.append("---\n").append(Files.readString(file)).append('\n');
          }
          return all.toString();
        });
  }

  /** Installs both and waits until the API server serves them. */
  public void install(KubeApiServer server) {
    CrdInstall.on(server, List.of(istio(ISTIO), gateway(GATEWAY)));
  }

  /** Installs the definitions of a YAML file and waits until the API server serves them. */
  public void install(KubeApiServer server, Path file) {
    CrdInstall.on(server, List.of(file));
  }

  private Path cached(String name, String module, String release, ModuleText extract) {
    return CachedText.file(
        binaries,
        name,
        "downloading " + module + " v" + release,
        () -> extract.from(GoModules.folder(module, release)));
  }

  /** Reads what is wanted out of a module's folder. */
  @FunctionalInterface
  private interface ModuleText {
    String from(Path module) throws IOException;
  }
}
