package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.InventoryFolder;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.imports.ImportEntry.Sort;
import io.meshkeel.imports.ImportException;
import io.meshkeel.imports.ImportRequest;
import io.meshkeel.imports.Imported;
import io.meshkeel.imports.Importer;
import io.meshkeel.live.Observation;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.MeshName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshkeel import --mesh M --from NAME=KUBECONFIG --out DIR}. */
@Command(
    name = "import",
    description = {
      "Writes a repository of declarations from what the clusters of a running mesh hold.",
      "Reads only. The plan of what is written takes over what is there and changes nothing;",
      "what can't be declared so is left out and reported in DIR/README.md."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "2:wrong use, a mesh that can't be declared, or the folder holds something else",
      "3:a cluster or its credential could not be used, or the files not be written"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final Pattern ENDING = Pattern.compile("\\.(ya?ml|kubeconfig|conf|config)$");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--mesh",
      required = true,
      paramLabel = "MESH",
      description = "The name that the mesh gets.")
  private String mesh = "";

  @Option(
      names = "--from",
      paramLabel = "[NAME=]KUBECONFIG",
      description = {
        "A cluster of the mesh; once per cluster, all of them.",
        "Without a name it is called as the file, its ending left out."
      })
  private List<String> from = new ArrayList<>();

  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      description = "Instead of --from: a folder that 'meshkeel snapshot' wrote.")
  private @Nullable Path snapshot;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write: a new or an empty one.")
  private Path out = Path.of(".");

  @Option(
      names = "--force",
      description =
          "Write into a folder that holds something. What is there is neither changed nor deleted.")
  private boolean force;

  @Option(
      names = "--include-managed",
      description = "Write objects too that Helm, Argo CD, Flux or an owner manages.")
  private boolean includeManaged;

  @Option(
      names = "--adopt",
      paramLabel = "objects|mesh",
      description = {
        "How the files say that existing objects are taken over: 'objects' by an annotation of",
        "each (default: nothing else is ever taken over), 'mesh' by spec.adopt of the Mesh."
      })
  private ImportRequest.Adoption adopt = ImportRequest.Adoption.objects;

  @Option(
      names = "--control-plane",
      paramLabel = "NAME",
      description = "A control plane cluster whose istiod doesn't run in it as a Deployment.")
  private List<String> controlPlanes = new ArrayList<>();

  @Option(
      names = "--istio-version",
      paramLabel = "VERSION",
      description = "Istio's version, for example 1.31, instead of that of istiod's image.")
  private Optional<String> istioVersion = Optional.empty();

  @Override
  public Integer call() throws CommandException {
    MeshName name = named(mesh, MeshName::new);
    ImportFolder folder = ImportFolder.check(out, force);
    Inventory inventory = inventory();
    Imported imported;
    try {
      imported =
          Importer.run(
              new ImportRequest(
                  name,
                  inventory,
                  controlPlanes.stream()
                      .map(each -> named(each, ClusterName::new))
                      .collect(Collectors.toSet()),
                  istioVersion,
                  includeManaged,
                  adopt));
    } catch (ImportException e) {
      throw CommandException.brokenInput(e.getMessage() + "; nothing is written");
    }
    folder.write(imported.files());
    tell(imported, inventory.clusters().size());
    return ExitCode.GOOD;
  }

  private Inventory inventory() throws CommandException {
    if (from.isEmpty() == (snapshot == null)) {
      throw new ParameterException(
          spec.commandLine(), "name the clusters by --from, or a snapshot by --snapshot");
    }
    return snapshot == null ? observed() : stored(snapshot);
  }

  private Inventory observed() throws CommandException {
    Map<ClusterName, Path> clusters = new TreeMap<>();
    for (String each : from) {
      int equals = each.indexOf('=');
      boolean named = equals > 0 && each.lastIndexOf('/', equals) < 0;
      Path file = Path.of(named ? each.substring(equals + 1) : each);
      Path last = file.getFileName();
      String word =
          named
              ? each.substring(0, equals)
              : ENDING.matcher(last == null ? "" : last.toString()).replaceFirst("");
      ClusterName name = named(word, ClusterName::new);
      if (clusters.putIfAbsent(name, file) != null) {
        throw new ParameterException(
            spec.commandLine(),
            "two clusters are called " + name + "; write --from NAME=KUBECONFIG");
      }
    }
    List<Observation> observations = ClusterReading.observe(clusters);
    ClusterReading.tellUnseen(observations, spec.commandLine().getErr());
    Map<ClusterName, ClusterInventory> inventories = new TreeMap<>();
    observations.forEach(seen -> inventories.put(seen.inventory().cluster(), seen.inventory()));
    return new Inventory(inventories);
  }

  private static Inventory stored(Path folder) throws CommandException {
    InventoryReading reading;
    try {
      reading = InventoryFolder.read(folder);
    } catch (IOException e) {
      throw CommandException.brokenInput("the snapshot can't be read: " + e.getMessage());
    }
    if (!reading.problems().isEmpty()) {
      throw CommandException.brokenInput(
          "the snapshot can't be used: " + reading.problems().getFirst().oneLine());
    }
    if (reading.inventory().clusters().isEmpty()) {
      throw CommandException.brokenInput(folder + " holds no cluster; name a snapshot's folder");
    }
    return reading.inventory();
  }

  private <T> T named(String word, Function<String, T> of) {
    try {
      return of.apply(word);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          e.getMessage() + (word.equals(mesh) ? "" : "; write NAME=KUBECONFIG for a cluster"),
          e);
    }
  }

  private void tell(Imported imported, int clusters) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        "%,d files of mesh %s from %,d clusters written to %s%n",
        imported.files().size(), mesh, clusters, out);
    text.printf(
        "  %,d objects as they are, %,d as own kinds, %,d for some control planes only%n",
        imported.count(Sort.WRITTEN),
        imported.count(Sort.RECOGNISED),
        imported.count(Sort.DIFFERS));
    text.printf(
        "  left out: %,d managed by somebody else, %,d for other reasons (%s)%n",
        imported.count(Sort.MANAGED), imported.count(Sort.LEFT_OUT), out.resolve("README.md"));
    text.printf(
        "  plan: takes over %,d objects, marks fields in %,d of others, changes nothing%n",
        imported.adopted(), imported.shared());
    text.flush();
  }
}
