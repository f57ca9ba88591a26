package io.meshkeel.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.desired.Ownership;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel render DIR}. */
@Command(
    name = "render",
    description = {
      "Shows the objects that each cluster would hold for the declarations of a folder.",
      "Asks no cluster: that all of them serve the Gateway API is assumed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:rendered", "2:wrong use, or a declaration can't be read"})
public final class RenderCommand implements Callable<Integer> {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  /** How objects are printed. */
  public enum Format {
    yaml,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Root of a mesh repository.")
  private Path folder = Path.of(".");

  @Option(names = "--mesh", paramLabel = "NAME", description = "Only this mesh.")
  private @Nullable String mesh;

  @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster.")
  private @Nullable String cluster;

  @Option(
      names = {"-o", "--format"},
      paramLabel = "yaml|json",
      description = "How objects are printed (default: ${DEFAULT-VALUE}).",
      defaultValue = "yaml")
  private Format format = Format.yaml;

  @Option(
      names = "--without-gateway-api",
      description = "As for clusters that don't serve the Gateway API.")
  private boolean withoutGatewayApi;

  @Override
  public Integer call() throws CommandException {
    PrintWriter err = spec.commandLine().getErr();
    Declarations declarations = FolderReading.read(folder, err);
    List<DesiredState> states = states(declarations);
    if (format == Format.yaml) {
      states.forEach(this::printYaml);
    } else {
      printJson(states);
    }
    spec.commandLine().getOut().flush();
    err.flush();
    return ExitCode.GOOD;
  }

  private List<DesiredState> states(Declarations declarations) {
    List<DesiredState> states = new ArrayList<>();
    TreeSet<String> meshes = new TreeSet<>();
    TreeSet<String> clusters = new TreeSet<>();
    for (MeshDeclarations declared :
        declarations.meshes().values().stream()
            .sorted(Comparator.comparing(each -> each.mesh().name().value()))
            .toList()) {
      String name = declared.mesh().name().value();
      meshes.add(name);
      if (mesh == null || mesh.equals(name)) {
        for (DesiredState state : new DesiredStates().of(declared).values()) {
          clusters.add(state.clusterName().value());
          if (cluster == null || cluster.equals(state.clusterName().value())) {
            states.add(state.settled(this::serves));
          }
        }
      }
    }
    require("mesh", mesh, meshes);
    require("cluster", cluster, clusters);
    return states;
  }

  private boolean serves(GroupKind kind) {
    return !withoutGatewayApi || !kind.group().equals(GATEWAY_API);
  }

  private void require(String what, @Nullable String name, TreeSet<String> known) {
    if (name != null && !known.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "no " + what + " is called " + name + "; declared are: " + String.join(", ", known));
    }
  }

  private void printYaml(DesiredState state) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "# mesh "
            + state.mesh().name()
            + ", cluster "
            + state.clusterName()
            + " ("
            + state.cluster().role().word()
            + "): "
            + state.objects().size()
            + " objects");
    new TreeMap<>(state.withheld())
        .forEach((key, why) -> out.println("# withheld: " + key + ": " + why));
    for (DesiredObject object : sorted(state)) {
      out.println("---");
      out.println("# from " + object.origin().position());
      if (object.ownership() instanceof Ownership.Shared shared) {
        out.println("# only these fields are ours; the object is not");
        absent(shared).forEach(path -> out.println("# taken away: " + path));
        if (!shared.holds().isEmpty()) {
          out.println("# not written: " + shared.holds());
        }
      }
      out.print(YamlWriter.write(object.manifest().content()));
    }
    out.println("---");
  }

  private static List<DesiredObject> sorted(DesiredState state) {
    return List.copyOf(new TreeMap<>(state.objects()).values());
  }

  private static List<String> absent(Ownership.Shared shared) {
    return shared.absent().stream().map(JsonPath::toString).sorted().toList();
  }

  private void printJson(List<DesiredState> states) throws CommandException {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (DesiredState state : states) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("mesh", state.mesh().name().value());
      each.put("cluster", state.clusterName().value());
      each.put("objects", sorted(state).stream().map(RenderCommand::json).toList());
      Map<String, String> withheld = new TreeMap<>();
      for (Map.Entry<ResourceKey, String> entry : state.withheld().entrySet()) {
        withheld.put(entry.getKey().toString(), entry.getValue());
      }
      each.put("withheld", withheld);
      shown.add(each);
    }
    try {
      spec.commandLine()
          .getOut()
          .println(
              new ObjectMapper()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                  .writeValueAsString(shown));
    } catch (IOException e) {
      throw CommandException.unable("the objects can't be written: " + e, e);
    }
  }

  private static Map<String, Object> json(DesiredObject object) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("from", object.origin().position().toString());
    Optional<Ownership.Shared> shared =
        object.ownership() instanceof Ownership.Shared some ? Optional.of(some) : Optional.empty();
    shown.put("ownership", shared.isPresent() ? "shared" : "ours");
    shared.ifPresent(how -> shown.put("absent", absent(how)));
    shown.put("object", object.manifest().content());
    return shown;
  }
}
