package io.meshkeel.policy;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.own.Limits;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules of a repository's own may do wrong: always a clear error, never a pass. */
final class OwnRulesBadInputIT {
  private static final String PEER =
      """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: default, namespace: shop}
      spec: {mtls: {mode: STRICT}}
      """;

  private static final String GOOD =
      """
      package good

      warn contains "seen" if input.kind == "PeerAuthentication"
      """;

  /** Minutes on one core. */
  private static final String SLOW =
      """
      package slow

      deny contains "never" if {
      	some i in numbers.range(1, 10000)
      	some j in numbers.range(1, 100000)
      	i * j < 0
      }
      """;

  /** So long that nothing but a rule that never ends runs over. */
  private static final Limits PATIENT =
      new Limits(Patience.LIMIT, Limits.DEFAULT_MEMORY_BYTES, 4, Duration.ofMinutes(5));

  /** Many times what other rules take. */
  private static final Limits BRIEF =
      new Limits(Duration.ofSeconds(2), Limits.DEFAULT_MEMORY_BYTES, 4, Duration.ofMinutes(5));

  private static Judge judge;

  @BeforeAll
  static void start() throws PolicyException {
    judge = start(PATIENT);
  }

  private static Judge start(Limits limits) throws PolicyException {
    return Judge.start(JudgeOptions.of(SharedServers.opaBinary()).withOwn(limits));
  }

  @AfterAll
  static void stop() {
    judge.close();
  }

  private static Verdict judge(Judge by, TestingRepository repository) {
    Snapshot snapshot = repository.snapshot();
    return by.judge(repository.mesh(snapshot), snapshot);
  }

  private static Verdict judge(String... pathsAndRules) {
    return judge(judge, shop(pathsAndRules));
  }

  private static TestingRepository shop(String... pathsAndRules) {
    TestingRepository shop = new TestingRepository().put("security/peer.yaml", PEER);
    for (int i = 0; i < pathsAndRules.length; i += 2) {
      shop.root("policies/" + pathsAndRules[i], pathsAndRules[i + 1]);
    }
    return shop;
  }

  private static void denies(Verdict verdict, String... said) {
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.DENIED);
    assertThat(verdict.findings().stream().map(Finding::oneLine))
        .anySatisfy(line -> assertThat(line).contains(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.send({\"method\": \"get\", \"url\": \"http://127.0.0.1\"})",
        "net.lookup_ip_addr(\"localhost\")",
        "net.cidr_expand(\"10.0.0.0/8\")",
        "opa.runtime()",
        "time.now_ns()",
        "rand.intn(\"a\", 3)",
        "uuid.rfc4122(\"a\")",
        "io.jwt.decode_verify(\"a\", {})",
        "json.match_schema({}, {})",
        "rego.parse_module(\"a\", \"package a\")",
      })
  void whatReachesOutIsRefusedWithItsPlace(String call) {
    denies(
        judge(
            "out.rego",
            "package out\n\ndeny contains \"x\" if {\n\tcall := " + call + "\n\tcall\n}\n"),
        "policies/out.rego:4:10: OPA refuses the rules: rego_type_error: undefined function ",
        "Fix: leave it out",
        "[P001]");
  }

  @Test
  void aSyntaxErrorHasFileLineAndTheWordsOfOpa() {
    denies(
        judge("good.rego", GOOD, "deep/broken.rego", "package broken\n\ndeny contains if {\n"),
        "policies/deep/broken.rego:3:15: OPA refuses the rules: rego_parse_error: ",
        "unexpected if keyword",
        "[P001]");
  }

  @Test
  void aRuleThatRecursesIsRefused() {
    denies(
        judge(
            "loop.rego",
            "package loop\n\ndeny contains x if some x in more\n\nmore contains x if some x in deny\n"),
        "policies/loop.rego:",
        "rego_recursion_error",
        "[P001]");
  }

  @Test
  void twoRulesWithOneIdAreToldWithBothFiles() {
    String rule =
        """
        # METADATA
        # custom:
        #   id: ORG-1
        #   kinds: [PeerAuthentication]
        #   message: m
        package %s

        findings contains {} if input.never
        """;
    denies(
        judge("a.rego", rule.formatted("a"), "b.rego", rule.formatted("b")),
        "the id ORG-1 is that of two rules: policies/a.rego:6:1 and policies/b.rego:6:1",
        "[P002]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "package system.authz;;deny contains 1 if true          | belongs to OPA itself",
        "package meshkeel.lib.objects;;deny contains 1 if true  | belongs to Meshkeel",
        "package a;;deny := true                                | is not a set",
        "package a;;findings contains 1 if true                 | no custom.id",
        "package a;;exception contains [] if true               | write a Waiver",
        "package a;;x := 1                                      | there is no rule in any file",
        "# METADATA;# custom:;#   id: M900;#   message: m;#   kinds: [A];package a;;findings contains 1 if true | can't be the id",
        "# METADATA;# custom:;#   id: O1;package a;;findings contains 1 if true | lack custom.message or custom.kinds",
        "# METADATA;# scope: package;# custom:;#   knids: [A];package a;;deny contains 1 if true | there is no custom.knids, did you mean 'kinds'?",
      })
  void aRuleThatIsNotDescribedAsItMustBeDenies(String rule, String said) {
    denies(
        judge("a.rego", rule.strip().replace(';', '\n') + "\n"),
        "policies/a.rego:",
        said,
        "[P003]");
  }

  @Test
  void aRuleThatRunsOverIsNamedAndTheOthersStillFind() throws Exception {
    try (Judge brief = start(BRIEF)) {
      Verdict verdict = judge(brief, shop("slow.rego", SLOW, "good.rego", GOOD));
      denies(
          verdict,
          "policies/slow.rego:3:1: the rule slow.deny could not be judged by: it took more than 2000 ms of processor time",
          "[P004]");
      assertThat(verdict.findings()).anyMatch(f -> f.ruleId().equals("good.warn"));
      assertThat(verdict.findings()).hasSize(2);
    }
  }

  @Test
  void aRuleThatExplodesIsNamed() throws Exception {
    Limits small = new Limits(Patience.LIMIT, 100L << 20, 4, Duration.ofMinutes(5));
    String explodes =
        """
        package explodes

        deny contains "never" if {
        	all := [[i, j] | some i in numbers.range(1, 30000); some j in numbers.range(1, 30000)]
        	count(all) == 0
        }
        """;
    try (Judge bounded = start(small)) {
      Verdict verdict = judge(bounded, shop("explodes.rego", explodes, "good.rego", GOOD));
      denies(
          verdict,
          "policies/explodes.rego:3:1: the rule explodes.deny could not be judged by: it took more than 100 MiB of memory",
          "[P004]");
      assertThat(verdict.findings()).anyMatch(f -> f.ruleId().equals("good.warn"));
    }
  }

  @Test
  void nobodyElseWaitsForARuleThatRunsOver() throws Exception {
    try (Judge brief = start(BRIEF)) {
      nobodyWaits(brief);
    }
  }

  private static void nobodyWaits(Judge judge) {
    TestingRepository bad = shop("slow.rego", SLOW);
    TestingRepository good = shop("good.rego", GOOD);
    assertThat(judge(judge, good).outcome()).isEqualTo(Outcome.ACCEPTED);
    CompletableFuture<Verdict> running = CompletableFuture.supplyAsync(() -> judge(judge, bad));
    good.put("security/other.yaml", PEER.replace("shop}", "other}"));
    Verdict meanwhile = judge(judge, good);
    assertThat(running).isNotDone();
    assertThat(meanwhile.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(meanwhile.findings())
        .extracting(Finding::ruleId)
        .containsOnly("good.warn")
        .hasSize(2);
    denies(running.join(), "slow.deny", "[P004]");
  }

  @Test
  void anOpaThatIsKilledInMidFlightIsAskedAgain() throws Exception {
    // Some seconds: long enough to be killed in the middle, well within the limit.
    String busy =
        """
        package busy

        warn contains "seen" if {
        	count([1 | some i in numbers.range(1, 5000); some j in numbers.range(1, 5000); i * j < 0]) == 0
        }
        """;
    try (Judge killed = start(PATIENT)) {
      Set<Long> before = servers();
      CompletableFuture<Verdict> running =
          CompletableFuture.supplyAsync(() -> judge(killed, shop("busy.rego", busy)));
      await()
          .until(() ->
              servers().stream()
                  .filter(pid -> !before.contains(pid) && isAtWork(pid))
                  .flatMap(pid -> ProcessHandle.of(pid).stream())
                  .anyMatch(ProcessHandle::destroyForcibly));
      Verdict verdict = running.join();
      assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(verdict.findings()).extracting(Finding::ruleId).containsExactly("busy.warn");
    }
  }

  /** More than it takes to start. */
  private static boolean isAtWork(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(taken -> taken.toMillis() > 1500)
        .orElse(false);
  }

  private static Set<Long> servers() {
    return ProcessHandle.current()
        .children()
        .filter(child ->
            child
                .info()
                .arguments()
                .map(words -> List.of(words).contains("--server"))
                .orElse(false))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  @Test
  void aRepositoryWithoutRulesOfItsOwnStartsNothing() throws Exception {
    try (Judge fresh = Judge.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      Set<Long> before = servers();
      Verdict verdict = judge(fresh, shop());
      assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(verdict.policyRevision()).isEqualTo(fresh.policyRevision());
      assertThat(servers()).isEqualTo(before);
    }
  }

  @Test
  void anEvaluationErrorNamesTheRule() {
    denies(
        judge(
            "conflict.rego",
            "package conflict\n\nf(x) := 1 if x.kind\n\nf(x) := 2 if x.kind\n\ndeny contains \"x\" if f(input) == 3\n",
            "good.rego",
            GOOD),
        "policies/conflict.rego:7:1: the rule conflict.deny could not be judged by: ",
        "eval_conflict_error: function data.conflict.f produced conflicting values for the same inputs: 1 at policies/conflict.rego:3",
        "[P005]");
  }

  @Test
  void aPathThatLeadsNowhereIsToldAtItsNearestParent() {
    Verdict verdict =
        judge(
            "astray.rego",
            "package astray\n\nwarn contains {\"msg\": \"here\", \"_loc\": [\"spec\", \"mtls\", \"mode\", \"deeper\"]}\n");
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.message())
              .isEqualTo("here (the rule names spec.mtls.mode.deeper, which isn't there)");
          assertThat(f.path().toString()).isEqualTo("spec.mtls.mode");
          assertThat(position(f).line()).isEqualTo(4);
          assertThat(position(f).exact()).isFalse();
        });
  }

  private static SourcePosition position(Finding finding) {
    return Optional.ofNullable(finding.position()).orElseThrow();
  }

  @Test
  void aMissingFieldIsAGoodPlace() {
    Verdict verdict =
        judge(
            "missing.rego",
            "package missing\n\nwarn contains {\"msg\": \"name a selector\", \"_loc\": \"spec.selector\"} if not input.spec.selector\n");
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.message()).isEqualTo("name a selector");
          assertThat(f.path().toString()).isEqualTo("spec.selector");
          assertThat(position(f).exact()).isFalse();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"msg\": \"m\", \"_loc\": {\"file\": \"meshes/bank/mesh.yaml\", \"line\": 1}} | points to the file meshes/bank/mesh.yaml",
        "{\"reason\": \"m\"}               | has no message",
        "{\"msg\": \"m\", \"_loc\": 7}     | gives the place 7",
        "{\"msg\": \"m\", \"_loc\": [-1]}  | gives the path [-1]",
        "\"  \"                            | has no message",
      })
  void anAnswerThatCannotBeUsedDenies(String found, String said) {
    denies(
        judge("a.rego", "package a\n\nwarn contains " + found.strip() + "\n"),
        "policies/a.rego:3:1: the rule a.warn could not be judged by: it ",
        said,
        "[P005]");
  }

  @Test
  void anotherObjectThanTheOneThatWasAskedAboutIsRefused() {
    String rule =
        """
        # METADATA
        # custom:
        #   id: ORG-1
        #   kinds: [PeerAuthentication]
        #   message: m
        package a

        findings contains {"resource": %s, "path": [], "params": {}, "related": [%s]}
        """;
    denies(
        judge("a.rego", rule.formatted("\"PeerAuthentication.security.istio.io/bank/x\"", "")),
        "about which it wasn't asked",
        "[P005]");
    denies(
        judge(
            "a.rego",
            rule.formatted(
                "input.resources[\"PeerAuthentication.security.istio.io\"][0].key", "\"bank/x\"")),
        "which the mesh doesn't declare",
        "[P005]");
  }
}
