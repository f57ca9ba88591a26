package io.meshkeel.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.kube.SecretContent;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.PlanJson;
import io.meshkeel.plan.PlanText;
import io.meshkeel.plan.Planner;
import io.meshkeel.policy.schema.ServedSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel plan DIR --cluster NAME=KUBECONFIG}. */
@Command(
    name = "plan",
    description = {
      "Shows what the service would change in clusters for the declarations of a folder.",
      "Needs no service and no forge; writes nothing. Policy is not asked: see validate."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:planned; with --exit-code: and nothing differs",
      "1:with --exit-code: something differs or is refused",
      "2:wrong use, or a declaration can't be read",
      "3:a cluster or its credential could not be used"
    })
public final class PlanCommand implements Callable<Integer> {
  /** How plans are printed. */
  public enum Format {
    text,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Root of a mesh repository.")
  private Path folder = Path.of(".");

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "NAME=KUBECONFIG",
      description = "A declared cluster and the kubeconfig file for it; once per cluster.")
  private Map<String, Path> kubeconfigs = new LinkedHashMap<>();

  @Option(
      names = "--credential",
      paramLabel = "NAME=KUBECONFIG",
      description =
          "A credential that spec.remoteSecret names, and its kubeconfig file; without it the"
              + " remote secret is not compared.")
  private Map<String, Path> credentials = new LinkedHashMap<>();

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How plans are printed (default: ${DEFAULT-VALUE}).",
      defaultValue = "text")
  private Format format = Format.text;

  @Option(names = "--exit-code", description = "Exit with 1 if anything differs or is refused.")
  private boolean exitCode;

  @Override
  public Integer call() throws CommandException {
    Map<ClusterName, DesiredState> desired = desired();
    requireDeclared(desired);
    List<Plan> plans = new ArrayList<>();
    PrintWriter err = spec.commandLine().getErr();
    boolean failed = false;
    for (Map.Entry<ClusterName, DesiredState> entry : desired.entrySet()) {
      Path file = kubeconfigs.get(entry.getKey().value());
      if (file == null) {
        err.println("meshkeel: cluster " + entry.getKey() + " is left out: no --cluster for it");
        continue;
      }
      try {
        plans.add(plan(entry.getValue(), file));
      } catch (ClusterException e) {
        failed = true;
        err.println(
            "meshkeel: cluster "
                + entry.getKey()
                + ": "
                + e.getMessage()
                + " ["
                + e.reason().word()
                + "]");
      }
    }
    err.flush();
    print(plans);
    if (failed) {
      return ExitCode.UNABLE;
    }
    boolean same = plans.stream().allMatch(Plan::isEmpty);
    return exitCode && !same ? ExitCode.FINDINGS : ExitCode.GOOD;
  }

  private Map<ClusterName, DesiredState> desired() throws CommandException {
    Declarations declarations = FolderReading.read(folder, spec.commandLine().getErr());
    Map<ClusterName, DesiredState> desired = new TreeMap<>();
    declarations.meshes().values().forEach(mesh -> desired.putAll(new DesiredStates().of(mesh)));
    return desired;
  }

  private void requireDeclared(Map<ClusterName, DesiredState> desired) {
    TreeSet<String> unknown = new TreeSet<>(kubeconfigs.keySet());
    desired.keySet().forEach(name -> unknown.remove(name.value()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "no MeshCluster is called "
              + String.join(", ", unknown)
              + "; declared are: "
              + String.join(", ", desired.keySet().stream().map(ClusterName::value).toList()));
    }
  }

  private Plan plan(DesiredState declared, Path file) throws ClusterException, CommandException {
    DesiredState desired = SecretContent.seal(declared, this::credential);
    try (KubeCluster cluster = KubeCluster.connect(Kubeconfig.parse(content(file)))) {
      LiveSnapshot live =
          LiveSnapshot.list(
                  cluster,
                  desired.mesh().name(),
                  desired.cluster().namespaces(),
                  SecretContent.secrets(desired))
              .serving(served(cluster, desired));
      return Planner.plan(desired, live, Instant.now()).placed(this::place);
    } catch (IOException e) {
      throw CommandException.unable("the kubeconfig " + file + " can't be read: " + e, e);
    }
  }

  private Kubeconfig credential(String name) throws ClusterException {
    Path file = credentials.get(name);
    if (file == null) {
      throw invalid(
          "credential '"
              + name
              + "' is not known here, so it is not compared; give --credential "
              + name
              + "=KUBECONFIG");
    }
    try {
      return Kubeconfig.parse(content(file));
    } catch (IOException e) {
      throw invalid("the file of credential '" + name + "' can't be read");
    }
  }

  private static ClusterException invalid(String message) {
    return new ClusterException(FailureReason.CREDENTIAL_INVALID, message, false, null);
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Kubeconfig.MAX_BYTES + 1);
    }
  }

  /** What the cluster serves; unknown, and said so, if the credential may not read it. */
  private ServedSchemas served(KubeCluster cluster, DesiredState desired) throws ClusterException {
    try {
      return cluster.schemas(desired.apiVersions(), ServedSchemas.UNKNOWN);
    } catch (ClusterException e) {
      if (e.reason() != FailureReason.CLUSTER_FORBIDDEN) {
        throw e;
      }
      spec.commandLine()
          .getErr()
          .println("meshkeel: cluster " + desired.clusterName() + ": " + e.getMessage());
      return ServedSchemas.UNKNOWN;
    }
  }

  private Optional<SourcePosition> place(Declaration declaration, JsonPath path) {
    try {
      return Optional.of(
          new SourceLocator().locate(DirectorySnapshot.of(folder), declaration, path));
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("meshkeel: " + declaration.file().path() + " can't be read again: " + e);
      return Optional.empty();
    }
  }

  private void print(List<Plan> plans) throws CommandException {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.text) {
      plans.forEach(plan -> out.print(PlanText.of(plan)));
    } else {
      try {
        out.println(
            new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(plans.stream().map(PlanJson::of).toList()));
      } catch (IOException e) {
        throw CommandException.unable("the plan can't be written: " + e, e);
      }
    }
    out.flush();
  }
}
