package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.live.Observation;
import io.meshkeel.live.Observer;
import io.meshkeel.model.ClusterName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads what clusters hold, several at a time. */
final class ClusterReading {
  /** Clusters that are read at the same time. */
  private static final int PARALLEL = 4;

  private ClusterReading() {}

  /** Says what could not be looked at. */
  static void tellUnseen(List<Observation> observations, PrintWriter err) {
    for (Observation observation : observations) {
      observation
          .unseen()
          .forEach((kind, why) ->
              err.println(
                  "meshkeel: cluster "
                      + observation.inventory().cluster()
                      + ": "
                      + kind
                      + " is left out: "
                      + why));
      observation
          .remarks()
          .forEach(remark ->
              err.println(
                  "meshkeel: cluster " + observation.inventory().cluster() + ": " + remark));
    }
    err.flush();
  }

  /**
   * Looks at everything in them.
   *
   * @param clusters kubeconfig files by the cluster's name
   * @throws CommandException if one of them can't be read
   */
  static List<Observation> observe(Map<ClusterName, Path> clusters) throws CommandException {
    List<Observation> observations = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      Map<ClusterName, Future<Observation>> running = new LinkedHashMap<>();
      clusters.forEach(
          (name, file) -> running.put(name, threads.submit(() -> observe(name, file))));
      for (Map.Entry<ClusterName, Future<Observation>> one : running.entrySet()) {
        try {
          observations.add(one.getValue().get());
        } catch (ExecutionException e) {
          running.values().forEach(other -> other.cancel(true));
          throw failure(one.getKey(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
          running.values().forEach(other -> other.cancel(true));
          Thread.currentThread().interrupt();
          throw CommandException.unable("interrupted; nothing is written", e);
        }
      }
    }
    return observations;
  }

  private static Observation observe(ClusterName name, Path file)
      throws IOException, ClusterException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(Kubeconfig.MAX_BYTES + 1);
    }
    try (KubeCluster cluster = KubeCluster.connect(Kubeconfig.parse(content))) {
      return Observer.observe(name, cluster);
    }
  }

  private static CommandException failure(ClusterName name, Throwable cause) {
    String why =
        switch (cause) {
          case ClusterException known -> known.getMessage() + " [" + known.reason().word() + "]";
          case IOException io -> "its kubeconfig can't be read: " + io;
          default -> cause.toString();
        };
    return CommandException.unable("cluster " + name + ": " + why + "; nothing is written", cause);
  }
}
