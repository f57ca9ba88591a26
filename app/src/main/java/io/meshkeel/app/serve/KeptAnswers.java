package io.meshkeel.app.serve;

import io.meshkeel.view.Module;
import io.meshkeel.view.Scene;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Answers of other servers, each kept for a moment. Who asks while a question is under way waits
 * for that answer: many who look cost the server no more than one. Any thread.
 *
 * @param <Q> questions, told apart by {@code equals}
 * @param <A> answers
 */
final class KeptAnswers<Q, A> {
  /** How long an answer is shown. */
  static final Duration DEFAULT_KEEP = Duration.ofSeconds(10);

  private final String what;
  private final Clock clock;
  private final Asking<Q, A> asking;
  private final Map<Q, Answer<A>> answers = new ConcurrentHashMap<>();

  /** Finds an answer; blocks. */
  @FunctionalInterface
  interface Asking<Q, A> {
    A ask(Q question, Instant now) throws InterruptedException;
  }

  private record Answer<A>(Instant asked, CompletableFuture<A> answer) {}

  /**
   * @param what is asked, for the names of threads
   */
  KeptAnswers(String what, Clock clock, Asking<Q, A> asking) {
    this.what = what;
    this.clock = clock;
    this.asking = asking;
  }

  /**
   * The scenes with the answers to what is asked of them, all asked at the same time; blocks.
   *
   * @param filter of other meshes nothing is asked
   * @param question of a scene; empty if there is nobody to ask
   * @param with the scene with an answer
   */
  List<Scene> answered(
      Module.Filter filter,
      List<Scene> scenes,
      Function<Scene, Optional<Q>> question,
      BiFunction<Scene, A, Scene> with) {
    List<Optional<CompletableFuture<A>>> asked =
        scenes.stream()
            .map(scene ->
                filter.mesh().isEmpty() || filter.mesh().equals(scene.mesh())
                    ? question.apply(scene).map(this::ask)
                    : Optional.<CompletableFuture<A>>empty())
            .toList();
    List<Scene> answered = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      Scene scene = scenes.get(i);
      answered.add(asked.get(i).map(answer -> with.apply(scene, answer.join())).orElse(scene));
    }
    return answered;
  }

  /** The answer, now or when it comes. */
  CompletableFuture<A> ask(Q question) {
    Instant now = clock.instant();
    Instant oldest = now.minus(DEFAULT_KEEP);
    answers
        .values()
        .removeIf(answer -> answer.answer().isDone() && answer.asked().isBefore(oldest));
    return answers
        .computeIfAbsent(
            question,
            q -> {
              CompletableFuture<A> answer = new CompletableFuture<>();
              Thread.ofVirtual().name(what).start(() -> answer(q, now, answer));
              return new Answer<>(now, answer);
            })
        .answer();
  }

  private void answer(Q question, Instant now, CompletableFuture<A> answer) {
    try {
      answer.complete(asking.ask(question, now));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }
}
