package io.meshkeel.app.validate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel validate DIR}. */
@Command(
    name = "validate",
    description = {
      "Judges the declarations of a folder as the service would judge a commit.",
      "Needs no cluster and no forge, only OPA."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:not denied",
      "1:denied",
      "2:broken input: the folder or a declaration in it can't be read",
      "3:OPA could not be used"
    })
public final class ValidateCommand implements Callable<Integer> {
  /** How findings are printed. */
  public enum Format {
    text,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Root of a mesh repository.")
  private Path folder = Path.of(".");

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How findings are printed (default: ${DEFAULT-VALUE}).",
      defaultValue = "text")
  private Format format = Format.text;

  @Option(names = "--strict", description = "Warnings and notes deny too.")
  private boolean strict;

  @Option(
      names = "--opa",
      paramLabel = "FILE",
      description =
          "The OPA binary (default: MESHKEEL_OPA, the one of the distribution, the one on PATH).")
  private @Nullable Path opa;

  @Override
  public Integer call() throws Exception {
    String distribution = System.getProperty("meshkeel.dist", "");
    Validation validation =
        new Validator(
                Optional.ofNullable(opa),
                System.getenv(),
                distribution.isEmpty() ? Optional.empty() : Optional.of(Path.of(distribution)),
                strict)
            .run(folder);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case text -> new TextReport(out).print(validation);
      case json -> new JsonReport(out).print(validation);
    }
    PrintWriter err = spec.commandLine().getErr();
    validation.failures().forEach(why -> err.println("meshkeel: " + why));
    err.flush();
    return validation.exitCode();
  }
}
