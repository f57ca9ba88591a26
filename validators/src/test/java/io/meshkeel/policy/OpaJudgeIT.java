package io.meshkeel.policy;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.SharedServers;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the OPA process that belongs to a judge. */
final class OpaJudgeIT {
  private static final String DENY_ALL =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: all, namespace: shop}
      spec: {}
      """;

  private static JudgeOptions options() {
    return JudgeOptions.of(SharedServers.opaBinary());
  }

  private static Verdict judge(Judge judge, TestingRepository repository) {
    Snapshot snapshot = repository.snapshot();
    return judge.judge(repository.mesh(snapshot), snapshot);
  }

  private static OpaProcess process(HttpClient http) throws PolicyException {
    return OpaProcess.start(
        SharedServers.opaBinary(), PolicyLibrary.shipped(), Patience.LIMIT, http);
  }

  @Test
  void warningsDenyOnlyWhenStrict() throws Exception {
    TestingRepository repository = new TestingRepository().put("security/a.yaml", DENY_ALL);
    try (Judge judge = Judge.start(options());
        Judge strict = Judge.start(options().withStrict(true))) {
      assertThat(judge(judge, repository).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(judge(strict, repository).outcome()).isEqualTo(Outcome.DENIED);
      assertThat(judge.policyRevision()).isEqualTo(strict.policyRevision());
    }
  }

  @Test
  void aBrokenDeclarationDeniesAndTheRestIsJudged() throws Exception {
    TestingRepository repository =
        new TestingRepository()
            .put("security/a.yaml", DENY_ALL)
            .put("security/b.yaml", "a: [unclosed");
    try (Judge judge = Judge.start(options())) {
      Verdict verdict = judge(judge, repository);
      assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
      assertThat(verdict.findings())
          .anyMatch(f -> f.ruleId().startsWith("D"))
          .anyMatch(f -> f.ruleId().equals("M421"));
    }
  }

  @Test
  void aJudgeWhoseOpaIsKilledJudgesOn() throws Exception {
    TestingRepository repository = new TestingRepository().put("security/a.yaml", DENY_ALL);
    HttpClient http = HttpClient.newHttpClient();
    OpaProcess[] last = new OpaProcess[1];
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      OpaSession.Source source =
          new OpaSession.Source() {
            @Override
            public String revision() {
              return last[0].revision();
            }

            @Override
            public OpaSession open() throws PolicyException {
              last[0] = process(http);
              OpaDecisions decisions =
                  new OpaDecisions(
                      last[0].address(), last[0].token(), Patience.LIMIT, http, threads);
              try {
                RuleBook book = RuleBook.ask(decisions, last[0].revision());
                return OpaSession.of(decisions, book, last[0]::isAlive, last[0]::close);
              } catch (UnansweredException e) {
                throw new PolicyException("not served", e);
              }
            }
          };
      try (OpaJudge judge =
          new OpaJudge(
              new OpaGateway(source, threads, 250, 2),
              HttpClient.newHttpClient(),
              threads,
              false)) {
        assertThat(judge(judge, repository).outcome()).isEqualTo(Outcome.ACCEPTED);
        long first = last[0].pid();
        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        repository.put("security/b.yaml", DENY_ALL.replace("name: all", "name: other"));
        Verdict after = judge(judge, repository);
        assertThat(after.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(after.findings()).hasSize(2);
        assertThat(last[0].pid()).isNotEqualTo(first);
      }
      assertThat(last[0].isAlive()).isFalse();
    }
  }

  @Test
  void anOpaThatIsTooSlowIsAnErrorAndNeverAPass() throws Exception {
    TestingRepository repository = new TestingRepository().put("security/a.yaml", DENY_ALL);
    try (TestingOpa opa = TestingOpa.start(options().withTimeout(Duration.ofSeconds(10)))) {
      OpaJudge judge = opa.newJudge();
      assertThat(judge(judge, repository).outcome()).isEqualTo(Outcome.ACCEPTED);
      // Stopped, not killed: the connection is taken and nothing ever comes.
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().command().orElse("").contains("opa"))
          .forEach(child -> stop(child.pid()));
      repository.put("security/b.yaml", DENY_ALL.replace("name: all", "name: other"));
      Verdict silent = judge(judge, repository);
      assertThat(silent.outcome()).isEqualTo(Outcome.ERROR);
      assertThat(silent.failure().orElse("")).contains("did not answer within 10000 ms");
      assertThat(judge(judge, repository).outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  /** Returns once it stands still: until one of its threads takes the signal, others may answer. */
  private static void stop(long pid) {
    run("kill", "-STOP", Long.toString(pid));
    await("process " + pid + " stands still")
        .until(() -> run("ps", "-o", "state=", "-p", Long.toString(pid)).startsWith("T"));
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Test
  void onlyTheTokenOpensTheDoor() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try (OpaProcess opa = process(http)) {
      URI answer = opa.address().resolve("/v1/data/meshkeel/main/answer");
      assertThat(status(http, answer, "")).isEqualTo(401);
      assertThat(status(http, answer, "Bearer wrong")).isEqualTo(401);
      assertThat(status(http, answer, "Bearer " + opa.token())).isEqualTo(200);
      assertThat(status(http, opa.address().resolve("/v1/policies"), "Bearer " + opa.token()))
          .isEqualTo(401);
      assertThat(commandLine(opa.pid())).doesNotContain(opa.token());
    }
  }

  private static int status(HttpClient http, URI at, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at).POST(HttpRequest.BodyPublishers.ofString("{}"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String commandLine(long pid) {
    return ProcessHandle.of(pid).flatMap(p -> p.info().commandLine()).orElse("");
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    OpaProcess opa = process(HttpClient.newHttpClient());
    assertThat(opa.isAlive()).isTrue();
    opa.close();
    opa.close();
    assertThat(opa.isAlive()).isFalse();
  }

  /** {@link OpaProcess} as a program that is killed before it can stop anything. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] words) throws Exception {
      OpaProcess opa = process(HttpClient.newHttpClient());
      System.out.println(opa.pid());
      System.out.flush();
      Runtime.getRuntime().halt(137);
    }
  }

  /** Starts an OPA whose program is killed; its process id. */
  private static long orphan(Map<String, String> environment) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                Killed.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    program.environment().putAll(environment);
    Process killed = program.start();
    try (BufferedReader said = killed.inputReader()) {
      long orphan = Long.parseLong(said.readLine());
      assertThat(killed.waitFor()).isEqualTo(137);
      return orphan;
    }
  }

  @Test
  void theOpaOfAKilledProcessEndsWithIt() throws Exception {
    try (OpaProcess neighbour = process(HttpClient.newHttpClient())) {
      long orphan = orphan(Map.of());
      await().until(() -> !ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false));
      assertThat(neighbour.isAlive()).isTrue();
    }
  }

  @Test
  void whereThereIsNoShellItEndsWithTheNextStartAndOthersLive(@TempDir Path empty)
      throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try (OpaProcess neighbour = process(http)) {
      long orphan = orphan(Map.of("PATH", empty.toString()));
      assertThat(commandLine(orphan)).contains("meshkeel-opa-");
      assertThat(ProcessHandle.of(orphan)).hasValueSatisfying(ProcessHandle::isAlive);
      try (OpaProcess next = process(http)) {
        await().until(() -> !ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false));
        assertThat(next.isAlive()).isTrue();
        assertThat(neighbour.isAlive()).isTrue();
      }
    }
  }

  @Test
  void aProgramThatIsNoOpaIsToldApart(@TempDir Path folder) throws Exception {
    Path program = folder.resolve("opa");
    Files.writeString(program, "#!/bin/sh\necho 'I am no OPA'\nexit 7\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Judge.start(JudgeOptions.of(program)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("I am no OPA");
  }

  @Test
  void brokenRegoStopsTheStartWithOpasOwnWords() {
    PolicyLibrary broken =
        PolicyLibrary.of(new TreeMap<>(Map.of("main.rego", "package main\nallow if {")));
    assertThatThrownBy(() ->
            OpaProcess.start(
                SharedServers.opaBinary(), broken, Patience.LIMIT, HttpClient.newHttpClient()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("rego_parse_error");
  }

  @Test
  void aLibraryWithoutRulesIsNotServed() {
    PolicyLibrary empty =
        PolicyLibrary.of(new TreeMap<>(Map.of("a.rego", "package meshkeel.other")));
    HttpClient http = HttpClient.newHttpClient();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatThrownBy(() -> OpaSession.processes(options(), empty, http, threads).open())
          .isInstanceOf(PolicyException.class)
          .hasMessageContaining("has no decision for meshkeel/main/catalog");
    }
  }
}
