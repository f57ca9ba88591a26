package io.meshkeel.rig;

import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.Crds;
import io.meshkeel.testbed.Etcd;
import io.meshkeel.testbed.FreePorts;
import io.meshkeel.testbed.Gitea;
import io.meshkeel.testbed.GiteaProcess;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one whole Meshkeel, each started when it is first asked for, all data and logs in
 * one folder; closing it ends them in reverse order. The service connects to the clusters with
 * exactly the rights of {@code deploy/rbac}. Not thread-safe.
 */
public final class Rig implements AutoCloseable {
  /** The namespace that holds Meshkeel's records and account in a cluster. */
  public static final String SYSTEM_NAMESPACE = "meshkeel-system";

  /** The service account of the manifests in {@code deploy/rbac}. */
  public static final String ACCOUNT = "meshkeel";

  private final Path folder;
  private final Binaries binaries;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final SequencedMap<String, KubeApiServer> clusters = new LinkedHashMap<>();
  private final Set<String> more = new TreeSet<>();
  private @Nullable Etcd etcd;
  private @Nullable Gitea gitea;

  /**
   * @param folder receives all data and logs; created where it is missing
   */
  public Rig(Path folder, Binaries binaries) {
    this.folder = create(folder);
    this.binaries = binaries;
  }

  public Path folder() {
    return folder;
  }

  public Binaries binaries() {
    return binaries;
  }

  /** OPA's executable. */
  public Path opa() {
    return binaries.get(ServerBinary.OPA);
  }

  private Etcd etcd() {
    if (etcd == null) {
      etcd = keep(Etcd.start(binaries.get(ServerBinary.ETCD), create(folder.resolve("etcd"))));
    }
    return etcd;
  }

  /**
   * Starts an API server with Istio's and the Gateway API's definitions and gives the service its
   * rights there.
   *
   * @param name as its MeshCluster names the credential
   */
  public KubeApiServer startCluster(String name, ClusterRole role) {
    KubeApiServer server = startServer(name, role, etcd());
    clusters.put(name, server);
    return server;
  }

  /**
   * Starts several at once: while one waits, another works.
   *
   * @param roles by name, in the order in which they are told later
   */
  public void startClusters(SequencedMap<String, ClusterRole> roles) {
    Etcd shared = etcd();
    binaries.get(ServerBinary.KUBE_APISERVER);
    Map<String, Future<KubeApiServer>> starting = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      roles.forEach((name, role) ->
          starting.put(name, threads.submit(() -> startServer(name, role, shared))));
      for (Map.Entry<String, Future<KubeApiServer>> each : starting.entrySet()) {
        clusters.put(each.getKey(), each.getValue().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a cluster can't be started: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting clusters", e);
    }
  }

  private KubeApiServer startServer(String name, ClusterRole role, Etcd shared) {
    KubeApiServer server =
        keep(
            KubeApiServer.start(
                binaries.get(ServerBinary.KUBE_APISERVER),
                shared,
                name,
                create(folder.resolve(name)),
                List.of()));
    new Crds(binaries).install(server);
    server.ensureNamespace(SYSTEM_NAMESPACE);
    server.ensureNamespace("istio-system");
    server.apply(read(Checkout.rbac(role)));
    server.apply(read(Checkout.rbacOfModules()));
    writeSecret(credential(name), server.serviceAccountKubeconfig(SYSTEM_NAMESPACE, ACCOUNT));
    return server;
  }

  /**
   * Gives the service one more credential, for a remote secret; before it starts, and again to
   * rotate it.
   */
  public void giveCredential(String name, String kubeconfig) {
    writeSecret(credential(name), kubeconfig);
    more.add(name);
  }

  /** Lets the service write the remote secret of another cluster, and no other Secret. */
  public static void allowRemoteSecret(KubeApiServer controlPlane, String cluster) {
    controlPlane.apply(read(Checkout.remoteSecretRights()).replace("CLUSTER", cluster));
  }

  /** The clusters that were started, by name, in that order. */
  public SequencedMap<String, KubeApiServer> clusters() {
    return Collections.unmodifiableSequencedMap(clusters);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if none of this name was started
   */
  public KubeApiServer cluster(String name) {
    KubeApiServer server = clusters.get(name);
    if (server == null) {
      throw new IllegalArgumentException("no cluster " + name + " was started");
    }
    return server;
  }

  /** Starts istiod on a cluster. */
  public Istiod startIstiod(KubeApiServer cluster) {
    return keep(
        Istiod.start(binaries.get(ServerBinary.ISTIOD), cluster, create(folder.resolve("istiod"))));
  }

  /** The kubeconfig by which the service reaches a cluster. */
  public Path credential(String cluster) {
    return create(folder.resolve("credentials")).resolve(cluster + ".kubeconfig");
  }

  /** The forge. */
  public Gitea gitea() {
    if (gitea == null) {
      gitea = keep(GiteaProcess.start(binaries, create(folder.resolve("gitea"))));
    }
    return gitea;
  }

  /** A new repository at the forge and a working copy of it, empty, on branch {@code main}. */
  public Repository newRepository(String name) {
    String fullName = gitea().api().createRepository(name);
    URI url = URI.create(gitea().url() + "/" + fullName + ".git");
    return new Repository(
        fullName,
        url,
        keep(
            WorkingCopy.init(
                create(folder.resolve("work-" + name)), url, Gitea.USER, gitea().token())));
  }

  /**
   * A repository of the forge.
   *
   * @param name owner/name
   * @param url its address for Git
   * @param files a working copy
   */
  public record Repository(String name, URI url, WorkingCopy files) {}

  /**
   * Starts the service for a repository and tells the forge to call it.
   *
   * @param launcher the command that stands for {@code meshkeel}
   */
  public ServiceProcess startService(Repository repository, List<String> launcher) {
    URI url = URI.create("http://127.0.0.1:" + FreePorts.one());
    Path config = writeConfig(repository, url);
    gitea()
        .api()
        .createWebhook(
            repository.name(),
            url.resolve("/webhooks/gitea"),
            read(folder.resolve("credentials/webhook-secret")));
    return restartService(launcher, config, url);
  }

  /** Starts it again with the configuration it had. */
  public ServiceProcess restartService(List<String> launcher, Path config, URI url) {
    return keep(ServiceProcess.start(launcher, config, url, folder.resolve("meshkeel.log")));
  }

  /** The service's configuration file. */
  public Path config() {
    return folder.resolve("meshkeel.yaml");
  }

  private Path writeConfig(Repository repository, URI url) {
    Path tokenFile = create(folder.resolve("credentials")).resolve("forge-token");
    Path secretFile = folder.resolve("credentials/webhook-secret");
    writeSecret(tokenFile, gitea().token());
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    writeSecret(secretFile, HexFormat.of().formatHex(secret));
    String credentials =
        Stream.concat(clusters.keySet().stream(), more.stream())
            .map(name -> "  %s: %s\n".formatted(name, credential(name)))
            .collect(Collectors.joining());
    String text =
        """
        repository:
          url: %s
          branch: main
          tokenFile: %s
        forge:
          kind: gitea
          url: %s
          repository: %s
          tokenFile: %s
          webhookSecretFile: %s
        http:
          host: "127.0.0.1"
          port: %d
          publicUrl: %s
        dataDir: %s
        opa: %s
        credentials:
        %s\
        """
            .formatted(
                repository.url(),
                tokenFile,
                gitea().url(),
                repository.name(),
                tokenFile,
                secretFile,
                url.getPort(),
                url,
                create(folder.resolve("data")),
                opa(),
                credentials);
    try {
      return Files.writeString(config(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends with the rig, before everything that was started earlier. */
  public <T extends AutoCloseable> T keep(T server) {
    synchronized (running) {
      running.push(server);
    }
    return server;
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        RuntimeException next = new IllegalStateException("can't end a server", e);
        if (failure == null) {
          failure = next;
        } else {
          failure.addSuppressed(next);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSecret(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
