package io.meshkeel.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Servers that one test run (one JVM) shares. Data isn't shared: a test takes a new namespace, a
 * new repository, or an API server of its own from {@link #newKubeApiServer()}.
 *
 * <p>Started on first use, ended with the JVM. Logs and data are in {@code target/testbed} of the
 * module, or in a temporary folder where there is no {@code target}. Thread-safe.
 */
public final class SharedServers {
  private static final Binaries BINARIES = Binaries.fromEnvironment(Progress.toStandardError());
  private static final Map<String, AutoCloseable> SERVERS = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private SharedServers() {}

  /** The search for binaries. */
  public static Binaries binaries() {
    return BINARIES;
  }

  /** The executable of OPA; whoever tests OPA starts it himself. */
  public static Path opaBinary() {
    return BINARIES.get(ServerBinary.OPA);
  }

  /** The one etcd. */
  public static Etcd etcd() {
    return shared(
        "etcd", Etcd.class, () -> Etcd.start(BINARIES.get(ServerBinary.ETCD), folder("etcd")));
  }

  /** The API server that tests share, with Istio's and the Gateway API's definitions. */
  public static KubeApiServer kubeApiServer() {
    return shared("kube-apiserver", KubeApiServer.class, () -> newKubeApiServer("shared"));
  }

  /**
   * An API server of the caller's own, with the definitions installed, on the shared etcd. The
   * caller closes it.
   */
  public static KubeApiServer newKubeApiServer() {
    return newKubeApiServer(newName("c"));
  }

  /** One without any definitions. */
  public static KubeApiServer newBareKubeApiServer() {
    String name = newName("bare");
    return KubeApiServer.start(
        BINARIES.get(ServerBinary.KUBE_APISERVER), etcd(), name, folder(name), List.of());
  }

  /**
   * Lets workloads run on an API server that the caller has for itself; the caller closes it first.
   */
  public static KubeNodes newKubeNodes(KubeApiServer cluster) {
    return KubeNodes.start(BINARIES, cluster, folder(newName("nodes")));
  }

  /** An istiod on an API server that the caller has for itself; the caller closes it first. */
  public static Istiod newIstiod(KubeApiServer home, IstiodOptions options) {
    return Istiod.start(
        BINARIES.get(ServerBinary.ISTIOD), home, folder(newName("istiod")), options);
  }

  /** An Envoy as gateway in namespace {@code istio-ingress}; the caller closes it first. */
  public static Envoy newGateway(Istiod istiod, KubeApiServer home, Map<String, String> labels) {
    return Envoy.gateway(
        BINARIES.get(ServerBinary.ENVOY),
        istiod,
        home,
        "istio-ingress",
        labels,
        folder(newName("envoy")));
  }

  /**
   * A Prometheus of the caller's own, who closes it.
   *
   * @param every time between two scrapes
   * @param targets {@code host:port}
   */
  public static Prometheus newPrometheus(Duration every, String... targets) {
    return Prometheus.start(
        BINARIES.get(ServerBinary.PROMETHEUS),
        folder(newName("prometheus")),
        every,
        List.of(targets));
  }

  /** The Gitea that tests share: a container where a Docker engine answers, else the binary. */
  public static Gitea gitea() {
    return shared("gitea", Gitea.class, () -> Gitea.start(BINARIES, folder("gitea")));
  }

  /** A new namespace on the shared API server. */
  public static String newNamespace() {
    String name = newName("test");
    kubeApiServer().ensureNamespace(name);
    return name;
  }

  /** A new empty repository of {@link Gitea#USER} at the shared Gitea, {@code owner/name}. */
  public static String newRepository() {
    return gitea().api().createRepository(newName("repo"));
  }

  /** A name that nobody else in this run has: the word and a number. */
  public static String newName(String word) {
    return word.toLowerCase(Locale.ROOT) + "-" + NUMBERS.incrementAndGet();
  }

  /** A new empty folder for the data and logs of one server. */
  public static Path folder(String name) {
    return Root.FOLDER.resolve(name);
  }

  private static KubeApiServer newKubeApiServer(String name) {
    KubeApiServer server =
        KubeApiServer.start(
            BINARIES.get(ServerBinary.KUBE_APISERVER), etcd(), name, folder(name), List.of());
    try {
      new Crds(BINARIES).install(server);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private static <T extends AutoCloseable> T shared(String name, Class<T> type, Supplier<T> start) {
    synchronized (SharedServers.class) {
      AutoCloseable running = SERVERS.get(name);
      if (running == null) {
        if (SERVERS.isEmpty()) {
          Runtime.getRuntime().addShutdownHook(new Thread(SharedServers::closeAll, "servers"));
        }
        running = start.get();
        SERVERS.put(name, running);
      }
      return type.cast(running);
    }
  }

  /** Ends the servers in order; one that doesn't end is left to the watching process. */
  private static void closeAll() {
    for (String name : List.of("gitea", "kube-apiserver", "etcd")) {
      AutoCloseable server = SERVERS.get(name);
      if (server == null) {
        continue;
      }
      try {
        server.close();
      } catch (Exception e) {
        BINARIES.progress().line(name + " did not end in order: " + e.getMessage());
      }
    }
  }

  /** Made when the first server needs it. */
  private static final class Root {
    static final Path FOLDER = create();

    private static Path create() {
      Path target = Path.of("target").toAbsolutePath();
      try {
        Path parent =
            Files.isDirectory(target)
                ? Files.createDirectories(target.resolve("testbed"))
                : Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(parent, "run-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
