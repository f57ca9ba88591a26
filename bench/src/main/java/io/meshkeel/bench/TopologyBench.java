package io.meshkeel.bench;

import io.meshkeel.app.observe.ModuleDocument;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.live.PrometheusSource.Part;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.MetricsPage;
import io.meshkeel.testbed.Prometheus;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** What it costs to ask a real Prometheus who calls whom, from the question to the table. */
final class TopologyBench {
  private static final int SERVICES = 500;
  private static final int EDGES = 5_000;
  private static final int NAMESPACES = 20;

  /** History of each series: a sample a minute, as a Prometheus scrapes by default. */
  private static final int STEPS = 7;

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Longer than the service waits: a machine that is busy gets a bad figure and not none. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Holds the same samples as 5 minutes do, however long the measuring takes. */
  private static final Duration WINDOW = Duration.ofMinutes(30);

  private static final int ROUNDS = 5;

  /** A service and its Prometheus have been running for long when somebody looks. */
  private static final int WARM_UPS = 3;

  private final Path folder;
  private final Binaries binaries;
  private final int services;
  private final int edges;
  private final Random random;

  TopologyBench(Path folder, Binaries binaries, Scale scale, long seed) {
    boolean full = scale.equals(Scale.FULL);
    this.folder = folder;
    this.binaries = binaries;
    this.services = full ? SERVICES : SERVICES / 10;
    this.edges = full ? EDGES : EDGES / 10;
    this.random = new Random(seed);
  }

  void measure(Consumer<Figure> figures) {
    try (MetricsPage page = MetricsPage.start(series().all(), STEPS, STEP);
        Prometheus prometheus =
            Prometheus.start(
                binaries.get(ServerBinary.PROMETHEUS),
                folder,
                Duration.ofSeconds(edges == EDGES ? 15 : 1),
                List.of(page.target()));
        PrometheusSource source =
            new PrometheusSource(PATIENCE, WINDOW, PrometheusSource.DEFAULT_MAX_BYTES)) {
      page.awaitScraped(LIMIT);
      page.close(); // The Prometheus is at rest while it is measured.
      PrometheusServer server = new PrometheusServer("east", prometheus.url());
      String what =
          "topology of %,d services and %,d edges with p50, p90 and p99: "
              .formatted(services, edges);
      Duration before = processorTime(prometheus);
      figures.accept(
          Figure.atMost(
              what + "from question to table, median",
              millis(source, server, "topology", Set.of(Part.VOLUME, Part.LATENCY), edges),
              "ms",
              1_000));
      figures.accept(
          Figure.yardstick(
              what + "processor time of the Prometheus, mean",
              processorTime(prometheus).minus(before).toMillis() / (double) (ROUNDS + WARM_UPS),
              "ms"));
      figures.accept(
          Figure.yardstick(
              "metrics of the same, median",
              millis(
                  source,
                  server,
                  "metrics",
                  Set.of(Part.VOLUME, Part.SERVED, Part.CONTROL_PLANES),
                  services),
              "ms"));
    }
  }

  private static Duration processorTime(Prometheus prometheus) {
    return ProcessHandle.of(prometheus.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static double millis(
      PrometheusSource source, PrometheusServer server, String name, Set<Part> parts, int least) {
    ClusterName cluster = new ClusterName(server.cluster());
    Scene scene =
        Scene.undeclared(
            new Inventory(Map.of(cluster, ClusterInventory.of(cluster, Set.of(), List.of()))));
    Module<?> module = Modules.find(name).orElseThrow();
    double[] millis = new double[ROUNDS];
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      long start = System.nanoTime();
      PrometheusSource.Observed observed;
      try {
        observed = source.ask(List.of(server), parts, "");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      String table =
          ModuleDocument.table(
              module,
              List.of(scene.with(Optional.of(observed.traffic()))),
              Module.Filter.ALL,
              true);
      if (round >= 0) {
        millis[round] = (System.nanoTime() - start) / 1e6;
      }
      if (!observed.traffic().notes().isEmpty() || table.lines().count() <= least) {
        throw new IllegalStateException(
            "the Prometheus told only "
                + table.lines().count()
                + " lines "
                + observed.traffic().notes());
      }
    }
    return new Distribution(millis).quantile(0.5);
  }

  private IstioSeries series() {
    IstioSeries series = new IstioSeries();
    Set<Call> calls = new LinkedHashSet<>();
    while (calls.size() < edges) {
      int from = random.nextInt(services);
      int to = random.nextInt(services);
      if (from != to) {
        calls.add(new Call(workload(from), workload(to), host(to)));
      }
    }
    for (Call call : calls) {
      double rate = 1 + random.nextInt(100);
      for (String reporter : List.of("source", "destination")) {
        series
            .requests(call, reporter, "mutual_tls", 200, rate)
            .durations(
                call,
                reporter,
                Map.of("5", rate / 4, "25", rate / 2, "100", rate * 0.9, "1000", rate));
      }
    }
    return series;
  }

  private static String workload(int number) {
    return "east/ns-" + number % NAMESPACES + "/svc-" + number;
  }

  private static String host(int number) {
    return "svc-" + number + ".ns-" + number % NAMESPACES + ".svc.cluster.local";
  }
}
