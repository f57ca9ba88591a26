package io.meshkeel.testbed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Gitea as a container, run by Testcontainers. It uses the network of this machine, so that it
 * reaches webhooks on loopback exactly as the binary does.
 */
public final class GiteaContainer implements Gitea {
  /** The environment variable that names another image than the published one. */
  public static final String IMAGE_VARIABLE = "MESHKEEL_GITEA_IMAGE";

  private static final String FOLDER = "/meshkeel";
  private static final String STATIC = FOLDER + "/static";
  private static final String INI = FOLDER + "/app.ini";
  private static final Duration PROBE_PAUSE = Duration.ofMillis(100);

  private final GenericContainer<?> container;
  private final URI url;
  private final int sshPort;
  private final String password = GiteaSettings.secret(12);
  private final Http http = new Http();
  private String token = "";

  private GiteaContainer(GenericContainer<?> container, int[] ports) {
    this.container = container;
    this.url = URI.create("http://127.0.0.1:" + ports[0]);
    this.sshPort = ports[1];
  }

  /** The image that is used. */
  static String image(Map<String, String> environment) {
    return environment.getOrDefault(
        IMAGE_VARIABLE, ServerBinary.GITEA.fill("gitea/gitea:{version}"));
  }

  /**
   * Starts Gitea with a new, empty database.
   *
   * @throws TestbedException if there is no Docker engine, or the image can't be had or started
   */
  @SuppressWarnings("resource") // It is the field of what is returned.
  public static GiteaContainer start(Binaries binaries, String image) {
    if (!DockerEngine.answers()) {
      throw new TestbedException("no Docker engine answers here");
    }
    // A published image holds them; one made by hand around a built binary doesn't.
    Optional<Path> templates = GiteaStatic.present(binaries);
    return ServerProcess.onFreePorts(
        2,
        ports -> {
          GiteaSettings settings =
              new GiteaSettings(
                  "root",
                  FOLDER + "/data",
                  ports[0],
                  ports[1],
                  templates.isPresent() ? STATIC : "");
          GenericContainer<?> container =
              new GenericContainer<>(DockerImageName.parse(image))
                  .withNetworkMode("host")
                  .withEnv(GiteaProcess.ENVIRONMENT)
                  .withCopyToContainer(Transferable.of(settings.ini()), INI)
                  .withCreateContainerCmdModifier(create ->
                      create
                          .withUser("root")
                          .withEntrypoint(
                              "gitea", "web", "--config", INI, "--work-path", FOLDER + "/data"));
          templates.ifPresent(folder ->
              container.withCopyFileToContainer(MountableFile.forHostPath(folder), STATIC));
          GiteaContainer gitea = new GiteaContainer(container, ports);
          try {
            container.start();
            gitea.awaitReady();
            gitea.prepareUser();
            return gitea;
          } catch (RuntimeException | IOException e) {
            throw failed(gitea, image, e);
          } catch (Error | InterruptedException e) {
            gitea.close();
            throw e;
          }
        });
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public int sshPort() {
    return sshPort;
  }

  @Override
  public String runsAs() {
    return "container " + container.getDockerImageName();
  }

  @Override
  public void stop() {
    container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void restart() {
    try {
      container.getDockerClient().restartContainerCmd(container.getContainerId()).exec();
      awaitReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while starting Gitea again", e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }

  private static RuntimeException failed(GiteaContainer gitea, String image, Exception cause) {
    String log = gitea.container.getContainerId() == null ? "" : gitea.container.getLogs();
    gitea.close();
    return log.contains("address already in use")
        ? new ServerProcess.PortTaken(log)
        : new TestbedException(
            "Gitea's container " + image + " can't be used: " + cause.getMessage() + "\n" + log,
            cause);
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + GiteaProcess.READY_TIMEOUT.toNanos();
    while (!ready()) {
      if (System.nanoTime() > deadline || !container.isRunning()) {
        throw new TestbedException("Gitea's container was not ready:\n" + container.getLogs());
      }
      Thread.sleep(PROBE_PAUSE);
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      return http.get(url.resolve("/api/healthz")).status() == 200;
    } catch (IOException e) {
      return false; // Not listening yet.
    }
  }

  private void prepareUser() throws IOException, InterruptedException {
    List<String> command = GiteaProcess.createUser(password);
    String[] all =
        Stream.of(
                List.of("gitea"),
                command,
                List.of("--config", INI, "--work-path", FOLDER + "/data"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    ExecResult result = container.execInContainer(all);
    new Command.Result(result.getExitCode(), result.getStdout() + result.getStderr())
        .orFail("the creation of Gitea's administrator");
    token = GiteaProcess.newToken(url, USER, password);
  }
}
