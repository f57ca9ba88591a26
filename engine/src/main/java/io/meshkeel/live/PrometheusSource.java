package io.meshkeel.live;

import io.meshkeel.live.PrometheusAnswer.Form;
import io.meshkeel.live.TrafficMerge.Figure;
import io.meshkeel.model.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks Prometheuses for the traffic of a mesh, by one or two POST queries for each figure, all at
 * the same time. A Prometheus that doesn't answer, or answers rubbish, leaves a note and nothing
 * else: what the others tell is told. Blocks; any thread.
 */
public final class PrometheusSource implements AutoCloseable {
  /** Over how long rates are taken. */
  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

  /** Longest wait for one answer, its last byte included. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** Largest answer to one query, in bytes. */
  public static final int DEFAULT_MAX_BYTES = 32 << 20;

  /** What is asked. */
  public enum Part {
    /** Requests, errors and bytes of edges. */
    VOLUME,
    /** The median, the 90th and the 99th percentile of edges. */
    LATENCY,
    /** Histograms of what workloads served. */
    SERVED,
    /** What istiods did. */
    CONTROL_PLANES
  }

  /**
   * What was told.
   *
   * @param traffic all of it, with notes about what is missing
   * @param answered whether at least one Prometheus told
   */
  public record Observed(Traffic traffic, boolean answered) {}

  private record Question(String what, String query, Form form, boolean needed, Answers answers) {}

  /** Takes an answer in. */
  @FunctionalInterface
  private interface Answers {
    void take(PrometheusAnswer answer, String cluster);
  }

  private final PrometheusClient client;
  private final PrometheusQueries queries;

  /** With the defaults. */
  public PrometheusSource() {
    this(DEFAULT_TIMEOUT, DEFAULT_WINDOW, DEFAULT_MAX_BYTES);
  }

  /**
   * @param timeout for one answer
   * @param window over how long rates are taken
   * @param maxBytes largest answer to one query
   */
  public PrometheusSource(Duration timeout, Duration window, int maxBytes) {
    this.client = new PrometheusClient(timeout, maxBytes);
    this.queries = new PrometheusQueries(window);
  }

  /**
   * Asks all servers.
   *
   * @param parts what is wanted
   * @param taken when, RFC 3339; empty if nobody needs to know
   */
  public Observed ask(Collection<PrometheusServer> servers, Set<Part> parts, String taken)
      throws InterruptedException {
    TrafficMerge edges = new TrafficMerge();
    ServedMerge served = new ServedMerge();
    Map<PrometheusServer, Set<String>> notes = new LinkedHashMap<>();
    List<PrometheusServer> answering =
        round(List.copyOf(servers), first(parts, edges, served), notes);
    List<Question> further = new ArrayList<>();
    if (parts.contains(Part.LATENCY) && edges.callersMissing()) {
      further.addAll(quantiles(edges, true));
    }
    if (parts.contains(Part.SERVED) && edges.serversMissing(served)) {
      further.add(served(served, true));
    }
    if (!further.isEmpty()) {
      round(answering, further, notes);
    }
    return new Observed(
        new Traffic(
            taken,
            edges.edges(),
            served.served(),
            served.controlPlanes(),
            notes.values().stream().flatMap(Set::stream).toList()),
        !answering.isEmpty());
  }

  private List<Question> first(Set<Part> parts, TrafficMerge edges, ServedMerge served) {
    List<Question> questions = new ArrayList<>();
    if (parts.contains(Part.VOLUME)) {
      questions.add(volume(Figure.REQUESTS, queries.requests(), edges));
      questions.add(volume(Figure.ERRORS, queries.errors(), edges));
      questions.add(volume(Figure.BYTES, queries.bytes(), edges));
    }
    if (parts.contains(Part.LATENCY)) {
      questions.addAll(quantiles(edges, false));
    }
    if (parts.contains(Part.SERVED)) {
      questions.add(served(served, false));
    }
    if (parts.contains(Part.CONTROL_PLANES)) {
      questions.add(
          new Question(
              "figures of control planes",
              queries.controlPlanes(),
              Form.VECTOR,
              false,
              (answer, cluster) -> served.addControlPlanes(answer.samples(), cluster)));
    }
    return questions;
  }

  private static Question volume(Figure figure, String query, TrafficMerge edges) {
    return new Question(
        "traffic",
        query,
        Form.VECTOR,
        true,
        (answer, cluster) -> edges.add(figure, answer.samples(), cluster));
  }

  private List<Question> quantiles(TrafficMerge edges, boolean further) {
    return queries.quantiles(further).stream()
        .map(query ->
            new Question(
                "some latencies",
                query,
                Form.MATRIX,
                false,
                (answer, cluster) ->
                    PrometheusQueries.QUANTILES.forEach(quantile ->
                        edges.add(quantile, answer.at(PrometheusQueries.step(quantile)), cluster))))
        .toList();
  }

  private Question served(ServedMerge served, boolean further) {
    return new Question(
        "latencies",
        queries.served(further),
        Form.VECTOR,
        false,
        (answer, cluster) -> served.add(answer.samples(), cluster));
  }

  /**
   * Asks each server each question; answers are taken in by this thread. Of a server that doesn't
   * answer a question that is needed nothing is taken: requests without errors would look sound.
   *
   * @return the servers of which something was taken
   */
  private List<PrometheusServer> round(
      List<PrometheusServer> servers,
      List<Question> questions,
      Map<PrometheusServer, Set<String>> notes)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<PrometheusServer, List<Future<PrometheusAnswer>>> asked = new LinkedHashMap<>();
      for (PrometheusServer server : servers) {
        asked.put(
            server,
            questions.stream()
                .map(question ->
                    threads.submit(() -> client.ask(server, question.query(), question.form())))
                .toList());
      }
      List<PrometheusServer> answering = new ArrayList<>();
      try {
        for (Map.Entry<PrometheusServer, List<Future<PrometheusAnswer>>> one : asked.entrySet()) {
          PrometheusServer server = one.getKey();
          Set<String> own = notes.computeIfAbsent(server, s -> new TreeSet<>());
          if (take(server, questions, one.getValue(), own)) {
            answering.add(server);
          }
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
      return answering;
    }
  }

  private static boolean take(
      PrometheusServer server,
      List<Question> questions,
      List<Future<PrometheusAnswer>> asked,
      Set<String> notes)
      throws InterruptedException {
    Map<Question, PrometheusAnswer> answers = new LinkedHashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      try {
        answers.put(question, asked.get(i).get());
      } catch (ExecutionException e) {
        String why =
            e.getCause() instanceof IOException io
                ? String.valueOf(io.getMessage())
                : server.name() + " can't be asked: " + e.getCause();
        if (question.needed()) {
          notes.clear();
          notes.add(why + "; nothing that it knows is shown");
          asked.forEach(other -> other.cancel(true));
          return false;
        }
        notes.add(why + "; " + question.what() + " that it knows are not shown");
      }
    }
    answers.forEach((question, answer) -> {
      if (answer.warned()) {
        notes.add(server.name() + " warns that its answers may be incomplete");
      }
      question.answers().take(answer, server.cluster());
    });
    return !answers.isEmpty();
  }

  /** Ends questions that are under way. */
  @Override
  public void close() {
    client.close();
  }
}
