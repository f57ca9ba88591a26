package io.meshkeel.app.serve;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.app.Version;
import io.meshkeel.app.config.ConfigException;
import io.meshkeel.app.config.ConfigReader;
import io.meshkeel.app.config.ServiceConfig;
import io.meshkeel.app.logging.Logging;
import io.meshkeel.policy.OpaBinary;
import io.meshkeel.policy.PolicyException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meshkeel serve}. */
@Command(
    name = "serve",
    description = {
      "Run the service: watch the repository, judge it, keep the clusters on it, tell the forge.",
      "Runs until it is stopped (SIGTERM or Ctrl-C); then it finishes the writes in flight and",
      "ends with 0. A second signal ends it at once."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, YAML; see docs/reference/configuration.md.")
  private Path config = Path.of("meshkeel.yaml");

  @Option(
      names = "--opa",
      paramLabel = "FILE",
      description =
          "The OPA binary (default: 'opa' of the configuration, MESHKEEL_OPA, the one of the"
              + " distribution, the one on PATH).")
  private @Nullable Path opa;

  @Option(names = "--check", description = "Only read the configuration, and say what is wrong.")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    ServiceConfig read;
    try {
      read = ConfigReader.read(config);
    } catch (ConfigException e) {
      throw CommandException.brokenInput("the configuration can't be used:\n" + e.getMessage());
    }
    if (check) {
      return ExitCode.GOOD;
    }
    Logging.structured();
    Logger log = LoggerFactory.getLogger(ServeCommand.class);
    // Before anything starts: a stop during the start is a stop too.
    StopSignal stop = StopSignal.listen();
    Service service = Service.start(read, opa(read));
    log.info(
        "Meshkeel {} listens on {}:{}, watches {} of {}",
        Version.current(),
        read.http().host(),
        service.port(),
        read.repository().branch(),
        read.forge().repository());
    stop.await();
    log.info("stopping");
    service.close();
    log.info("stopped");
    return ExitCode.GOOD;
  }

  private Path opa(ServiceConfig read) throws CommandException {
    String distribution = System.getProperty("meshkeel.dist", "");
    try {
      return OpaBinary.find(
          Optional.ofNullable(opa).or(read::opa),
          System.getenv(),
          distribution.isEmpty() ? Optional.empty() : Optional.of(Path.of(distribution)));
    } catch (PolicyException e) {
      throw CommandException.unable(String.valueOf(e.getMessage()), e);
    }
  }
}
