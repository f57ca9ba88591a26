package io.meshkeel.policy;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.query.OpaQueryClient;
import com.bisnode.opa.client.query.QueryForDocumentRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.policy.UnansweredException.Cause;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An OPA server, asked over HTTP. */
public final class OpaDecisions implements Decisions {
  private final OpaQueryClient client;
  private final Duration timeout;
  private final ExecutorService threads;

  /**
   * @param address of the server
   * @param token that it asks for
   * @param timeout most time for one question, until the last byte of its answer
   * @param http shared client
   * @param threads where questions run: one virtual thread each
   */
  public OpaDecisions(
      URI address, String token, Duration timeout, HttpClient http, ExecutorService threads) {
    ObjectMapper mapper = new ObjectMapper();
    this.client = new OpaQueryClient(new OpaRest(address, token, timeout, http, mapper));
    this.timeout = timeout;
    this.threads = threads;
  }

  @Override
  public JsonNode ask(String document, Map<String, Object> input) throws UnansweredException {
    QueryForDocumentRequest request = new QueryForDocumentRequest(input, document);
    // HttpRequest's own time-out ends with the headers; this one includes the body.
    Future<JsonNode> answer =
        threads.submit(() -> client.queryForDocument(request, JsonNode.class));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw tooLate(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnansweredException(Cause.TIMEOUT, "interrupted while OPA was asked", e);
    } catch (ExecutionException e) {
      throw why(document, e);
    } finally {
      answer.cancel(true);
    }
  }

  private UnansweredException tooLate(Throwable cause) {
    return new UnansweredException(
        Cause.TIMEOUT, "OPA did not answer within " + timeout.toMillis() + " ms", cause);
  }

  private UnansweredException why(String document, ExecutionException failure) {
    Optional<OpaRest.StatusException> status = within(failure, OpaRest.StatusException.class);
    if (status.isPresent()) {
      return new UnansweredException(
          Cause.REFUSED, "OPA answered with " + status.get().getMessage(), failure);
    }
    if (within(failure, HttpTimeoutException.class).isPresent()) {
      return tooLate(failure);
    }
    if (failure.getCause() instanceof OpaClientException undefined
        && undefined.getCause() == null) {
      return new UnansweredException(
          Cause.UNDEFINED, "OPA has no decision for " + document, failure);
    }
    if (within(failure, com.fasterxml.jackson.core.JacksonException.class).isPresent()) {
      return new UnansweredException(
          Cause.UNTRUSTED, "OPA's answer is not the JSON that was asked for", failure);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new UnansweredException(Cause.UNREACHABLE, "OPA could not be reached: " + root, failure);
  }

  private static <T extends Throwable> Optional<T> within(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }
}
