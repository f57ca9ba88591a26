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
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.schema.SchemaCheck;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The judge with an OPA of its own. */
final class OpaJudge implements Judge {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** {@link Finding#ORDER}, and a fixed order of what it holds for equal. */
  private static final Comparator<Finding> ORDER =
      Finding.ORDER
          .thenComparing(f -> f.path().toString())
          .thenComparing(f -> Optional.ofNullable(f.resource()).map(Object::toString).orElse(""));

  private final OpaGateway opa;
  private final HttpClient http;
  private final ExecutorService threads;
  private final boolean strict;
  private final InstantSource clock;
  private final LoadingCache<Declaration, Remembered> memory =
      Caffeine.newBuilder().weakKeys().build(Remembered::new);

  OpaJudge(OpaGateway opa, HttpClient http, ExecutorService threads, boolean strict) {
    this(opa, http, threads, strict, InstantSource.system());
  }

  /**
   * @param clock for what ends on a day
   */
  OpaJudge(
      OpaGateway opa,
      HttpClient http,
      ExecutorService threads,
      boolean strict,
      InstantSource clock) {
    this.clock = clock;
    this.opa = opa;
    this.http = http;
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
    OpaJudge judge = new OpaJudge(opa, http, threads, options.strict());
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
  public Verdict judge(MeshDeclarations mesh, Snapshot snapshot, Before before) {
    Governing governing =
        new Governing(
            RulePages.titles().keySet(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            strict);
    List<Finding> findings = new ArrayList<>(mesh.problems());
    Optional<String> failure = Optional.empty();
    try {
      findings = governing.govern(mesh, found(mesh, snapshot));
      boolean denies = findings.stream().anyMatch(f -> governing.denies(f, mesh.governance()));
      if (denies || (before.always() && !findings.isEmpty())) {
        Optional<Before.Former> former = before.former().get();
        if (former.isPresent()) {
          findings = against(mesh, findings, former.get(), governing);
        }
      }
    } catch (PolicyException e) {
      failure = Optional.of("policy could not be asked: " + e.getMessage());
    }
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(ORDER);
    boolean denied =
        !mesh.problems().isEmpty()
            || sorted.stream().anyMatch(f -> governing.denies(f, mesh.governance()));
    return new Verdict(
        mesh.mesh().name(),
        snapshot.revision(),
        failure.isPresent() ? Outcome.ERROR : denied ? Outcome.DENIED : Outcome.ACCEPTED,
        sorted,
        opa.revision(),
        failure);
  }

  /** Judged in the same way: by the settings and waivers of today. */
  private List<Finding> against(
      MeshDeclarations mesh, List<Finding> findings, Before.Former former, Governing governing)
      throws PolicyException {
    MeshDeclarations before = former.mesh().with(mesh.governance());
    List<Finding> known = governing.govern(before, found(before, former.snapshot()));
    return Ratchet.against(findings, mesh, known, before);
  }

  /** What is found, whatever the repository wants it to be taken for. */
  private List<Finding> found(MeshDeclarations mesh, Snapshot snapshot) throws PolicyException {
    List<Finding> findings = new ArrayList<>(mesh.problems());
    List<Remembered> objects = mesh.objects().stream().map(memory::get).toList();
    Set<Remembered> broken = checkSchema(mesh, objects, snapshot, findings);
    askRules(mesh.mesh().spec(), objects, broken, snapshot, findings);
    return findings;
  }

  /** Adds what is wrong; returns the objects about which rules must not be asked. */
  private static Set<Remembered> checkSchema(
      MeshDeclarations mesh, List<Remembered> objects, Snapshot snapshot, List<Finding> findings)
      throws PolicyException {
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
    List<Remembered> unchecked =
        objects.stream().filter(object -> !object.isChecked(version)).toList();
    unchecked.parallelStream().forEach(object -> object.check(check));
    Places places = new Places(snapshot);
    Set<Remembered> broken = new HashSet<>();
    for (Remembered object : objects) {
      List<Finding> violations = object.schemaFindings(check, places);
      if (!violations.isEmpty()) {
        broken.add(object);
        findings.addAll(violations);
      }
    }
    return broken;
  }

  /** An object with its slice, and what rules found when they last saw both; null if never. */
  private record Looked(Remembered object, Item item, @Nullable List<Finding> known) {}

  private void askRules(
      Mesh.Spec mesh,
      List<Remembered> objects,
      Set<Remembered> broken,
      Snapshot snapshot,
      List<Finding> findings)
      throws PolicyException {
    Surroundings surroundings = Surroundings.of(mesh);
    // Facts come from all objects: one that breaks its schema is still there, and nobody who refers
    // to it must be told otherwise.
    List<ObjectView> views =
        objects.stream().map(object -> object.view(mesh.clusterDomain())).toList();
    MeshFacts facts = MeshFacts.of(mesh, views);
    Map<GroupKind, ?> kinds = opa.session().wanted();
    // Every slice is made anew and compared: most of what a small change costs, so by all cores.
    List<Looked> looked =
        IntStream.range(0, objects.size())
            .parallel()
            .filter(i ->
                kinds.containsKey(views.get(i).declaration().manifest().key().groupKind())
                    && !broken.contains(objects.get(i)))
            .mapToObj(i -> {
              Map<String, Object> slice = facts.slice(views.get(i));
              return new Looked(
                  objects.get(i),
                  new Item(views.get(i).declaration(), slice),
                  objects.get(i).findings(surroundings, slice));
            })
            .toList();
    List<Item> unknown = new ArrayList<>();
    List<Remembered> asked = new ArrayList<>();
    for (Looked one : looked) {
      if (one.known() == null) {
        unknown.add(one.item());
        asked.add(one.object());
      } else {
        findings.addAll(one.known());
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
      asked.get(i).remember(surroundings, item.facts(), found);
      findings.addAll(found);
    }
  }

  @Override
  public void close() {
    opa.close();
    // The JVM's exit would wait 0.3 s for the client's thread in its system call.
    http.shutdownNow();
    threads.shutdownNow();
  }
}
