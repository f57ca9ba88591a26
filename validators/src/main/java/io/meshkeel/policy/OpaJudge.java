package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.joined.KeptMesh;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.NotJudged;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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
  private final KeptMeshes kept = new KeptMeshes();
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
  public Verdict judge(MeshDeclarations mesh, Snapshot snapshot, Before before, Evidence evidence) {
    Governing governing =
        new Governing(
            RulePages.titles().keySet(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            strict);
    List<Finding> findings = new ArrayList<>(mesh.problems());
    List<NotJudged> notJudged = List.of();
    Optional<String> failure = Optional.empty();
    try {
      Found found = found(mesh, snapshot, evidence);
      notJudged = found.notJudged();
      findings = governing.govern(mesh, found.findings());
      boolean denies = findings.stream().anyMatch(f -> governing.denies(f, mesh.governance()));
      if (denies || (before.always() && !findings.isEmpty())) {
        Optional<Before.Former> former = before.former().get();
        if (former.isPresent()) {
          findings = against(mesh, findings, former.get(), governing, evidence);
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
        failure,
        notJudged);
  }

  private static Map<ResourceKey, Subject> subjects(MeshDeclarations mesh) {
    Map<ResourceKey, Subject> subjects = new HashMap<>();
    mesh.objects()
        .forEach(object -> {
          subjects.put(object.manifest().key(), Subject.declared(object));
        });
    mesh.own()
        .forEach(own -> {
          subjects.put(own.declaration().manifest().key(), Subject.declared(own.declaration()));
        });
    mesh.clusters()
        .forEach(cluster -> {
          Subject subject = Subject.of(cluster);
          subjects.put(subject.key(), subject);
        });
    return subjects;
  }

  /** Judged in the same way: by the settings, waivers and clusters of today. */
  private List<Finding> against(
      MeshDeclarations mesh,
      List<Finding> findings,
      Before.Former former,
      Governing governing,
      Evidence evidence)
      throws PolicyException {
    MeshDeclarations before = former.mesh().with(mesh.governance());
    List<Finding> known =
        governing.govern(before, found(before, former.snapshot(), evidence).findings());
    return Ratchet.against(findings, mesh, known, former.mesh());
  }

  private record Found(List<Finding> findings, List<NotJudged> notJudged) {}

  /** What is found, whatever the repository wants it to be taken for. */
  private Found found(MeshDeclarations mesh, Snapshot snapshot, Evidence evidence)
      throws PolicyException {
    List<Finding> findings = new ArrayList<>(mesh.problems());
    List<Remembered> objects = mesh.objects().stream().map(memory::get).toList();
    Set<Remembered> broken = checkSchema(mesh, objects, snapshot, findings);
    Surrounded surrounded = surrounded(mesh, evidence, objects, broken);
    askRules(mesh, surrounded.looked(), snapshot, findings);
    Set<String> off = opa.session().index().offByDefault();
    findings.removeIf(finding ->
        off.contains(finding.ruleId())
            && !RuleSettings.turnsOn(finding, mesh.governance().settings()));
    boolean related = findings.stream().anyMatch(finding -> !finding.related().isEmpty());
    return new Found(
        related ? new Places(snapshot).related(findings, subjects(mesh)) : findings,
        surrounded.notJudged());
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

  /**
   * An object with its slice, and what rules found when they last saw both; null if never.
   *
   * @param object null for what is no Istio object of the repository: there are few, and they are
   *     asked about each time
   */
  private record Looked(@Nullable Remembered object, Item item, @Nullable List<Finding> known) {}

  private record Surrounded(List<Looked> looked, List<NotJudged> notJudged) {}

  private Surrounded surrounded(
      MeshDeclarations mesh, Evidence evidence, List<Remembered> objects, Set<Remembered> broken)
      throws PolicyException {
    Mesh.Spec spec = mesh.mesh().spec();
    Surroundings surroundings = Surroundings.of(spec);
    // Facts come from all objects: one that breaks its schema is still there, and nobody who refers
    // to it must be told otherwise.
    List<ObjectView> views =
        objects.stream().map(object -> object.view(spec.clusterDomain())).toList();
    RuleIndex rules = opa.session().index();
    Set<ObjectView> unreadable = Collections.newSetFromMap(new IdentityHashMap<>());
    broken.forEach(object -> unreadable.add(object.view(spec.clusterDomain())));
    KeptMesh.Told told =
        kept.of(mesh)
            .tell(
                mesh,
                views,
                evidence,
                clock.instant(),
                view ->
                    rules.looksAt(view.declaration().manifest().key().groupKind())
                        && !unreadable.contains(view));
    List<Slice> slices = told.slices();
    List<Looked> looked = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      Item item = new Item(views.get(i).declaration(), slices.get(i).toMap());
      if (!broken.contains(objects.get(i)) && rules.asks(item)) {
        looked.add(
            new Looked(objects.get(i), item, objects.get(i).findings(surroundings, item.facts())));
      }
    }
    List<Slice> others = new ArrayList<>();
    told.others()
        .forEach((subject, slice) -> {
          Item item = new Item(subject, slice.toMap());
          others.add(slice);
          if (rules.asks(item)) {
            looked.add(new Looked(null, item, null));
          }
        });
    return new Surrounded(
        looked, NotJudgedRules.of(rules, mesh, evidence, Stream.of(slices, others)));
  }

  private void askRules(
      MeshDeclarations mesh, List<Looked> looked, Snapshot snapshot, List<Finding> findings)
      throws PolicyException {
    List<Looked> unknown = new ArrayList<>();
    for (Looked one : looked) {
      if (one.known() == null) {
        unknown.add(one);
      } else {
        findings.addAll(one.known());
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    Surroundings surroundings = Surroundings.of(mesh.mesh().spec());
    List<List<RawFinding>> answers =
        opa.ask(surroundings, unknown.stream().map(Looked::item).toList());
    Places places = new Places(snapshot);
    for (int i = 0; i < unknown.size(); i++) {
      Item item = unknown.get(i).item();
      List<Finding> found = places.ofRules(mesh.mesh().name(), item.subject(), answers.get(i));
      Remembered object = unknown.get(i).object();
      if (object != null) {
        object.remember(surroundings, item.facts(), found);
      }
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
