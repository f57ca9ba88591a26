package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.policy.PolicyError;
import io.meshkeel.policy.PolicyException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges by rules of a repository's own, apart from the library's: no process of theirs is started
 * before a repository has some, and what one revision of rules does slows or stops no other. Any
 * thread, several at once.
 */
public final class OwnJudge implements AutoCloseable {
  /** 32 revisions of rules are remembered as they were checked. */
  static final int MAX_BOOKS = 32;

  /** 250 objects are asked about at once. */
  static final int CHUNK = 250;

  /** 4 answers are remembered of one object: the branch and a few proposals. */
  static final int MAX_KNOWN = 4;

  /** 2 look for a rule that ran over at once. */
  static final int APART = 2;

  private final OpaTool tool;
  private final PolicyCompiler compiler;
  private final OwnPool pool;
  private final Limits limits;
  private volatile Consumer<Map<String, Object>> listener = question -> {};
  private final Semaphore apart = new Semaphore(APART);
  private final Overruns overruns = new Overruns(Ticker.systemTicker());
  private final Cache<String, OwnBook> books = Caffeine.newBuilder().maximumSize(MAX_BOOKS).build();
  private final Cache<Declaration, Deque<AskedObject.Known>> memory =
      Caffeine.newBuilder().weakKeys().build();

  /**
   * Starts nothing yet.
   *
   * @param opa the OPA binary
   * @param startTimeout most time until a process is ready
   * @param library files of the library that rules may import, by path
   */
  public OwnJudge(
      Path opa,
      Duration startTimeout,
      Limits limits,
      Map<String, String> library,
      HttpClient http,
      ExecutorService threads) {
    this.tool = new OpaTool(opa, limits);
    this.compiler = new PolicyCompiler(tool, library);
    this.limits = limits;
    this.pool =
        new OwnPool(
            OwnProcess.source(opa, startTimeout, limits, http, threads),
            library,
            limits,
            InstantSource.system());
  }

  /** Tells somebody of every question that gets an answer; for one that is set before all. */
  public void listen(Consumer<Map<String, Object>> questions) {
    listener = questions;
  }

  /** Whether a finding's rule named a path that leads nowhere in the object. */
  public static boolean isAstray(Finding finding) {
    return OwnAnswer.isAstray(finding);
  }

  /** Runs the tests of rules in Rego. */
  public RegoTests tests() {
    return new RegoTests(tool, compiler);
  }

  /**
   * The rules of these files, checked once; blocks for some 0.2 s the first time, and not at all if
   * there are none.
   *
   * @throws PolicyException if OPA can't be run; what is wrong with the rules is in the book
   */
  public OwnBook book(PolicyFiles files) throws PolicyException {
    if (files.isEmpty()) {
      return OwnBook.EMPTY;
    }
    if (!files.problems().isEmpty()) {
      return OwnBook.broken(files, files.problems());
    }
    try {
      return books.get(files.revision(), revision -> compile(files));
    } catch (Uncompiled e) {
      throw new PolicyException(
          "the repository's own rules can't be checked: " + e.getCause().getMessage(),
          e.getCause());
    }
  }

  /** Carries the reason through the cache. */
  private static final class Uncompiled extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final PolicyException reason;

    Uncompiled(PolicyException reason) {
      super(reason);
      this.reason = reason;
    }

    @Override
    public synchronized PolicyException getCause() {
      return reason;
    }
  }

  private OwnBook compile(PolicyFiles files) {
    try {
      return compiler.compile(files);
    } catch (PolicyException e) {
      throw new Uncompiled(e);
    }
  }

  /**
   * What the rules find in a mesh, and what is wrong with the rules themselves; blocks.
   *
   * @param former what the revision is compared with; null if there is nothing: then every object
   *     is new
   * @param facts what is known of an object's surroundings
   * @throws PolicyException if OPA can't be asked, whatever the rule
   */
  public List<Finding> find(
      OwnBook book,
      MeshDeclarations mesh,
      Snapshot snapshot,
      @Nullable MeshDeclarations former,
      Function<Declaration, Map<String, Object>> facts)
      throws PolicyException {
    MeshName name = mesh.mesh().name();
    List<Finding> findings = new ArrayList<>();
    book.problems().forEach(problem -> findings.add(ofMesh(problem, name)));
    if (book.rules().isEmpty()) {
      return findings;
    }
    Map<String, Object> told = told(mesh.mesh().spec());
    List<AskedObject> unknown = new ArrayList<>();
    for (AskedObject object : new AskedObjects(book, mesh, former, facts).all()) {
      List<Finding> known = remembered(book, told, object);
      if (known == null) {
        unknown.add(object);
      } else {
        findings.addAll(known);
      }
    }
    OwnAsker asker = new OwnAsker(pool, apart, overruns, limits, book, told, listener);
    OwnAnswer reader = new OwnAnswer(name, mesh, snapshot);
    Map<String, OwnAsker.Failure> failures = new HashMap<>();
    for (int from = 0; from < unknown.size(); from += CHUNK) {
      List<AskedObject> some = unknown.subList(from, Math.min(unknown.size(), from + CHUNK));
      ask(book, asker, reader, some, told, findings).forEach(failures::putIfAbsent);
    }
    for (OwnRule rule : book.rules()) {
      OwnAsker.Failure failure = failures.get(rule.id());
      if (failure != null) {
        findings.add(problem(rule, failure, name));
      }
    }
    return findings;
  }

  /** Adds what is found; returns why rules have no answer that can be used. */
  private Map<String, OwnAsker.Failure> ask(
      OwnBook book,
      OwnAsker asker,
      OwnAnswer reader,
      List<AskedObject> objects,
      Map<String, Object> told,
      List<Finding> findings)
      throws PolicyException {
    OwnAsker.Answers answers = asker.ask(objects);
    Map<AskedObject, List<Finding>> found = new LinkedHashMap<>();
    objects.forEach(object -> found.put(object, new ArrayList<>(0)));
    Map<String, OwnAsker.Failure> failures = new LinkedHashMap<>(answers.failures());
    for (OwnRule rule : book.rules()) {
      JsonNode answer = answers.found().get(rule.id());
      if (answer == null) {
        continue;
      }
      for (AskedObject object : objects) {
        if (object.ask().containsKey(rule.id())) {
          try {
            found
                .getOrDefault(object, new ArrayList<>())
                .addAll(reader.read(rule, object, answer.path(object.key())));
          } catch (OwnAnswer.Unusable e) {
            failures.putIfAbsent(
                rule.id(),
                new OwnAsker.Failure(PolicyError.NO_ANSWER, String.valueOf(e.getMessage())));
          } catch (IOException e) {
            throw new PolicyException("the place of a finding can't be read: " + e.getMessage(), e);
          }
        }
      }
    }
    found.forEach((object, list) -> {
      findings.addAll(list);
      // A rule that is left out since it failed before would be silent about it later too.
      if (failures.isEmpty()
          && answers.found().keySet().containsAll(object.ask().keySet())
          && object.change() != AskedObject.Change.DELETE) {
        remember(book, told, object, list);
      }
    });
    return failures;
  }

  private static Finding problem(OwnRule rule, OwnAsker.Failure failure, MeshName mesh) {
    return new Finding(
        failure.error().id(),
        Severity.ERROR,
        "the rule " + rule.id() + " could not be judged by: " + failure.message(),
        mesh,
        null,
        JsonPath.ROOT,
        rule.position(),
        failure.error() == PolicyError.RAN_OVER
            ? "make it look at less, or turn it off in policies/config.yaml until that is done"
            : "correct the rule; `meshkeel policy test` runs it on its cases");
  }

  private @Nullable List<Finding> remembered(
      OwnBook book, Map<String, Object> told, AskedObject object) {
    Deque<AskedObject.Known> all = memory.getIfPresent(object.declaration());
    if (all == null || object.change() == AskedObject.Change.DELETE) {
      return null;
    }
    synchronized (all) {
      for (AskedObject.Known known : all) {
        if (known.answers(book.files().revision(), told, object)) {
          return known.findings();
        }
      }
    }
    return null;
  }

  private void remember(
      OwnBook book, Map<String, Object> told, AskedObject object, List<Finding> findings) {
    Deque<AskedObject.Known> all =
        memory.get(object.declaration(), declaration -> new ArrayDeque<>(1));
    synchronized (all) {
      all.addFirst(object.known(book.files().revision(), told, List.copyOf(findings)));
      if (all.size() > MAX_KNOWN) {
        all.removeLast();
      }
    }
  }

  private static Map<String, Object> told(Mesh.Spec mesh) {
    return Map.of(
        "istioVersion", mesh.istioVersion(),
        "mesh",
            Map.of(
                "rootNamespace", mesh.rootNamespace(),
                "clusterDomain", mesh.clusterDomain(),
                "trustDomain", mesh.trustDomain()));
  }

  private static Finding ofMesh(Finding finding, MeshName mesh) {
    return new Finding(
        finding.ruleId(),
        finding.severity(),
        finding.message(),
        mesh,
        finding.resource(),
        finding.path(),
        finding.position(),
        finding.remediation());
  }

  /** The number of processes that are kept; for tests. */
  int processes() {
    return pool.size();
  }

  /** Ends all processes. Idempotent. */
  @Override
  public void close() {
    pool.close();
  }
}
