package io.meshkeel.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A credential for HTTP in a file: one line, a token (RFC 6750) or {@code user:password} (RFC
 * 7617). Anything else, a kubeconfig above all, is sent to nobody. Any thread.
 */
public final class HttpCredential {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile("[^\\s\\p{Cntrl}:{}\"]+:[^\\s\\p{Cntrl}]+");

  private HttpCredential() {}

  /**
   * The value of the header {@code Authorization}; reads the file anew, so that it can be rotated.
   *
   * @param what the file, as messages name it
   * @throws IOException if it can't be read or holds something else; the message names nothing of
   *     its content
   */
  public static String header(Path file, String what) throws IOException {
    String content;
    try {
      content = SecretFile.read(file);
    } catch (UncheckedIOException e) {
      throw new IOException(what + " can't be read", e);
    }
    if (TOKEN.matcher(content).matches()) {
      return "Bearer " + content;
    }
    if (USER_AND_PASSWORD.matcher(content).matches()) {
      return "Basic "
          + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }
    throw new IOException(what + " holds neither a token nor user:password");
  }
}
