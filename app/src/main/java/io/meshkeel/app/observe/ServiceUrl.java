package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Asks a running service for a module. Blocks. */
final class ServiceUrl {
  /** Longest wait for an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Largest answer, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  /** Header by which the service names the state that an answer tells of. */
  public static final String STATE_HEADER = "Meshkeel-State";

  private final URI url;

  private ServiceUrl(URI url) {
    this.url = url;
  }

  /**
   * @throws CommandException if it is no http or https address
   */
  static ServiceUrl of(String url) throws CommandException {
    try {
      URI uri = new URI(url.endsWith("/") ? url : url + "/");
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new ServiceUrl(uri);
      }
    } catch (java.net.URISyntaxException e) {
      throw CommandException.brokenInput("--url is no address: " + e.getMessage());
    }
    throw CommandException.brokenInput(
        "--url must be an address like http://127.0.0.1:8080, not " + url);
  }

  /**
   * The text of a module.
   *
   * @throws CommandException if the service doesn't answer, or says no: the message is its own
   */
  String get(String module, Map<String, String> parameters) throws CommandException {
    return ask(module, parameters).body();
  }

  /**
   * An answer.
   *
   * @param body its text
   * @param state of what the service shows, to be given as {@code after}; empty if it says none
   */
  record Answer(String body, String state) {}

  /** The same with the state it tells of. */
  Answer ask(String module, Map<String, String> parameters) throws CommandException {
    StringBuilder query = new StringBuilder("api/v1/" + encode(module));
    char separator = '?';
    for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
      if (!parameter.getValue().isEmpty()) {
        query.append(separator).append(parameter.getKey()).append('=');
        query.append(encode(parameter.getValue()));
        separator = '&';
      }
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(url.resolve(query.toString())).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      byte[] body;
      try (InputStream in = response.body()) {
        body = in.readNBytes(MAX_BYTES + 1);
      }
      if (body.length > MAX_BYTES) {
        throw CommandException.unable(
            "the answer of " + url + " is larger than " + MAX_BYTES + " bytes; narrow it", null);
      }
      return new Answer(
          checked(response.statusCode(), new String(body, StandardCharsets.UTF_8)),
          response.headers().firstValue(STATE_HEADER).orElse(""));
    } catch (IOException e) {
      throw CommandException.unable(
          "the service at " + url + " can't be asked: " + e + ". Fix: check --url", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unable("interrupted", e);
    }
  }

  private String checked(int status, String body) throws CommandException {
    if (status == 200) {
      return body;
    }
    String line = body.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
    String said = line.length() > 300 ? line.substring(0, 300) : line;
    if (status == 404 || status == 400) {
      throw CommandException.brokenInput(said);
    }
    throw CommandException.unable("the service at " + url + " said " + status + ": " + said, null);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
