package io.meshkeel.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A running Gitea on loopback with one administrator. Webhooks may go to loopback addresses only.
 */
public interface Gitea extends AutoCloseable {
  /** The administrator, also the owner of the repositories that tests make. */
  String USER = "keeper";

  /**
   * Starts Gitea: as a container where a Docker engine answers and has the image or gets it, as the
   * binary otherwise. One line of progress says which.
   *
   * @param folder for the data and the log of the binary
   */
  static Gitea start(Binaries binaries, Path folder) {
    Gitea gitea = container(binaries).orElseGet(() -> GiteaProcess.start(binaries, folder));
    binaries.progress().line("Gitea runs as " + gitea.runsAs() + " at " + gitea.url());
    return gitea;
  }

  private static Optional<Gitea> container(Binaries binaries) {
    if (!DockerEngine.answers()) {
      return Optional.empty();
    }
    try {
      return Optional.of(GiteaContainer.start(binaries, GiteaContainer.image(System.getenv())));
    } catch (TestbedException e) {
      binaries.progress().line("no container for Gitea, so its binary: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The base address, without a slash at its end. */
  URI url();

  /** The password of {@link #USER}. */
  String password();

  /** A token of {@link #USER} with all scopes. */
  String token();

  /** The port of Gitea's own SSH server on 127.0.0.1. */
  int sshPort();

  /** How it runs, for a line of the test log: {@code binary} or {@code container}. */
  String runsAs();

  /** Its REST API as {@link #USER}. */
  default GiteaApi api() {
    return new GiteaApi(url(), token());
  }

  /** Stops it for a while, as an outage would; its data stays. */
  void stop();

  /** Starts it again after {@link #stop()}, at the same address. */
  void restart();

  @Override
  void close();
}
