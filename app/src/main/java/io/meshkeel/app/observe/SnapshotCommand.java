package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.InventoryWriter;
import io.meshkeel.declaration.ProxyFile;
import io.meshkeel.declaration.TrafficFile;
import io.meshkeel.live.IstiodServer;
import io.meshkeel.live.IstiodSource;
import io.meshkeel.live.Observation;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.Traffic;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshkeel snapshot --out DIR --cluster NAME=KUBECONFIG}. */
@Command(
    name = "snapshot",
    description = {
      "Writes what clusters hold to files: plain objects, Secrets without their content.",
      "Reads only. The files are for get, and for looking at a mesh without its clusters."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "2:wrong use, or the folder holds something else",
      "3:a cluster or its credential could not be used, or the files not be written"
    })
public final class SnapshotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write: a new one, an empty one, or a snapshot to replace.")
  private Path out = Path.of(".");

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "NAME=KUBECONFIG",
      description = "A cluster's name and the kubeconfig file for it; once per cluster.")
  private Map<String, Path> kubeconfigs = new LinkedHashMap<>();

  @Option(
      names = "--prometheus",
      paramLabel = "NAME=URL",
      description =
          "The Prometheus that scrapes a cluster's proxies, for observed traffic; once per cluster.")
  private Map<String, URI> prometheuses = new LinkedHashMap<>();

  @Option(
      names = "--prometheus-credential",
      paramLabel = "NAME=FILE",
      description =
          "A file with the token, or user:password, that the Prometheus of this cluster wants.")
  private Map<String, Path> credentials = new LinkedHashMap<>();

  @Option(
      names = "--istiod",
      paramLabel = "NAME=URL",
      description =
          "The debug endpoint of a cluster's istiod, for which proxies are in sync; once per"
              + " cluster.")
  private Map<String, URI> istiods = new LinkedHashMap<>();

  @Option(
      names = "--istiod-credential",
      paramLabel = "NAME=FILE",
      description =
          "A file with the token, or user:password, that the istiod of this cluster wants.")
  private Map<String, Path> istiodCredentials = new LinkedHashMap<>();

  @Override
  public Integer call() throws CommandException {
    Map<ClusterName, Path> clusters = names();
    List<PrometheusServer> prometheusServers = prometheuses();
    List<IstiodServer> istiodServers = istiods();
    SnapshotFolder folder = SnapshotFolder.check(out);
    PrintWriter err = spec.commandLine().getErr();
    List<Observation> observations = ClusterReading.observe(clusters);
    ClusterReading.tellUnseen(observations, err);
    Map<ClusterName, Map<GroupKind, String>> unseen = new TreeMap<>();
    List<ClusterInventory> inventories = new ArrayList<>();
    int objects = 0;
    for (Observation observation : observations) {
      ClusterInventory inventory = observation.inventory();
      inventories.add(inventory);
      unseen.put(inventory.cluster(), observation.unseen());
      objects += inventory.objects().size();
    }
    String taken = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, String> files = InventoryWriter.write(taken, inventories, unseen);
    traffic(prometheusServers, taken)
        .ifPresent(traffic -> files.put(TrafficFile.FILE, TrafficFile.write(traffic)));
    proxies(istiodServers).ifPresent(told -> files.put(ProxyFile.FILE, ProxyFile.write(told)));
    folder.write(files);
    PrintWriter text = spec.commandLine().getOut();
    text.printf("%,d objects of %,d clusters written to %s%n", objects, clusters.size(), out);
    text.flush();
    return ExitCode.GOOD;
  }

  private List<PrometheusServer> prometheuses() throws CommandException {
    return ClusterServer.of(
            spec.commandLine(), "--prometheus", prometheuses, credentials, kubeconfigs.keySet())
        .stream()
        .map(named -> new PrometheusServer(named.cluster(), named.url(), named.credential()))
        .toList();
  }

  private List<IstiodServer> istiods() throws CommandException {
    return ClusterServer.of(
            spec.commandLine(),
            "--istiod",
            new TreeMap<>(istiods),
            istiodCredentials,
            kubeconfigs.keySet())
        .stream()
        .map(named ->
            new IstiodServer(new ClusterName(named.cluster()), named.url(), named.credential()))
        .toList();
  }

  /** What a Prometheus can't tell is said: the rest goes on. Without any there is no traffic. */
  private Optional<Traffic> traffic(List<PrometheusServer> servers, String taken)
      throws CommandException {
    if (servers.isEmpty()) {
      return Optional.empty();
    }
    PrometheusSource.Observed observed;
    try (PrometheusSource source = new PrometheusSource()) {
      observed = source.ask(servers, Set.of(PrometheusSource.Part.values()), taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unable("interrupted; nothing is written", e);
    }
    PrintWriter err = spec.commandLine().getErr();
    String what = observed.answered() ? "part of the traffic" : "traffic";
    observed
        .traffic()
        .notes()
        .forEach(note -> err.println("meshkeel: " + what + " is left out: " + note));
    err.flush();
    return observed.answered() ? Optional.of(observed.traffic()) : Optional.empty();
  }

  /** The same of istiods. */
  private Optional<ProxySync> proxies(List<IstiodServer> servers) throws CommandException {
    if (servers.isEmpty()) {
      return Optional.empty();
    }
    ProxySync told;
    try (IstiodSource source = new IstiodSource()) {
      told = source.ask(servers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unable("interrupted; nothing is written", e);
    }
    PrintWriter err = spec.commandLine().getErr();
    told.notes().forEach(note -> err.println("meshkeel: inSync is left out: " + note));
    err.flush();
    return told.istiods().isEmpty() ? Optional.empty() : Optional.of(told);
  }

  private Map<ClusterName, Path> names() {
    Map<ClusterName, Path> clusters = new TreeMap<>();
    kubeconfigs.forEach((name, file) -> {
      try {
        clusters.put(new ClusterName(name), file);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    });
    return clusters;
  }
}
