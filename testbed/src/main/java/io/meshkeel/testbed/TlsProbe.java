package io.meshkeel.testbed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for its readiness by TLS. The server makes its own certificate when it starts, so
 * there is none to trust at first.
 */
final class TlsProbe implements ServerProcess.Probe {
  private final Path certificate;
  private final URI page;
  private final Map<String, String> headers;
  private @Nullable Http http;

  /**
   * @param certificate the PEM file that the server will write
   * @param page answers 200 when the server is ready
   */
  TlsProbe(Path certificate, URI page, Map<String, String> headers) {
    this.certificate = certificate;
    this.page = page;
    this.headers = Map.copyOf(headers);
  }

  @Override
  public boolean ready() throws IOException, InterruptedException {
    if (http == null) {
      if (!Files.exists(certificate)) {
        return false;
      }
      http = Trust.http(certificate);
    }
    try {
      return http.send("GET", page, headers, "").status() == 200;
    } catch (IOException e) {
      // The file may have been read while it was being written.
      http = null;
      throw e;
    }
  }
}
