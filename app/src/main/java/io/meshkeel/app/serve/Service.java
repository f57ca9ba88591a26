package io.meshkeel.app.serve;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.config.SecretFile;
import io.meshkeel.app.config.ServiceConfig;
import io.meshkeel.app.http.ForgeLinks;
import io.meshkeel.app.http.HttpService;
import io.meshkeel.app.http.ModuleApi;
import io.meshkeel.app.http.OverviewPage;
import io.meshkeel.app.http.RunPage;
import io.meshkeel.app.http.Runs;
import io.meshkeel.app.http.TrafficLookup;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.forge.GiteaApi;
import io.meshkeel.forge.GiteaForge;
import io.meshkeel.forge.GiteaWebhooks;
import io.meshkeel.git.BranchName;
import io.meshkeel.git.GitCredential;
import io.meshkeel.git.GitException;
import io.meshkeel.git.GitMirror;
import io.meshkeel.git.GitRemote;
import io.meshkeel.live.IstiodSource;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.reconcile.EngineParts;
import io.meshkeel.reconcile.Reconciler;
import io.meshkeel.reconcile.ReconcilerOptions;
import io.meshkeel.report.EngineMetrics;
import io.meshkeel.report.Reporter;
import io.meshkeel.report.RunStore;
import io.meshkeel.report.StatusReconciler.Pauses;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of a running service, started in the order of need and closed in the reverse. */
final class Service implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Service.class);

  /** Longest wait for Vert.x to end, in seconds. */
  private static final long VERTX_STOP_SECONDS = 10;

  private final Deque<Part> parts = new ArrayDeque<>();
  private final ServiceConfig config;
  private int port;

  private Service(ServiceConfig config) {
    this.config = config;
  }

  /** A started part. */
  private record Part(String name, AutoCloseable closing) {}

  /**
   * Starts everything; returns when the service listens, before the repository was first read.
   *
   * @param opa the OPA program
   * @throws CommandException if a part can't start; what had started is closed
   */
  static Service start(ServiceConfig config, Path opa) throws CommandException {
    Service service = new Service(config);
    boolean started = false;
    try {
      service.wire(opa);
      started = true;
      return service;
    } catch (PolicyException | GitException e) {
      throw CommandException.unable(String.valueOf(e.getMessage()), e);
    } catch (IOException | UncheckedIOException e) {
      throw CommandException.unable(
          "the service can't start: " + (e.getMessage() == null ? e : e.getMessage()), e);
    } finally {
      if (!started) {
        service.close();
      }
    }
  }

  private void wire(Path opa) throws IOException, PolicyException, GitException {
    Files.createDirectories(config.dataDir());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    keep("metrics", registry::close);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    keep("garbage collector metrics", gcMetrics(registry));
    EngineMetrics metrics = new EngineMetrics(registry);
    GitMirror mirror = keep("mirror", GitMirror.open(config.dataDir(), remote()));
    Judge judge =
        keep("judge", Judge.start(JudgeOptions.of(opa).withTimeout(config.limits().opaTimeout())));
    RunStore runs = keep("run store", RunStore.open(config.dataDir(), RunStore.DEFAULT_RUNS));
    GiteaForge forge = keep("forge", forge());
    DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
    Clock clock = Clock.systemUTC();
    Reporter reporter =
        keep(
            "reporter",
            Reporter.start(
                runs, forge, config.http().publicUrl(), metrics, clock, Pauses.defaults(jitter)));
    Vertx vertx = vertx();
    CredentialFiles credentials = new CredentialFiles(config.credentials());
    Reconciler reconciler =
        keep(
            "reconciler",
            Reconciler.start(
                vertx,
                new EngineParts(
                    mirror,
                    new DeclarationReader(),
                    judge,
                    forge,
                    reporter,
                    credentials,
                    credentials,
                    metrics),
                ReconcilerOptions.defaults(config.limits().writesInFlight(), clock, jitter)
                    .withPoll(config.repository().pollInterval())
                    .withResync(config.limits().clusterResync())
                    .withRollouts(config.limits().rollouts(), config.limits().rolloutTimeout())
                    .observing(config.observe().workloads())));
    QuestionCredentials asking = new QuestionCredentials(config.credentials());
    MeshTraffic traffic =
        keep("traffic", new MeshTraffic(new PrometheusSource(), asking::of, clock));
    MeshProxies proxies = keep("proxies", new MeshProxies(new IstiodSource(), asking::of, clock));
    TrafficLookup lookup =
        (module, filter, scenes) ->
            (module.asksIstiods() ? proxies : traffic).observed(module, filter, scenes);
    HttpService http = keep("HTTP server", http(vertx, reconciler, runs, registry, lookup));
    port = http.port();
  }

  private static JvmGcMetrics gcMetrics(PrometheusMeterRegistry registry) {
    JvmGcMetrics metrics = new JvmGcMetrics();
    metrics.bindTo(registry);
    return metrics;
  }

  private GitRemote remote() {
    ServiceConfig.Repository repository = config.repository();
    GitCredential credential =
        repository
            .tokenFile()
            .<GitCredential>map(file -> new GitCredential.Token(repository.user(), secret(file)))
            .or(() ->
                repository
                    .sshKeyFile()
                    .flatMap(key ->
                        repository
                            .knownHostsFile()
                            .map(hosts -> new GitCredential.SshKey(key, hosts))))
            .orElse(new GitCredential.None());
    return new GitRemote(
        repository.url(), new BranchName(repository.branch()), credential, repository.timeout());
  }

  /** Read now, so that a missing file stops the start, and at each use, so that it can change. */
  private static Supplier<String> secret(Path file) {
    SecretFile.read(file);
    return () -> SecretFile.read(file);
  }

  private GiteaForge forge() {
    return new GiteaForge(
        new GiteaApi(config.forge().url(), secret(config.forge().tokenFile())),
        config.forge().repository());
  }

  private Vertx vertx() {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(4)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    keep(
        "Vert.x",
        () ->
            vertx
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .get(VERTX_STOP_SECONDS, TimeUnit.SECONDS));
    return vertx;
  }

  private HttpService http(
      Vertx vertx,
      Reconciler reconciler,
      RunStore runs,
      PrometheusMeterRegistry registry,
      TrafficLookup lookup)
      throws IOException {
    ServiceConfig.Forge forge = config.forge();
    ForgeLinks links = new ForgeLinks(forge.url(), forge.repository());
    GiteaWebhooks.Options webhooks =
        new GiteaWebhooks.Options(
            forge.repository(),
            secret(forge.webhookSecretFile()),
            config.limits().webhookBytes(),
            config.limits().webhookTimeout(),
            GiteaWebhooks.DEFAULT_REMEMBERED_DELIVERIES);
    return HttpService.start(
        vertx,
        config.http().host(),
        config.http().port(),
        new HttpService.Parts(
            () -> unready(reconciler),
            Runs.of(runs),
            new OverviewPage(forge.repository() + ", " + config.repository().branch(), links),
            new RunPage(links),
            registry::scrape,
            new ModuleApi(reconciler::changes, reconciler::scenes, lookup),
            new GiteaWebhooks(vertx, webhooks, reconciler)));
  }

  /** A repository that can't be reached later on doesn't make a service unready that has begun. */
  private static List<String> unready(Reconciler reconciler) {
    List<String> reasons = new ArrayList<>();
    if (!reconciler.ready()) {
      String problem = reconciler.problem();
      reasons.add(
          "the repository was not read and judged yet" + (problem.isEmpty() ? "" : ": " + problem));
    }
    return reasons;
  }

  private <T extends AutoCloseable> T keep(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** The port that the service listens on. */
  int port() {
    return port;
  }

  /** Stops gracefully: nothing new is taken, writes in flight are finished. Idempotent. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closing().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn("The {} did not end well", part.name(), e);
      }
    }
  }
}
