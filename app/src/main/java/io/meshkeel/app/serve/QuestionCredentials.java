package io.meshkeel.app.serve;

import io.meshkeel.app.config.SecretFile;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.model.ClosestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Credentials for HTTP from the files of the configuration: one line, a token (RFC 6750) or {@code
 * user:password} (RFC 7617). A file is read at each question, so that it can be rotated; anything
 * else in it, a kubeconfig above all, is sent to nobody. Any thread.
 */
final class QuestionCredentials {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile("[^\\s\\p{Cntrl}:{}\"]+:[^\\s\\p{Cntrl}]+");

  private final Map<String, Path> files;

  QuestionCredentials(Map<String, Path> files) {
    this.files = Map.copyOf(files);
  }

  /** The credential of this name; whether there is one shows when it is used. */
  PrometheusServer.Credential of(String name) {
    return () -> Optional.of(header(name));
  }

  private String header(String name) throws IOException {
    Path file = files.get(name);
    if (file == null) {
      throw new IOException(
          "there is no credential '"
              + name
              + "'"
              + ClosestName.hint(name, files.keySet())
              + " (add it to 'credentials' of the service's configuration)");
    }
    String content;
    try {
      content = SecretFile.read(file);
    } catch (UncheckedIOException e) {
      throw new IOException("the file of the credential '" + name + "' can't be read", e);
    }
    if (TOKEN.matcher(content).matches()) {
      return "Bearer " + content;
    }
    if (USER_AND_PASSWORD.matcher(content).matches()) {
      return "Basic "
          + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }
    throw new IOException(
        "the file of the credential '" + name + "' holds neither a token nor user:password");
  }
}
