package io.meshkeel.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ProxySync.Count;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks istiods which proxies are connected and took what was sent to them: {@code /debug/syncz}
 * ({@code SyncStatus} in {@code pilot/pkg/xds/debug.go} of istio/istio, release 1.31), all at the
 * same time. One that doesn't answer, or answers rubbish, leaves a note and nothing else. Blocks;
 * any thread.
 */
public final class IstiodSource implements AutoCloseable {
  /** Longest wait for one answer, its last byte included. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** Largest answer, in bytes. */
  public static final int DEFAULT_MAX_BYTES = 32 << 20;

  private static final int OK = 200;
  private static final List<String> TYPES =
      List.of("cluster", "listener", "route", "endpoint", "extensionconfig");
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  private final BoundedHttp http;

  /** With the defaults. */
  public IstiodSource() {
    this(DEFAULT_TIMEOUT, DEFAULT_MAX_BYTES);
  }

  /**
   * @param timeout for one answer
   * @param maxBytes largest answer
   */
  public IstiodSource(Duration timeout, int maxBytes) {
    this.http = new BoundedHttp(timeout, maxBytes);
  }

  /** Asks all of them. */
  public ProxySync ask(Collection<IstiodServer> servers) throws InterruptedException {
    List<ProxySync.OfIstiod> told = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ProxySync.OfIstiod>> asked =
          servers.stream().map(server -> threads.submit(() -> ask(server))).toList();
      try {
        for (Future<ProxySync.OfIstiod> each : asked) {
          try {
            told.add(each.get());
          } catch (ExecutionException e) {
            notes.add(
                (e.getCause() instanceof IOException io
                        ? String.valueOf(io.getMessage())
                        : "an istiod can't be asked: " + e.getCause())
                    + "; of its proxies nothing is known");
          }
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    return new ProxySync(told, notes);
  }

  private ProxySync.OfIstiod ask(IstiodServer server) throws IOException, InterruptedException {
    HttpRequest request =
        http.request(server.name(), server.url(), "debug/syncz", server.credential()).build();
    HttpResponse<byte[]> response = http.send(server.name(), request);
    try {
      if (response.statusCode() != OK) {
        throw new IOException("says " + response.statusCode() + " to /debug/syncz");
      }
      return new ProxySync.OfIstiod(server.cluster(), read(response.body()));
    } catch (IOException e) {
      throw new IOException(server.name() + " " + e.getMessage(), e);
    }
  }

  /**
   * Counts proxies by cluster, one after another: an answer can be large.
   *
   * @throws IOException if it is something else; the message begins with a verb
   */
  static Map<String, Count> read(byte[] body) throws IOException {
    Map<String, Count> counts = new TreeMap<>();
    try (JsonParser parser = MAPPER.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("answers what is no list of proxies");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode proxy = MAPPER.readTree(parser);
        if (!proxy.path("proxy").isTextual()) {
          throw new IOException("answers what is no list of proxies");
        }
        counts.merge(
            proxy.path("cluster_id").asText(),
            Count.ZERO.and(inSync(proxy)),
            (one, other) ->
                new Count(one.connected() + other.connected(), one.synced() + other.synced()));
      }
      if (parser.currentToken() != JsonToken.END_ARRAY) {
        throw new IOException("answers what is no list of proxies");
      }
      return counts;
    } catch (JsonProcessingException e) {
      throw new IOException("answers what is no JSON", e);
    }
  }

  /** Whether the last that was sent of each type was acknowledged. */
  private static boolean inSync(JsonNode proxy) {
    for (JsonNode type : proxy.path("resources")) {
      if (!type.path("sent").asText().equals(type.path("acked").asText())) {
        return false;
      }
    }
    return TYPES.stream()
        .allMatch(type ->
            proxy.path(type + "_sent").asText().equals(proxy.path(type + "_acked").asText()));
  }

  /** Ends questions that are under way. */
  @Override
  public void close() {
    http.close();
  }
}
