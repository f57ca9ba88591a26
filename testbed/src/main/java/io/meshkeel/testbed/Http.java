package io.meshkeel.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A small HTTP client for probes and for a server's own API. */
final class Http {
  /** How long one request may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client;

  Http() {
    this(null);
  }

  Http(@Nullable SSLContext tls) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30));
    if (tls != null) {
      builder.sslContext(tls);
    }
    client = builder.build();
  }

  /** An answer: its status and its body. */
  record Answer(int status, String body) {
    /** The body of a good answer. */
    String orFail(String what) {
      if (status / 100 != 2) {
        throw new TestbedException(what + " failed with status " + status + ": " + body);
      }
      return body;
    }
  }

  Answer get(URI uri) throws IOException, InterruptedException {
    return send("GET", uri, Map.of(), "");
  }

  Answer send(String method, URI uri, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }
}
