package io.meshkeel.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a secret from its file, each time anew so that it can be rotated. Any thread. */
public final class SecretFile {
  /** Longest secret, in bytes. */
  public static final int MAX_BYTES = 16 * 1024;

  private SecretFile() {}

  /**
   * The content without white space at both ends.
   *
   * @throws UncheckedIOException if it can't be read, is empty or too long; the message names the
   *     file and nothing of its content
   */
  public static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (text.isEmpty() || bytes.length > MAX_BYTES) {
        throw new IOException(
            "the secret in " + file + (text.isEmpty() ? " is empty" : " is too long"));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("the secret " + file + " can't be read", e);
    }
  }
}
