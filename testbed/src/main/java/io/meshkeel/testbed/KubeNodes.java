package io.meshkeel.testbed;

import io.fabric8.kubernetes.api.model.Node;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What makes an API server a cluster that runs workloads: the controller manager, the scheduler,
 * and one node that kwok plays. A Deployment rolls out, its pods become Running and Ready within a
 * moment, a deleted namespace goes; no container ever runs.
 */
public final class KubeNodes implements AutoCloseable {
  /** How long each of the servers may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(180);

  /** The executables that are needed. */
  public static final List<ServerBinary> BINARIES =
      List.of(ServerBinary.KUBE_CONTROLLER_MANAGER, ServerBinary.KUBE_SCHEDULER, ServerBinary.KWOK);

  /** The one node. */
  public static final String NODE = "node-1";

  private final Deque<ServerProcess> running = new ArrayDeque<>();

  private KubeNodes() {}

  /**
   * Starts them and waits until the node is ready.
   *
   * @param folder for logs and certificates
   */
  public static KubeNodes start(Binaries binaries, KubeApiServer cluster, Path folder) {
    KubeNodes nodes = new KubeNodes();
    try {
      nodes.startControllerManager(
          binaries.get(ServerBinary.KUBE_CONTROLLER_MANAGER), cluster, folder);
      nodes.startSecured(
          "kube-scheduler", binaries.get(ServerBinary.KUBE_SCHEDULER), cluster, folder, List.of());
      nodes.startKwok(binaries.get(ServerBinary.KWOK), KwokStages.file(binaries), cluster, folder);
      return nodes;
    } catch (RuntimeException | Error e) {
      nodes.close();
      throw e;
    }
  }

  /** Their process numbers. */
  public List<Long> pids() {
    return running.stream().map(ServerProcess::pid).toList();
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      // They hold no state: all of it is in the API server.
      running.pop().kill();
    }
  }

  private void startControllerManager(Path binary, KubeApiServer cluster, Path folder) {
    startSecured(
        "kube-controller-manager",
        binary,
        cluster,
        folder,
        List.of(
            "--service-account-private-key-file=" + cluster.files().serviceAccountKey(),
            "--root-ca-file=" + cluster.files().certificate(),
            "--kube-api-qps=200",
            "--kube-api-burst=400"));
  }

  /** A component of Kubernetes that serves its health by TLS. */
  private void startSecured(
      String name, Path binary, KubeApiServer cluster, Path folder, List<String> more) {
    Path certificates = folder.resolve(name + "-certificates");
    running.push(
        ServerProcess.onFreePorts(
            1,
            ports -> {
              List<String> command =
                  new ArrayList<>(
                      List.of(
                          binary.toString(),
                          "--kubeconfig=" + cluster.adminKubeconfigFile(),
                          "--bind-address=127.0.0.1",
                          "--secure-port=" + ports[0],
                          "--cert-dir=" + certificates,
                          // There is one of each; nobody to agree with.
                          "--leader-elect=false"));
              command.addAll(more);
              URI healthz = URI.create("https://127.0.0.1:" + ports[0] + "/healthz");
              return ServerProcess.start(name, command, Map.of(), folder)
                  .awaitReady(
                      READY_TIMEOUT,
                      new TlsProbe(certificates.resolve(name + ".crt"), healthz, Map.of()));
            }));
  }

  private void startKwok(Path binary, Path stages, KubeApiServer cluster, Path folder) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Node
        metadata:
          name: %1$s
          labels: {kubernetes.io/hostname: %1$s, kubernetes.io/os: linux, kubernetes.io/arch: amd64}
        """
            .formatted(NODE));
    Http http = new Http();
    running.push(
        ServerProcess.onFreePorts(
            1,
            ports -> {
              List<String> command =
                  List.of(
                      binary.toString(),
                      "--kubeconfig=" + cluster.adminKubeconfigFile(),
                      "--config=" + stages,
                      "--manage-all-nodes=true",
                      "--node-ip=127.0.0.1",
                      "--server-address=127.0.0.1:" + ports[0]);
              URI readyz = URI.create("http://127.0.0.1:" + ports[0] + "/readyz");
              // It would add what it finds in the settings of the user.
              Map<String, String> environment = Map.of("HOME", folder.toString());
              return ServerProcess.start("kwok", command, environment, folder)
                  .awaitReady(
                      READY_TIMEOUT, () -> http.get(readyz).status() == 200 && nodeReady(cluster));
            }));
  }

  private static boolean nodeReady(KubeApiServer cluster) {
    Node node = cluster.admin().nodes().withName(NODE).get();
    return node != null
        && node.getStatus().getConditions().stream()
            .anyMatch(one -> one.getType().equals("Ready") && one.getStatus().equals("True"));
  }
}
