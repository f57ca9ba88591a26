package io.meshkeel.testbed;

import java.net.URI;

/**
 * A running Gitea on loopback with one administrator. Webhooks may go to loopback addresses only.
 */
public interface Gitea extends AutoCloseable {
  /** The administrator, also the owner of the repositories that tests make. */
  String USER = "keeper";

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
