package io.meshkeel.policy;

import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * One life of OPA: from the publication of the library to the end of the process.
 *
 * @param decisions who is asked
 * @param book the rules that are published
 * @param index the rules by what they look at
 * @param alive whether it can still be asked
 * @param stop ends it
 */
record OpaSession(
    Decisions decisions, RuleBook book, RuleIndex index, BooleanSupplier alive, Runnable stop)
    implements AutoCloseable {

  /** Opens sessions, all with the same library. */
  interface Source {
    /** SHA-256 of the library. */
    String revision();

    /**
     * Starts OPA with the library; blocks until it is ready.
     *
     * @throws PolicyException if that can't be done
     */
    OpaSession open() throws PolicyException;
  }

  static OpaSession of(Decisions decisions, RuleBook book, BooleanSupplier alive, Runnable stop) {
    return of(decisions, book, Set.of(), alive, stop);
  }

  /** The same with rules turned on that are off by default. */
  static OpaSession of(
      Decisions decisions,
      RuleBook book,
      Set<String> turnedOn,
      BooleanSupplier alive,
      Runnable stop) {
    return new OpaSession(decisions, book, new RuleIndex(book, turnedOn), alive, stop);
  }

  /** A real OPA of our own. */
  static Source processes(
      JudgeOptions options, PolicyLibrary library, HttpClient http, ExecutorService threads) {
    return new Source() {
      @Override
      public String revision() {
        return library.revision();
      }

      @Override
      public OpaSession open() throws PolicyException {
        OpaProcess process = OpaProcess.start(options.opa(), library, options.startTimeout(), http);
        try {
          Decisions decisions =
              new OpaDecisions(
                  process.address(), process.token(), options.timeout(), http, threads);
          RuleBook book = RuleBook.ask(decisions, library.revision());
          return OpaSession.of(
              decisions, book, options.turnedOn(), process::isAlive, process::close);
        } catch (UnansweredException e) {
          String log = process.log();
          process.close();
          throw new PolicyException(
              "OPA started but does not serve the policy library: "
                  + e.getMessage()
                  + (log.isEmpty() ? "" : ". Its log: " + log),
              e);
        }
      }
    };
  }

  @Override
  public void close() {
    stop.run();
  }
}
