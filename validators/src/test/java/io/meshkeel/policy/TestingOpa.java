package io.meshkeel.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real OPA with the shipped library, and a record of what it was asked. */
final class TestingOpa implements AutoCloseable {
  /** The day on which cases and examples are judged. */
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> questions = new CopyOnWriteArrayList<>();
  private final OpaGateway gateway;
  private volatile boolean keeping;

  private TestingOpa(JudgeOptions options) throws PolicyException {
    OpaSession.Source real =
        OpaSession.processes(
            options,
            PolicyLibrary.shipped(),
            HttpClient.newBuilder().executor(threads).build(),
            threads);
    gateway = new OpaGateway(recording(real), threads, options.chunk(), options.parallel());
  }

  static TestingOpa start(JudgeOptions options) throws PolicyException {
    return new TestingOpa(options);
  }

  private OpaSession.Source recording(OpaSession.Source real) {
    return new OpaSession.Source() {
      @Override
      public String revision() {
        return real.revision();
      }

      @Override
      public OpaSession open() throws PolicyException {
        OpaSession session = real.open();
        return new OpaSession(
            (document, input) -> {
              record(input);
              return ask(session, document, input);
            },
            session.book(),
            session.index(),
            session.alive(),
            session.stop());
      }
    };
  }

  private static JsonNode ask(OpaSession session, String document, Map<String, Object> input)
      throws UnansweredException {
    return session.decisions().ask(document, input);
  }

  private void record(Map<String, Object> input) {
    if (keeping) {
      questions.add(input);
    }
    if (input.get("resources") instanceof Map<?, ?> byKind) {
      for (Object list : byKind.values()) {
        for (Object item : (List<?>) list) {
          asked.add(String.valueOf(((Map<?, ?>) item).get("key")));
        }
      }
    }
  }

  /** Keeps every question from now on, whole. */
  void keepQuestions() {
    keeping = true;
  }

  /** The questions that were kept. */
  List<Map<String, Object>> questions() {
    return List.copyOf(questions);
  }

  OpaGateway gateway() {
    return gateway;
  }

  /** A judge that has seen nothing yet. */
  OpaJudge newJudge() {
    return new OpaJudge(gateway, HttpClient.newHttpClient(), threads, false);
  }

  /**
   * One that has seen nothing yet and asks more.
   *
   * @param turnedOn rules that are off by default
   */
  OpaJudge newJudge(Set<String> turnedOn) {
    OpaSession.Source more =
        new OpaSession.Source() {
          @Override
          public String revision() {
            return gateway.revision();
          }

          @Override
          public OpaSession open() throws PolicyException {
            OpaSession session = gateway.session();
            return OpaSession.of(
                session.decisions(), session.book(), turnedOn, session.alive(), () -> {});
          }
        };
    return new OpaJudge(
        new OpaGateway(more, threads, 250, 2),
        HttpClient.newHttpClient(),
        threads,
        false,
        () -> NOW);
  }

  /**
   * One that asks a single rule, whether it is on by default or not.
   *
   * @param id for example {@code M101}
   */
  OpaJudge newJudgeOf(String id) throws PolicyException {
    OpaSession real = gateway.session();
    SortedMap<String, Rule> one = new TreeMap<>();
    real.book().rules().values().stream()
        .filter(rule -> rule.id().equals(id))
        .forEach(rule -> one.put(rule.key(), rule));
    OpaSession.Source alone =
        new OpaSession.Source() {
          @Override
          public String revision() {
            return gateway.revision();
          }

          @Override
          public OpaSession open() {
            return OpaSession.of(
                real.decisions(), new RuleBook(one), Set.of(id), real.alive(), () -> {});
          }
        };
    return new OpaJudge(
        new OpaGateway(alone, threads, 250, 2),
        HttpClient.newHttpClient(),
        threads,
        false,
        () -> NOW);
  }

  /** The objects asked about since the last call, sorted. */
  List<String> asked() {
    List<String> since = asked.stream().sorted().toList();
    asked.clear();
    return since;
  }

  @Override
  public void close() {
    gateway.close();
    threads.shutdownNow();
  }
}
