package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.declaration.InventoryFolder;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Governance;
import io.meshkeel.model.Inventory;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel get MODULE --snapshot DIR}. */
@Command(
    name = "get",
    description = {
      "Shows one module of the meshes: what clusters hold, beside what is declared.",
      "Modules: overview, services, traffic, security, topology, metrics, sidecars, clusters,",
      "gateways, config."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "2:wrong use, or the snapshot or repository can't be read"})
public final class GetCommand implements Callable<Integer> {
  /** How rows are printed. */
  public enum Output {
    table,
    wide,
    json,
    yaml
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODULE", description = "Which module.")
  private String module = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** Where the rows come from. */
  static final class Source {
    @Option(
        names = "--snapshot",
        paramLabel = "DIR",
        description = "What clusters hold, as meshkeel snapshot writes it.")
    private @Nullable Path snapshot;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "The running service, for example http://127.0.0.1:8080.")
    private @Nullable String url;
  }

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "What is declared: root of a mesh repository. Without it nothing is.")
  private @Nullable Path repository;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|wide|json|yaml",
      description = "How rows are printed (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Output output = Output.table;

  @Option(names = "--mesh", paramLabel = "NAME", description = "Only this mesh.")
  private String mesh = "";

  @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster.")
  private String cluster = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Only this namespace.")
  private String namespace = "";

  @Option(
      names = "--by",
      paramLabel = "workload|service",
      description = "What calls what in the topology (default: workload).")
  private String by = "";

  @Option(
      names = {"-w", "--watch"},
      description = {
        "Print the rows, then each change: a line with a minus is gone or was so before, one with",
        "a plus is new or is so now. Another commit alone, or time when a cluster was heard, is no",
        "change. Ends with Ctrl-C. For --url only."
      })
  private boolean watch;

  @Override
  public Integer call() throws CommandException {
    Module<?> wanted = wanted();
    if (watch && source.url == null) {
      throw wrongUse("--watch goes with --url: a snapshot doesn't change");
    }
    if (source.url != null) {
      return ask(wanted, source.url);
    }
    Path snapshot = Objects.requireNonNull(source.snapshot);
    InventoryReading reading = read(snapshot);
    Inventory inventory = reading.inventory();
    List<Scene> scenes =
        Scene.all(declarations(), inventory).stream()
            .map(scene -> scene.with(reading.traffic()))
            .map(scene -> reading.proxies().map(scene::withOwn).orElse(scene))
            .toList();
    check("mesh", mesh, scenes.stream().map(Scene::mesh).toList());
    check(
        "cluster",
        cluster,
        scenes.stream()
            .flatMap(scene -> scene.clusters().stream())
            .map(one -> one.name().value())
            .toList());
    tellOthers(scenes, inventory);
    print(wanted, scenes, new Module.Filter(mesh, cluster, namespace));
    return ExitCode.GOOD;
  }

  private Module<?> wanted() {
    Module<?> named =
        Modules.find(module)
            .orElseThrow(() ->
                wrongUse(
                    "there is no module '"
                        + module
                        + "'"
                        + ClosestName.hint(module, Modules.names())
                        + " (there are "
                        + String.join(", ", Modules.names())
                        + ")"));
    return by.isEmpty()
        ? named
        : Modules.at(named, by)
            .orElseThrow(() ->
                wrongUse(
                    "--by is one of "
                        + String.join(", ", Modules.LEVELS)
                        + ", and for topology only"));
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int ask(Module<?> wanted, String url) throws CommandException {
    if (repository != null) {
      throw new ParameterException(
          spec.commandLine(), "--repo goes with --snapshot: the service knows its repository");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<String, String> question =
        new TreeMap<>(Map.of("mesh", mesh, "cluster", cluster, "namespace", namespace, "by", by));
    if (watch) {
      new RowWatch(ServiceUrl.of(url), wanted, question, output, out, err).run();
      return ExitCode.GOOD;
    }
    question.put("output", output.name());
    String text = ServiceUrl.of(url).get(wanted.name(), question);
    boolean document = output == Output.json || output == Output.yaml;
    text.lines()
        .forEach(line -> {
          if (!document && line.startsWith("# ")) {
            err.println("meshkeel: " + line.substring(2));
          } else {
            out.println(line);
          }
        });
    out.flush();
    err.flush();
    return ExitCode.GOOD;
  }

  private InventoryReading read(Path snapshot) throws CommandException {
    InventoryReading reading;
    try {
      reading = InventoryFolder.read(snapshot);
    } catch (IOException e) {
      throw CommandException.brokenInput("the snapshot can't be read: " + e.getMessage());
    }
    if (!reading.problems().isEmpty()) {
      reading.problems().forEach(problem -> spec.commandLine().getErr().println(problem.oneLine()));
      throw CommandException.brokenInput(
          reading.problems().size() + " mistakes in the snapshot " + snapshot);
    }
    return reading;
  }

  private Declarations declarations() throws CommandException {
    if (repository == null) {
      return new Declarations(Optional.empty(), Map.of(), List.of(), Governance.NONE);
    }
    Declarations declarations;
    try {
      declarations = new DeclarationReader().read(DirectorySnapshot.of(repository));
    } catch (IOException e) {
      throw CommandException.brokenInput("the folder " + repository + " can't be read: " + e);
    }
    declarations
        .problems()
        .forEach(problem -> spec.commandLine().getErr().println(problem.oneLine()));
    if (declarations.meshes().isEmpty()) {
      throw CommandException.brokenInput(
          repository + " declares no mesh. Fix: name the root of a mesh repository");
    }
    return declarations;
  }

  private void check(String what, String name, List<String> known) {
    if (!name.isEmpty() && !known.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no " + what + " '" + name + "'" + ClosestName.hint(name, known));
    }
  }

  /** Clusters of the snapshot that no mesh declares are not shown. */
  private void tellOthers(List<Scene> scenes, Inventory inventory) {
    TreeSet<ClusterName> others = new TreeSet<>(inventory.clusters().keySet());
    scenes.forEach(scene -> scene.clusters().forEach(one -> others.remove(one.name())));
    PrintWriter err = spec.commandLine().getErr();
    others.forEach(name ->
        err.println("meshkeel: cluster " + name + " of the snapshot belongs to no declared mesh"));
    err.flush();
  }

  private void print(Module<?> wanted, List<Scene> scenes, Module.Filter filter) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<String> notes = wanted.notes(scenes, filter);
    if (output == Output.table || output == Output.wide) {
      String text = TableText.of(wanted.table(scenes, filter, output == Output.wide));
      out.print(text);
      notes.forEach(note -> err.println("meshkeel: " + note));
      if (text.isEmpty()) {
        err.println("meshkeel: nothing found");
      }
      err.flush();
    } else {
      ModuleDocument document = ModuleDocument.of(wanted, scenes, filter);
      out.print(output == Output.json ? document.json() : document.yaml());
    }
    out.flush();
  }
}
