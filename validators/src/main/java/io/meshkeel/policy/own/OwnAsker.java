package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.policy.PolicyError;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.policy.UnansweredException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all rules at once; where that comes to no end, each by itself in a process apart, so that
 * the one that runs over is named and nobody else waits for it. One for each judgement of a mesh:
 * it leaves out what ran over before. Not thread-safe.
 */
final class OwnAsker {
  /** 3 rules that run over are looked for; then others that may are not asked any more. */
  static final int MAX_CULPRITS = 3;

  private static final Pattern EVALUATION_ERROR =
      Pattern.compile(
          "\"code\": ?\"(?<code>eval_\\w+)\", ?\"message\": ?\"(?<message>(?:[^\"\\\\]|\\\\.)*)\"");

  private static final Logger LOG = LoggerFactory.getLogger(OwnAsker.class);

  private final OwnPool pool;
  private final Semaphore apart;
  private final Overruns overruns;
  private final Limits limits;
  private final OwnBook book;
  private final Map<String, Object> mesh;
  private final Consumer<Map<String, Object>> listener;
  private final Set<String> leftOut = new HashSet<>();
  private final Set<String> cleared = new HashSet<>();
  private boolean together = true;
  private int culprits;

  /**
   * @param apart how many look for a culprit at once
   * @param overruns what ran over lately, in this mesh or another
   * @param mesh what rules are told of the mesh
   * @param listener told of every question that got an answer
   */
  OwnAsker(
      OwnPool pool,
      Semaphore apart,
      Overruns overruns,
      Limits limits,
      OwnBook book,
      Map<String, Object> mesh,
      Consumer<Map<String, Object>> listener) {
    this.pool = pool;
    this.apart = apart;
    this.overruns = overruns;
    this.limits = limits;
    this.book = book;
    this.mesh = mesh;
    this.listener = listener;
  }

  /**
   * What OPA answered: by rule, then by object; and why a rule has no answer.
   *
   * @param found a set for each rule and object that was asked
   * @param failures why a rule could not be asked, by its id
   */
  record Answers(Map<String, JsonNode> found, Map<String, Failure> failures) {}

  /**
   * Why a rule has no answer.
   *
   * @param error what kind of failure
   * @param message in plain words, without the rule's name
   */
  record Failure(PolicyError error, String message) {}

  /**
   * Asks about some objects; blocks.
   *
   * @throws PolicyException if OPA can't be asked whatever the rule
   */
  Answers ask(List<AskedObject> objects) throws PolicyException {
    Set<String> atOnce = new TreeSet<>();
    objects.forEach(object -> atOnce.addAll(object.ask().keySet()));
    atOnce.removeAll(leftOut);
    Set<String> apartOnly = new TreeSet<>();
    for (String rule : atOnce) {
      if (!together || overruns.has(book, rule) && !cleared.contains(rule)) {
        apartOnly.add(rule);
      }
    }
    atOnce.removeAll(apartOnly);
    Answers answers = new Answers(new LinkedHashMap<>(), new LinkedHashMap<>());
    boolean failed = !atOnce.isEmpty() && !askAtOnce(objects, atOnce, answers);
    if (failed) {
      apartOnly.addAll(atOnce);
    }
    if (!apartOnly.isEmpty()) {
      eachByItself(objects, apartOnly, answers);
    }
    if (failed && answers.failures().isEmpty()) {
      // None is to blame, but together they take too long: about the next objects as well.
      together = false;
    }
    return answers;
  }

  /** Whether there are answers. */
  private boolean askAtOnce(List<AskedObject> objects, Set<String> rules, Answers answers)
      throws PolicyException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try (OwnPool.Lease lease = pool.lease(book)) {
        try {
          answers.found().putAll(ask(lease.process(), input(objects, rules), rules));
          return true;
        } catch (UnansweredException e) {
          LOG.debug("rules of {} gave no answer together", book.files().revision(), e);
          if (!mayAnswerAgain(e, lease)) {
            return false;
          }
          if (e.isCuredByRestart()
              && e.reason() != UnansweredException.Cause.UNREACHABLE
              && attempt > 0) {
            throw cannot(e);
          }
        }
      }
    }
    return false;
  }

  /**
   * Whether the same question may be answered by another process; this one is ended if not well.
   */
  private static boolean mayAnswerAgain(UnansweredException e, OwnPool.Lease lease) {
    boolean excess = lease.process().excess().isPresent();
    if (e.reason() != UnansweredException.Cause.REFUSED) {
      lease.discard();
    }
    return e.isCuredByRestart() && !excess;
  }

  private void eachByItself(List<AskedObject> objects, Set<String> rules, Answers answers)
      throws PolicyException {
    try {
      apart.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyException("interrupted while rules were asked", e);
    }
    OwnProcess process = null;
    try {
      for (String rule : rules) {
        Optional<String> not = whyNot(rule);
        if (not.isPresent()) {
          fail(rule, PolicyError.RAN_OVER, not.get(), answers);
          continue;
        }
        if (process == null) {
          process = pool.apart(book);
        }
        if (!askOne(process, objects, rule, answers)) {
          process.close();
          process = null;
        }
      }
    } finally {
      if (process != null) {
        process.close();
      }
      apart.release();
    }
  }

  /** Why a rule isn't asked any more. */
  private Optional<String> whyNot(String rule) {
    if (culprits >= MAX_CULPRITS) {
      return Optional.of("it was not asked, since " + culprits + " others ran over");
    }
    return overruns.isEnough(book, rule)
        ? Optional.of(
            "it was not asked, since it ran over %d times within %d s"
                .formatted(Overruns.MOST, Overruns.KEPT.toSeconds()))
        : Optional.empty();
  }

  /** Whether the process may be asked on. */
  private boolean askOne(
      OwnProcess process, List<AskedObject> objects, String rule, Answers answers)
      throws PolicyException {
    Map<String, Object> input = input(objects, Set.of(rule));
    try {
      answers.found().putAll(ask(process, input, Set.of(rule)));
      cleared.add(rule);
      return true;
    } catch (UnansweredException e) {
      switch (e.reason()) {
        case TIMEOUT ->
            ranOver(
                rule, "it did not answer within " + limits.patience().toMillis() + " ms", answers);
        case UNREACHABLE -> {
          Optional<ProcessWatch.Excess> excess = process.excess();
          if (excess.isPresent()) {
            ranOver(rule, tookMoreThan(excess.get()), answers);
          } else {
            answers.found().putAll(askAgain(input, rule));
          }
        }
        case REFUSED -> {
          fail(
              rule,
              PolicyError.NO_ANSWER,
              evaluationError(String.valueOf(e.getMessage())),
              answers);
          return true;
        }
        case UNDEFINED, UNTRUSTED -> throw cannot(e);
      }
      return false;
    }
  }

  private String tookMoreThan(ProcessWatch.Excess excess) {
    return switch (excess) {
      case MEMORY -> "it took more than " + (limits.memoryBytes() >> 20) + " MiB of memory";
      case TIME -> "it took more than " + limits.time().toMillis() + " ms of processor time";
    };
  }

  /** OPA's own words for the first thing that went wrong, without the trace behind it. */
  private static String evaluationError(String answer) {
    Matcher first = EVALUATION_ERROR.matcher(answer);
    String text =
        first.find()
            ? first.group("code") + ": " + first.group("message").replace("\\n", " ")
            : answer;
    return PolicyCompiler.ownPaths(OpaTool.shown(text));
  }

  /** The process was ended from outside in the middle of a question: once more. */
  private Map<String, JsonNode> askAgain(Map<String, Object> input, String rule)
      throws PolicyException {
    try (OwnProcess another = pool.apart(book)) {
      return ask(another, input, Set.of(rule));
    } catch (UnansweredException e) {
      throw cannot(e);
    }
  }

  private void ranOver(String rule, String how, Answers answers) {
    culprits++;
    overruns.add(book, rule);
    fail(rule, PolicyError.RAN_OVER, how, answers);
  }

  private void fail(String rule, PolicyError error, String why, Answers answers) {
    leftOut.add(rule);
    answers.failures().put(rule, new Failure(error, why));
  }

  private static PolicyException cannot(UnansweredException e) {
    return new PolicyException(
        "the repository's own rules can't be asked: "
            + e.getMessage()
            + ". Fix: see that nothing ends OPA",
        e);
  }

  private Map<String, Object> input(List<AskedObject> objects, Set<String> rules) {
    Map<String, Object> asked = new HashMap<>();
    Map<String, Map<String, Object>> ask = new HashMap<>();
    for (AskedObject object : objects) {
      object
          .ask()
          .forEach((rule, params) -> {
            if (rules.contains(rule)) {
              asked.computeIfAbsent(object.key(), key -> object.input());
              ask.computeIfAbsent(rule, r -> new HashMap<>()).put(object.key(), params);
            }
          });
    }
    Map<String, Object> input = new HashMap<>(mesh);
    input.put("objects", asked);
    input.put("ask", ask);
    return input;
  }

  private Map<String, JsonNode> ask(
      OwnProcess process, Map<String, Object> input, Set<String> rules) throws UnansweredException {
    Map<String, JsonNode> found = read(process.ask(input), rules);
    listener.accept(input);
    return found;
  }

  private Map<String, JsonNode> read(JsonNode answer, Set<String> rules)
      throws UnansweredException {
    String revision = answer.path("revision").asText("");
    if (!revision.equals(book.files().revision())) {
      throw untrusted("it comes from policy revision '" + revision + "'");
    }
    JsonNode all = answer.path("rules");
    List<String> missing = new ArrayList<>();
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (String rule : rules) {
      if (all.path(rule).isObject()) {
        found.put(rule, all.path(rule));
      } else {
        missing.add(rule);
      }
    }
    if (!missing.isEmpty() || all.size() != rules.size()) {
      throw untrusted("it lacks " + missing + " and has " + all.size() + " rules");
    }
    return found;
  }

  private static UnansweredException untrusted(String why) {
    return new UnansweredException(
        UnansweredException.Cause.UNTRUSTED, "OPA's answer can't be trusted: " + why);
  }
}
