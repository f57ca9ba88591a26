package io.meshkeel.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meshkeel bench}. */
@Command(
    name = "bench",
    description =
        "Measure Meshkeel beside its yardsticks on real servers on this machine; exit code 1 if a target is missed.",
    footer = {"", "All input is made from a seed. Servers that are not here yet are built first."})
public final class BenchCommand implements Callable<Integer> {
  private static final long SEED = 20261101;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "A tenth of the objects and fewer rounds: shows that it runs, not how fast.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these parts: ${COMPLETION-CANDIDATES}.")
  private List<Part> only = List.of(Part.values());

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Holds all data and logs (default: a new temporary folder).")
  private Path dir = Path.of("");

  /** The parts of the benchmark. */
  enum Part {
    apply,
    change,
    validate,
    judge,
    topology,
    modules,
    imports
  }

  @Override
  public Integer call() throws IOException {
    Path folder =
        dir.toString().isEmpty()
            ? Files.createTempDirectory("meshkeel-bench-")
            : Files.createDirectories(dir.toAbsolutePath());
    Binaries binaries = Binaries.fromEnvironment(Progress.toStandardError());
    Scale scale = quick ? Scale.QUICK : Scale.FULL;
    List<Figure> figures = new ArrayList<>();
    for (Part part : only) {
      Path own = Files.createDirectories(folder.resolve(part.name()));
      Consumer<Figure> found =
          figure -> {
            figures.add(figure);
            if (!json) {
              System.out.println(figure.line());
              System.out.flush();
            }
          };
      switch (part) {
        case apply -> new ApplyBench(own, binaries, scale, SEED).measure(found);
        case change -> new ChangeBench(own, binaries, scale, SEED).measure(found);
        case imports -> new ImportBench(own, scale, SEED).measure(found);
        case validate -> new ValidateBench(own, binaries, scale, SEED).measure(found);
        case judge -> new JudgeBench(binaries, scale, SEED).measure(found);
        case modules -> new ModuleBench(own, binaries, scale, SEED).measure(found);
        case topology -> new TopologyBench(own, binaries, scale, SEED).measure(found);
      }
    }
    if (json) {
      print(figures);
    }
    return figures.stream().allMatch(Figure::met) ? 0 : 1;
  }

  private static void print(List<Figure> figures) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processors", runtime.availableProcessors());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", Runtime.version().toString());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("machine", machine);
    report.put("figures", figures);
    System.out.println(
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
  }
}
