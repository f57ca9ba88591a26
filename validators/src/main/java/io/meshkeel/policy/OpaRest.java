package io.meshkeel.policy;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.rest.OpaRestClient;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The OPA client's HTTP side with what it lacks: a time-out for every request, a bearer token, and
 * an exception with the body where the status is not 200. Answers are bounded.
 */
final class OpaRest extends OpaRestClient {
  /** 64 MiB: an answer larger than that is not read. */
  static final long MAX_ANSWER_BYTES = 64L << 20;

  /** 4 KiB of an error body are shown. */
  static final int MAX_ERROR_BYTES = 4 << 10;

  private final ObjectMapper mapper;
  private final Duration timeout;
  private final String token;

  OpaRest(URI address, String token, Duration timeout, HttpClient http, ObjectMapper mapper) {
    super(new OpaConfiguration(address.toString(), HttpClient.Version.HTTP_1_1), http, mapper);
    this.mapper = mapper;
    this.timeout = timeout;
    this.token = token;
  }

  /** OPA answered with another status than 200. */
  static final class StatusException extends OpaClientException {
    private static final long serialVersionUID = 1L;

    StatusException(int status, String body) {
      super("HTTP " + status + (body.isEmpty() ? "" : ": " + body));
    }
  }

  @Override
  public HttpRequest.Builder getBasicRequestBuilder(String endpoint) {
    return super.getBasicRequestBuilder(endpoint)
        .timeout(timeout)
        .header("Authorization", "Bearer " + token);
  }

  /** As bytes, with their number: the one of the client makes a string of them first. */
  @Override
  public HttpRequest.BodyPublisher getJsonBodyPublisher(Object content)
      throws JsonProcessingException {
    return HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(content));
  }

  /**
   * @throws StatusException if the status is not 200
   */
  @Override
  public <T> HttpResponse<T> sendRequest(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    BodyHandler<T> orError =
        response -> {
          if (response.statusCode() == 200) {
            return handler.apply(response);
          }
          return BodySubscribers.mapping(
              BodySubscribers.ofByteArray(),
              body -> {
                throw new StatusException(response.statusCode(), shown(body));
              });
        };
    return super.sendRequest(request, BodyHandlers.limiting(orError, MAX_ANSWER_BYTES));
  }

  private static String shown(byte[] body) {
    return new String(body, 0, Math.min(body.length, MAX_ERROR_BYTES), StandardCharsets.UTF_8)
        .replaceAll("\\s+", " ")
        .strip();
  }
}
