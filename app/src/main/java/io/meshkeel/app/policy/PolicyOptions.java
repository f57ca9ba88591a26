package io.meshkeel.app.policy;

import io.meshkeel.app.validate.Validator;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that judge a folder are told. */
final class PolicyOptions {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Root of a mesh repository (default: where you are).")
  private Path folder = Path.of(".");

  @Option(
      names = "--snapshot",
      paramLabel = "SNAP",
      description = "What the clusters hold, as meshkeel snapshot writes it.")
  private @Nullable Path inventory;

  @Option(
      names = "--opa",
      paramLabel = "FILE",
      description =
          "The OPA binary (default: MESHKEEL_OPA, the one of the distribution, the one on PATH).")
  private @Nullable Path opa;

  Path folder() {
    return folder;
  }

  Optional<Path> inventory() {
    return Optional.ofNullable(inventory);
  }

  Validator validator() {
    String distribution = System.getProperty("meshkeel.dist", "");
    return new Validator(
        Optional.ofNullable(opa),
        System.getenv(),
        distribution.isEmpty() ? Optional.empty() : Optional.of(Path.of(distribution)),
        false,
        Optional.empty(),
        false);
  }
}
