package io.meshkeel.app.serve;

import io.meshkeel.app.config.HttpCredential;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.model.ClosestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials for HTTP from the files of the configuration. A file is read at each question, so
 * that it can be rotated. Any thread.
 */
final class QuestionCredentials {
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
    return HttpCredential.header(file, "the file of the credential '" + name + "'");
  }
}
