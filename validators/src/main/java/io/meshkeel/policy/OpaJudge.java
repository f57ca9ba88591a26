package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.joined.KeptMesh;
import io.meshkeel.model.Debt;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.NotJudged;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.cel.CelRule;
import io.meshkeel.policy.own.OwnBook;
import io.meshkeel.policy.own.OwnJudge;
import io.meshkeel.policy.schema.SchemaCheck;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
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
  private final @Nullable OwnJudge own;
  private final KeptMeshes kept = new KeptMeshes();
  private final FoundLast last = new FoundLast();
  private final FoundMemory found = new FoundMemory();

  /** One instance of equal ones: each object is compared with what it was asked beside. */
  private final Interner<Surroundings> surroundings = Interner.newWeakInterner();

  private final Cache<MeshName, Looks> looks =
      Caffeine.newBuilder().maximumSize(KeptMeshes.DEFAULT_MESHES).build();

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
    this(opa, http, threads, strict, clock, null);
  }

  /**
   * @param clock for what ends on a day
   * @param own judges by rules of a repository's own; null: a repository that has some can't be
   *     judged
   */
  OpaJudge(
      OpaGateway opa,
      HttpClient http,
      ExecutorService threads,
      boolean strict,
      InstantSource clock,
      @Nullable OwnJudge own) {
    this.clock = clock;
    this.own = own;
    this.opa = opa;
    this.http = http;
    this.threads = threads;
    this.strict = strict;
  }

  /** See {@link Judge#start}. */
  static OpaJudge start(JudgeOptions options) throws PolicyException {
    // While OPA starts there is time for what checking the first object would wait for.
    Thread.ofPlatform().daemon().name("prepare-rules").start(CelRule::prepare);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(new NoTls())
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads)
            .build();
    PolicyLibrary library = PolicyLibrary.shipped();
    OpaGateway opa =
        new OpaGateway(
            OpaSession.processes(options, library, http, threads),
            threads,
            options.chunk(),
            options.parallel());
    OwnJudge own =
        new OwnJudge(
            options.opa(), options.startTimeout(), options.own(), library.offered(), http, threads);
    OpaJudge judge =
        new OpaJudge(opa, http, threads, options.strict(), InstantSource.system(), own);
    try {
      opa.session();
      return judge;
    } catch (PolicyException e) {
      judge.close();
      throw e;
    }
  }

  /** The part that judges by rules of a repository's own. */
  OwnJudge own() throws PolicyException {
    if (own == null) {
      throw new PolicyException("rules of the repository's own can't be asked here");
    }
    return own;
  }

  @Override
  public String policyRevision() {
    return opa.revision();
  }

  @Override
  public Verdict judge(MeshDeclarations mesh, Snapshot snapshot, Before before, Evidence evidence) {
    Governing governing = governing(OwnBook.EMPTY, mesh, Map.of());
    List<Finding> findings = new ArrayList<>(mesh.problems());
    List<NotJudged> notJudged = List.of();
    Optional<String> failure = Optional.empty();
    Optional<Debt> debt = Optional.empty();
    try {
      OwnBook book = book(mesh.governance());
      governing = governing(book, mesh, opa.session().index().params());
      Optional<Before.Former> former =
          book.readsChange() ? before.former().get() : Optional.empty();
      Found found =
          found(mesh, snapshot, evidence, book, former.map(Before.Former::mesh).orElse(null));
      notJudged = new ArrayList<>(found.notJudged());
      if (!book.readsChange()) {
        // Then it is what it would be beside itself, as a former one is judged.
        last.keep(mesh, evidence, found.findings());
      } else if (former.isEmpty()) {
        notJudged.addAll(book.withoutFormer(mesh));
      }
      findings = governing.govern(mesh, Transitions.with(found.findings(), mesh, snapshot, before));
      if (denies(findings, governing, mesh) || before.always()) {
        former = former.isPresent() ? former : before.former().get();
        if (former.isPresent()) {
          Ratchet.Compared compared =
              against(mesh, findings, former.get(), governing, evidence, book);
          findings = compared.findings();
          debt = Optional.of(compared.debt());
        }
      }
    } catch (PolicyException e) {
      failure = Optional.of("policy could not be asked: " + e.getMessage());
    }
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(ORDER);
    boolean denied = !mesh.problems().isEmpty() || denies(sorted, governing, mesh);
    return new Verdict(
        mesh.mesh().name(),
        snapshot.revision(),
        failure.isPresent() ? Outcome.ERROR : denied ? Outcome.DENIED : Outcome.ACCEPTED,
        sorted,
        revision(mesh.governance().policies()),
        failure,
        notJudged,
        debt);
  }

  private static boolean denies(
      List<Finding> findings, Governing governing, MeshDeclarations mesh) {
    return findings.stream().anyMatch(f -> governing.denies(f, mesh.governance()));
  }

  private Governing governing(
      OwnBook book, MeshDeclarations mesh, Map<String, Map<String, Object>> ofLibrary) {
    Map<String, Map<String, Object>> params = new TreeMap<>(ofLibrary);
    params.putAll(book.params());
    return new Governing(
        book.known(RulePages.titles().keySet(), Governing.named(mesh.governance())),
        params,
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
        strict);
  }

  private OwnBook book(Governance governance) throws PolicyException {
    if (governance.policies().isEmpty()) {
      return OwnBook.EMPTY;
    }
    return own().book(governance.policies());
  }

  /** Names the library together with the repository's own rules. */
  private String revision(PolicyFiles policies) {
    return policies.isEmpty()
        ? opa.revision()
        : HexFormat.of()
            .formatHex(
                Publication.sha256()
                    .digest(
                        (opa.revision() + policies.revision()).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Map<String, String> rules(Governance governance) {
    Map<String, String> titles = new TreeMap<>(RulePages.titles());
    if (!governance.policies().isEmpty()) {
      try {
        OwnBook book = book(governance);
        titles.putAll(book.titles());
        book.known(Set.of(), Governing.named(governance)).forEach(id -> titles.putIfAbsent(id, id));
      } catch (PolicyException e) {
        // Whoever judges by them is told; nobody knows that a rule isn't among them.
        Governing.named(governance).forEach(id -> titles.putIfAbsent(id, id));
      }
    }
    return titles;
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
  private Ratchet.Compared against(
      MeshDeclarations mesh,
      List<Finding> findings,
      Before.Former former,
      Governing governing,
      Evidence evidence,
      OwnBook book)
      throws PolicyException {
    MeshDeclarations before = former.mesh().with(mesh.governance());
    // Clusters change with each revision that is applied. Where all is known already and nothing
    // would deny, what was found then tells enough, and saves a judgement for each commit.
    Optional<List<Finding>> then =
        denies(findings, governing, mesh) ? Optional.empty() : last.of(before);
    if (then.isPresent()) {
      Ratchet.Compared compared =
          Ratchet.against(findings, mesh, governing.govern(before, then.get()), former.mesh());
      if (compared.allIsKnown()) {
        return compared;
      }
    }
    // Beside itself: what a revision changed is no debt of the next one.
    Optional<List<Finding>> remembered = last.of(before, evidence);
    List<Finding> raw =
        remembered.isPresent()
            ? remembered.get()
            : found(before, former.snapshot(), evidence, book, before).findings();
    List<Finding> known = governing.govern(before, raw);
    return Ratchet.against(findings, mesh, known, former.mesh());
  }

  @Override
  public List<RuleCount> counts(
      MeshDeclarations mesh, Snapshot snapshot, Evidence evidence, Verdict verdict)
      throws PolicyException {
    Looks looks = look(mesh, snapshot);
    KeptMesh.Told told = tell(mesh, evidence, looks);
    RuleCounts counts = new RuleCounts(mesh, evidence);
    for (int i = 0; i < told.slices().size(); i++) {
      Looks.Look look = looks.all().get(i);
      counts.add(
          look.view().declaration().manifest().key().groupKind(),
          look.broken(),
          told.slices().get(i));
    }
    told.others().forEach((subject, slice) -> counts.skip(subject.key().groupKind(), slice));
    return counts.of(opa.session().index(), verdict);
  }

  private record Found(List<Finding> findings, List<NotJudged> notJudged) {}

  /** What is found, whatever the repository wants it to be taken for. */
  private Found found(
      MeshDeclarations mesh,
      Snapshot snapshot,
      Evidence evidence,
      OwnBook book,
      @Nullable MeshDeclarations former)
      throws PolicyException {
    List<Finding> findings = new ArrayList<>(mesh.problems());
    Looks now = look(mesh, snapshot);
    now.all().forEach(look -> findings.addAll(look.violations()));
    RuleIndex rules = opa.session().index();
    KeptMesh.Told told = tell(mesh, evidence, now);
    Surroundings surroundings = surroundings(mesh, rules);
    now.tell(told.slices(), rules, surroundings);
    List<Other> others = others(mesh, told, rules, surroundings);
    Gaps gaps = now.gaps();
    told.others().values().forEach(gaps::add);
    askRules(mesh, now, others, surroundings, snapshot, findings);
    looks.put(mesh.mesh().name(), now);
    Set<String> off = rules.offByDefault();
    RuleSettings settings = new RuleSettings(mesh.governance().settings());
    findings.removeIf(finding -> off.contains(finding.ruleId()) && !settings.turnsOn(finding));
    boolean related = findings.stream().anyMatch(finding -> !finding.related().isEmpty());
    List<Finding> all = related ? new Places(snapshot).related(findings, subjects(mesh)) : findings;
    if (own != null && !book.isEmpty()) {
      all.addAll(own.find(book, mesh, snapshot, former, facts(book, now, others)));
    }
    return new Found(all, NotJudgedRules.of(rules, mesh, evidence, gaps));
  }

  /** What is known of the surroundings of declared objects. */
  private static Function<Declaration, Map<String, Object>> facts(
      OwnBook book, Looks looks, List<Other> others) {
    if (!book.readsFacts()) {
      return declaration -> Map.of();
    }
    Map<Declaration, Map<String, Object>> facts = new IdentityHashMap<>();
    Stream.concat(
            looks.all().stream().map(Looks.Look::item).filter(Objects::nonNull),
            others.stream().map(Other::item))
        .forEach(item ->
            item.subject()
                .declaration()
                .ifPresent(declaration -> facts.put(declaration, item.facts())));
    return declaration -> facts.getOrDefault(declaration, Map.of());
  }

  /** Looks at the objects themselves. */
  private Looks look(MeshDeclarations mesh, Snapshot snapshot) throws PolicyException {
    String version = mesh.mesh().spec().istioVersion();
    if (!SchemaCheck.ISTIO_VERSIONS.contains(version)) {
      throw new PolicyException(
          "Istio "
              + version
              + " is not supported. Fix: set spec.istioVersion of the Mesh to one of "
              + String.join(", ", SchemaCheck.ISTIO_VERSIONS));
    }
    return Looks.of(
        mesh,
        Optional.ofNullable(looks.getIfPresent(mesh.mesh().name())),
        memory::get,
        SchemaCheck.of(version),
        new Places(snapshot));
  }

  private KeptMesh.Told tell(MeshDeclarations mesh, Evidence evidence, Looks looks)
      throws PolicyException {
    RuleIndex rules = opa.session().index();
    Set<ObjectView> unreadable = Collections.newSetFromMap(new IdentityHashMap<>());
    looks.broken().forEach(look -> unreadable.add(look.view()));
    return kept.of(mesh)
        .tell(
            mesh,
            looks.views(),
            evidence,
            clock.instant(),
            view ->
                rules.looksAt(view.declaration().manifest().key().groupKind())
                    && !unreadable.contains(view));
  }

  private Surroundings surroundings(MeshDeclarations mesh, RuleIndex rules) {
    return surroundings.intern(Surroundings.of(mesh, rules));
  }

  /**
   * What is no Istio object of the repository, with its slice, and what rules found when they last
   * saw both; null if never. What clusters hold has a memory of its own, and about own kinds is
   * asked each time.
   */
  private record Other(Item item, @Nullable List<Finding> known) {}

  private List<Other> others(
      MeshDeclarations mesh, KeptMesh.Told told, RuleIndex rules, Surroundings surroundings) {
    List<Other> others = new ArrayList<>();
    told.others()
        .forEach((subject, slice) -> {
          Item item = new Item(subject, slice.toMap());
          if (rules.asks(item)) {
            others.add(
                new Other(
                    item, found.findings(mesh.mesh().name(), subject, surroundings, item.facts())));
          }
        });
    return others;
  }

  private void askRules(
      MeshDeclarations mesh,
      Looks looks,
      List<Other> others,
      Surroundings surroundings,
      Snapshot snapshot,
      List<Finding> findings)
      throws PolicyException {
    MeshName name = mesh.mesh().name();
    List<Integer> unknown = looks.unknown();
    List<Item> items = new ArrayList<>();
    unknown.forEach(index -> items.add(Objects.requireNonNull(looks.all().get(index).item())));
    List<Item> strange =
        others.stream().filter(other -> other.known() == null).map(Other::item).toList();
    items.addAll(strange);
    List<List<RawFinding>> answers = items.isEmpty() ? List.of() : opa.ask(surroundings, items);
    Places places = new Places(snapshot);
    for (int i = 0; i < unknown.size(); i++) {
      Item item = items.get(i);
      List<Finding> news = places.ofRules(name, item.subject(), answers.get(i));
      looks.answer(unknown.get(i), surroundings, news);
    }
    for (int i = unknown.size(); i < items.size(); i++) {
      Item item = items.get(i);
      List<Finding> news = places.ofRules(name, item.subject(), answers.get(i));
      found.remember(name, item.subject(), surroundings, item.facts(), news);
      findings.addAll(news);
    }
    looks.all().forEach(look -> findings.addAll(Objects.requireNonNull(look.found())));
    others.stream().map(Other::known).filter(Objects::nonNull).forEach(findings::addAll);
  }

  @Override
  public void close() {
    opa.close();
    if (own != null) {
      own.close();
    }
    // The JVM's exit would wait 0.3 s for the client's thread in its system call.
    http.shutdownNow();
    threads.shutdownNow();
  }
}
