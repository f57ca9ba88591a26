package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The judge with an OPA of its own. */
final class OpaJudge implements Judge {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final OpaGateway opa;
  private final ExecutorService threads;
  private final boolean strict;
  private final LoadingCache<Declaration, Remembered> memory =
      Caffeine.newBuilder().weakKeys().build(Remembered::new);

  OpaJudge(OpaGateway opa, ExecutorService threads, boolean strict) {
    this.opa = opa;
    this.threads = threads;
    this.strict = strict;
  }

  /** See {@link Judge#start}. */
  static OpaJudge start(JudgeOptions options) throws PolicyException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads)
            .build();
    OpaGateway opa =
        new OpaGateway(
            OpaSession.processes(options, PolicyLibrary.shipped(), http, threads),
            threads,
            options.chunk(),
            options.parallel());
    OpaJudge judge = new OpaJudge(opa, threads, options.strict());
    try {
      opa.session();
      return judge;
    } catch (PolicyException e) {
      judge.close();
      throw e;
    }
  }

  @Override
  public String policyRevision() {
    return opa.revision();
  }

  @Override
  public Verdict judge(MeshDeclarations mesh, Snapshot snapshot) {
    List<Finding> findings = new ArrayList<>(mesh.problems());
    Optional<String> failure = Optional.empty();
    try {
      findings.addAll(askRules(mesh, snapshot));
    } catch (PolicyException e) {
      failure = Optional.of("policy could not be asked: " + e.getMessage());
    }
    findings.sort(Finding.ORDER);
    return new Verdict(
        mesh.mesh().name(),
        snapshot.revision(),
        failure.isPresent() ? Outcome.ERROR : outcome(mesh, findings),
        findings,
        opa.revision(),
        failure);
  }

  private Outcome outcome(MeshDeclarations mesh, List<Finding> findings) {
    boolean denied =
        !mesh.problems().isEmpty()
            || findings.stream().anyMatch(f -> strict || f.severity() == Severity.ERROR);
    return denied ? Outcome.DENIED : Outcome.ACCEPTED;
  }

  private List<Finding> askRules(MeshDeclarations mesh, Snapshot snapshot) throws PolicyException {
    Surroundings surroundings = Surroundings.of(mesh.mesh().spec());
    List<Item> items = wanted(mesh);
    List<Finding> findings = new ArrayList<>();
    List<Item> unknown = new ArrayList<>();
    for (Item item : items) {
      List<Finding> known = memory.get(item.declaration()).findings(surroundings, item.facts());
      if (known == null) {
        unknown.add(item);
      } else {
        findings.addAll(known);
      }
    }
    if (unknown.isEmpty()) {
      return findings;
    }
    List<List<RawFinding>> answers = opa.ask(surroundings, unknown);
    Places places = new Places(snapshot);
    for (int i = 0; i < unknown.size(); i++) {
      Item item = unknown.get(i);
      List<Finding> found = places.put(item.declaration(), answers.get(i));
      memory.get(item.declaration()).remember(surroundings, item.facts(), found);
      findings.addAll(found);
    }
    return findings;
  }

  /** The objects that some rule wants to see, with their slices. */
  private List<Item> wanted(MeshDeclarations mesh) throws PolicyException {
    String domain = mesh.mesh().spec().clusterDomain();
    List<ObjectView> views = new ArrayList<>(mesh.objects().size());
    for (Declaration declaration : mesh.objects()) {
      views.add(memory.get(declaration).view(domain));
    }
    MeshFacts facts = MeshFacts.of(mesh.mesh().spec(), views);
    Map<?, ?> kinds = opa.session().wanted();
    List<Item> items = new ArrayList<>(views.size());
    for (ObjectView view : views) {
      if (kinds.containsKey(view.declaration().manifest().key().groupKind())) {
        items.add(new Item(view.declaration(), facts.slice(view)));
      }
    }
    return items;
  }

  /** Gives findings their place in the repository. */
  private static final class Places {
    private final Snapshot snapshot;
    private final SourceLocator locator = new SourceLocator();

    Places(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    List<Finding> put(Declaration declaration, List<RawFinding> found) throws PolicyException {
      List<Finding> findings = new ArrayList<>(found.size());
      for (RawFinding raw : found) {
        try {
          findings.add(
              new Finding(
                  raw.rule().id(),
                  raw.severity(),
                  raw.message(),
                  declaration.mesh(),
                  declaration.manifest().key(),
                  raw.path(),
                  locator.locate(snapshot, declaration, raw.path()),
                  raw.remediation()));
        } catch (IOException e) {
          throw new PolicyException(
              "the place of a finding in " + declaration.file().path() + " can't be read", e);
        }
      }
      return findings;
    }
  }

  @Override
  public void close() {
    opa.close();
    threads.shutdownNow();
  }
}
