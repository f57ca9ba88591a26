package io.meshkeel.reconcile;

import static io.meshkeel.testbed.Patience.await;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.git.GitMirror;
import io.meshkeel.git.OriginRepository;
import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.Credentials;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Judge;
import io.meshkeel.report.EngineMetrics;
import io.meshkeel.report.FakeForge;
import io.meshkeel.report.Reporter;
import io.meshkeel.report.RunStore;
import io.meshkeel.report.StatusReconciler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole engine between a repository on disk, a forge in memory, and clusters that the test
 * gives. Stopped and started again at will, on the same data directory.
 */
final class EngineRig implements AutoCloseable {

  final OriginRepository origin;
  final FakeForge forge = new FakeForge();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Path data;
  private final Map<String, Connection> clusters = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private volatile Credentials credentials = Credentials.NONE;
  private volatile Duration ahead = Duration.ZERO;
  private boolean observing = true;
  private Duration firstLists = Duration.ofSeconds(1);
  private Judge judge = new WordJudge();
  private @Nullable GitMirror mirror;
  private @Nullable RunStore store;
  private @Nullable Reporter reporter;
  private @Nullable Reconciler reconciler;

  EngineRig(Path directory) throws IOException {
    this.origin = new OriginRepository(directory.resolve("origin.git"));
    this.data = directory.resolve("data");
  }

  EngineRig judgedBy(Judge other) {
    this.judge = other;
    return this;
  }

  /** Without a look at Services, workloads and pods: what is declared may lead nowhere. */
  EngineRig applyingOnly() {
    this.observing = false;
    return this;
  }

  /** With so much time until a cluster must be seen. */
  EngineRig seeingWithin(Duration time) {
    this.firstLists = time;
    return this;
  }

  /** Opens a connection. */
  interface Connection {
    Cluster open() throws ClusterException;
  }

  /** A credential of this name leads to this cluster. */
  EngineRig cluster(String credential, Cluster cluster) {
    return connecting(credential, () -> cluster);
  }

  /** A credential of this name opens such a connection, anew at each start. */
  EngineRig connecting(String credential, Connection connection) {
    clusters.put(credential, connection);
    return this;
  }

  /** What remote secrets are made from. */
  EngineRig credentials(Credentials known) {
    credentials = known;
    return this;
  }

  /** From now on the loops take this for the time. */
  void setTime(Instant now) {
    ahead = Duration.between(Instant.now(), now);
  }

  void start() throws Exception {
    EngineMetrics metrics = new EngineMetrics(meters);
    mirror = GitMirror.open(data, origin.remote());
    store = RunStore.open(data, 100);
    reporter =
        Reporter.start(
            store,
            forge,
            URI.create("http://meshkeel.example"),
            metrics,
            Clock.systemUTC(),
            new StatusReconciler.Pauses(
                Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(100), () -> 0));
    EngineParts parts =
        new EngineParts(
            mirror,
            new DeclarationReader(),
            judge,
            forge,
            reporter,
            this::connect,
            credentials,
            metrics);
    ReconcilerOptions options =
        ReconcilerOptions.defaults(16, () -> Instant.now().plus(ahead), () -> 0)
            .withPauses(Duration.ofMillis(20), Duration.ofMillis(200))
            .withSight(firstLists, Duration.ofMillis(50))
            .observing(observing);
    reconciler = Reconciler.start(vertx, parts, options);
  }

  private Cluster connect(MeshCluster declared) throws ClusterException {
    Connection connection = clusters.get(declared.credential());
    if (connection == null) {
      throw new ClusterException(
          FailureReason.CREDENTIAL_INVALID,
          "there is no credential '" + declared.credential() + "'",
          false,
          null);
    }
    return connection.open();
  }

  Reconciler reconciler() {
    return required(reconciler);
  }

  RunStore store() {
    return required(store);
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the rig isn't started");
    }
    return part;
  }

  /** Commits, and tells the engine as a webhook would. */
  Revision push(Map<String, String> files) throws IOException {
    Revision revision = origin.commit(files);
    if (reconciler != null) {
      reconciler.accept(new RepositoryEvent.BranchMoved("main"));
    }
    return revision;
  }

  /** Waits until a commit shows this in a context. */
  void awaitShown(Revision revision, String context, String start) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() ->
            org.assertj.core.api.Assertions.assertThat(forge.shown(revision, context))
                .startsWith(start));
  }

  /** Stops as on a termination signal. */
  void stop() throws Exception {
    if (reconciler != null) {
      reconciler.close();
      reconciler = null;
    }
    if (reporter != null) {
      reporter.close();
      reporter = null;
    }
    if (store != null) {
      store.close();
      store = null;
    }
    if (mirror != null) {
      mirror.close();
      mirror = null;
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    origin.close();
  }

  // What the tests declare.

  static final String CONTEXT_POLICY = "meshkeel/policy";

  static Map<String, String> mesh(String name, String driftMode, String... clusterNames) {
    Map<String, String> files = new HashMap<>();
    files.put(
        "meshes/" + name + "/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: %s}
        spec:
          istioVersion: "1.31"
          topology: MultiPrimary
          drift: {mode: %s}
          prune: {enabled: true, maxObjects: 50, maxPercent: 100}
        """
            .formatted(name, driftMode));
    for (String cluster : clusterNames) {
      files.put(
          "meshes/" + name + "/clusters/" + cluster + ".yaml",
          """
          apiVersion: meshkeel.io/v1alpha1
          kind: MeshCluster
          metadata: {name: %s}
          spec: {role: ControlPlane, network: net, credential: %s}
          """
              .formatted(cluster, cluster));
    }
    return files;
  }

  /**
   * With a host that no other namespace has: a cluster may be shared, and others leave things
   * there.
   */
  static Map<String, String> service(String mesh, String namespace, String name, String timeout) {
    return Map.of(
        "meshes/" + mesh + "/traffic/" + name + ".yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %1$s, namespace: %2$s}
        spec:
          hosts: [%1$s.%2$s.example.com]
          http:
          - timeout: %3$s
            route:
            - destination: {host: %1$s.%2$s.svc.cluster.local}
        """
            .formatted(name, namespace, timeout));
  }

  @SafeVarargs
  static Map<String, String> files(Map<String, String>... parts) {
    Map<String, String> all = new HashMap<>();
    for (Map<String, String> part : parts) {
      all.putAll(part);
    }
    return all;
  }

  /** Denies a mesh that declares a VirtualService with time-out 666s; can be out of order. */
  static final class WordJudge extends FindingJudge {
    volatile boolean broken;

    @Override
    public Verdict judge(
        MeshDeclarations mesh, Snapshot snapshot, Before before, Evidence evidence) {
      if (broken) {
        return new Verdict(
            mesh.mesh().name(),
            snapshot.revision(),
            Verdict.Outcome.ERROR,
            List.of(),
            policyRevision(),
            Optional.of("OPA does not answer"));
      }
      return super.judge(mesh, snapshot, before, evidence);
    }

    @Override
    List<Finding> find(MeshDeclarations mesh, Snapshot snapshot, Evidence evidence) {
      List<Finding> findings =
          new java.util.ArrayList<>(
              mesh.objects().stream()
                  .filter(o -> o.manifest().content().toString().contains("666s"))
                  .map(o ->
                      new Finding(
                          "T001",
                          Severity.ERROR,
                          "The time-out is evil",
                          mesh.mesh().name(),
                          o.manifest().key(),
                          JsonPath.of("spec", "http", 0, "timeout"),
                          o.position(),
                          "Choose another"))
                  .toList());
      findings.addAll(mesh.problems());
      findings.sort(Finding.ORDER);
      return findings;
    }
  }
}
