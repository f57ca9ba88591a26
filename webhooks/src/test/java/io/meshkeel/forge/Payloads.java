package io.meshkeel.forge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bodies as a Gitea 1.26.0 sent them, under another address. */
final class Payloads {
  private Payloads() {}

  /** A push of one commit to the branch {@code topic} of {@code platform/meshes}. */
  static String push() {
    return read("push.json");
  }

  /** The head of pull request 1 moved. */
  static String pullRequest() {
    return read("pull_request.json");
  }

  private static String read(String name) {
    try (InputStream in = Payloads.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
