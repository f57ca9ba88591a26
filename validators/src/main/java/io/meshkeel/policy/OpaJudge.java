package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.schema.SchemaCheck;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The judge with an OPA of its own. */
final class OpaJudge implements Judge {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** {@link Finding#ORDER}, and a fixed order of what it holds for equal. */
  private static final Comparator<Finding> ORDER =
      Finding.ORDER
          .thenComparing(f -> f.path().toString())
          .thenComparing(f -> Optional.ofNullable(f.resource()).map(Object::toString).orElse(""));

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
      Set<Declaration> sound = checkSchema(mesh, snapshot, findings);
      askRules(mesh, sound, snapshot, findings);
    } catch (PolicyException e) {
      failure = Optional.of("policy could not be asked: " + e.getMessage());
    }
    findings.sort(ORDER);
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

  /** Adds what is wrong; returns the objects about which rules may be asked, by identity. */
  private Set<Declaration> checkSchema(
      MeshDeclarations mesh, Snapshot snapshot, List<Finding> findings) throws PolicyException {
    String version = mesh.mesh().spec().istioVersion();
    if (!SchemaCheck.ISTIO_VERSIONS.contains(version)) {
      throw new PolicyException(
          "Istio "
              + version
              + " is not supported. Fix: set spec.istioVersion of the Mesh to one of "
              + String.join(", ", SchemaCheck.ISTIO_VERSIONS));
    }
    SchemaCheck check = SchemaCheck.of(version);
    // Each object by itself, so all cores; those seen before cost a look.
    mesh.objects().parallelStream().forEach(declaration -> memory.get(declaration).check(check));
    Places places = new Places(snapshot);
    Set<Declaration> sound = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Declaration declaration : mesh.objects()) {
      List<Finding> broken = memory.get(declaration).schemaFindings(check, places);
      if (broken.isEmpty()) {
        sound.add(declaration);
      } else {
        findings.addAll(broken);
      }
    }
    return sound;
  }

  private void askRules(
      MeshDeclarations mesh, Set<Declaration> sound, Snapshot snapshot, List<Finding> findings)
      throws PolicyException {
    Surroundings surroundings = Surroundings.of(mesh.mesh().spec());
    List<Item> unknown = new ArrayList<>();
    for (Item item : wanted(mesh, sound)) {
      List<Finding> known = memory.get(item.declaration()).findings(surroundings, item.facts());
      if (known == null) {
        unknown.add(item);
      } else {
        findings.addAll(known);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    List<List<RawFinding>> answers = opa.ask(surroundings, unknown);
    Places places = new Places(snapshot);
    for (int i = 0; i < unknown.size(); i++) {
      Item item = unknown.get(i);
      List<Finding> found = places.ofRules(item.declaration(), answers.get(i));
      memory.get(item.declaration()).remember(surroundings, item.facts(), found);
      findings.addAll(found);
    }
  }

  /**
   * The sound objects that some rule wants to see, with their slices. Facts come from all objects:
   * one that breaks its schema is still there, and nobody who refers to it must be told otherwise.
   */
  private List<Item> wanted(MeshDeclarations mesh, Set<Declaration> sound) throws PolicyException {
    Mesh.Spec spec = mesh.mesh().spec();
    List<ObjectView> views = new ArrayList<>(mesh.objects().size());
    for (Declaration declaration : mesh.objects()) {
      views.add(memory.get(declaration).view(spec.clusterDomain()));
    }
    MeshFacts facts = MeshFacts.of(spec, views);
    Map<GroupKind, ?> kinds = opa.session().wanted();
    List<Item> items = new ArrayList<>(views.size());
    for (ObjectView view : views) {
      Declaration declaration = view.declaration();
      if (kinds.containsKey(declaration.manifest().key().groupKind())
          && sound.contains(declaration)) {
        items.add(new Item(declaration, facts.slice(view)));
      }
    }
    return items;
  }

  @Override
  public void close() {
    opa.close();
    threads.shutdownNow();
  }
}
