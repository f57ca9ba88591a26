package io.meshkeel.policy;

import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about many objects: in chunks, some at once, and once more after a restart of OPA where that
 * can help. Any thread.
 */
final class OpaGateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpaGateway.class);

  private final OpaSession.Source source;
  private final ExecutorService threads;
  private final Semaphore inFlight;
  private final int chunk;
  private @Nullable OpaSession session;
  private boolean closed;

  /**
   * @param source opens sessions
   * @param threads where questions run
   * @param chunk most objects in one question
   * @param parallel most questions at once
   */
  OpaGateway(OpaSession.Source source, ExecutorService threads, int chunk, int parallel) {
    this.source = source;
    this.threads = threads;
    this.chunk = chunk;
    this.inFlight = new Semaphore(parallel);
  }

  String revision() {
    return source.revision();
  }

  /**
   * The session to ask, opened if there is none that lives.
   *
   * @throws PolicyException if it can't be opened
   */
  synchronized OpaSession session() throws PolicyException {
    if (closed) {
      throw new PolicyException("the judge was closed");
    }
    OpaSession current = session;
    if (current != null && current.alive().getAsBoolean()) {
      return current;
    }
    if (current != null) {
      LOG.warn("OPA has ended; it is started again");
      session = null;
      current.close();
    }
    OpaSession fresh = source.open();
    session = fresh;
    return fresh;
  }

  /** Ends a session that can't be trusted any more, unless somebody else did. */
  private synchronized void discard(OpaSession broken) {
    if (session == broken) {
      session = null;
    }
    broken.close();
  }

  /**
   * What was found in each object, in the order of the items.
   *
   * @throws PolicyException if OPA doesn't answer, or its answer can't be trusted
   */
  List<List<RawFinding>> ask(Surroundings surroundings, List<Item> items) throws PolicyException {
    OpaSession first = session();
    try {
      return ask(first, surroundings, items);
    } catch (UnansweredException e) {
      discard(first);
      if (!e.isCuredByRestart()) {
        throw new PolicyException(e.getMessage() + ". Fix: " + fix(e.reason()), e);
      }
      LOG.warn("OPA is started again: {}", e.getMessage());
      return askAgain(surroundings, items, e);
    }
  }

  private static String fix(UnansweredException.Cause reason) {
    return switch (reason) {
      case TIMEOUT -> "see that OPA has enough CPU";
      case REFUSED -> "look at what OPA says; use the OPA that ships with Meshkeel, or another 1.x";
      case UNREACHABLE -> "see that nothing ends it";
      case UNDEFINED, UNTRUSTED ->
          "see that it is OPA that answers, with the policies it was started with";
    };
  }

  private List<List<RawFinding>> askAgain(
      Surroundings surroundings, List<Item> items, UnansweredException before)
      throws PolicyException {
    OpaSession second = session();
    try {
      return ask(second, surroundings, items);
    } catch (UnansweredException e) {
      discard(second);
      e.addSuppressed(before);
      throw new PolicyException(
          e.getMessage() + ", also after OPA was started again. Fix: " + fix(e.reason()), e);
    }
  }

  private List<List<RawFinding>> ask(OpaSession to, Surroundings surroundings, List<Item> items)
      throws UnansweredException {
    AlikeItems alike = AlikeItems.of(items, to.index(), surroundings);
    List<Item> firsts = alike.firsts();
    List<Future<Map<String, List<RawFinding>>>> answers = new ArrayList<>();
    for (int from = 0; from < firsts.size(); from += chunk) {
      Question question =
          Question.of(surroundings, firsts.subList(from, Math.min(firsts.size(), from + chunk)));
      answers.add(threads.submit(() -> ask(to, question)));
    }
    Map<String, List<RawFinding>> found = HashMap.newHashMap(firsts.size());
    try {
      for (Future<Map<String, List<RawFinding>>> answer : answers) {
        found.putAll(answer.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnansweredException unanswered) {
        throw unanswered;
      }
      throw new UnansweredException(
          UnansweredException.Cause.REFUSED, "a question could not be asked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnansweredException(
          UnansweredException.Cause.TIMEOUT, "interrupted while OPA was asked", e);
    } finally {
      answers.forEach(answer -> answer.cancel(true));
    }
    List<List<RawFinding>> inOrder = new ArrayList<>(items.size());
    for (int place : alike.places()) {
      inOrder.add(found.getOrDefault(Question.keyOf(firsts.get(place).subject()), List.of()));
    }
    return inOrder;
  }

  private Map<String, List<RawFinding>> ask(OpaSession to, Question question)
      throws UnansweredException, InterruptedException {
    inFlight.acquire();
    try {
      return Answer.read(
          to.decisions().ask(Question.DOCUMENT, question.input(to.index())),
          source.revision(),
          to.index().asked(question.items().values()),
          question);
    } finally {
      inFlight.release();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    OpaSession current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }
}
