package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.corpus.GatewayCorpus;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a MeshGateway renders, from the file to a real API server, the next plan is empty. The
 * declarations are generated: every value of every field, and mixed.
 */
class ZeroDriftOfGatewaysIT {
  private static final long SEED = 1_126;
  private static final int MIXED = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Why a generated declaration may be unsound: rules of the kind, not of this test. */
  private static final List<String> REASONS =
      List.of(
          "'spec.replicas' and 'spec.autoscaling' are both given",
          "has no meaning on a ClusterIP",
          "is for a LoadBalancer",
          "the ports of an EastWest gateway are fixed",
          "a Gateway of the Gateway API has no field");

  @TempDir static Path folder;

  private static KubeApiServer server;
  private static KubeCluster cluster;
  private static List<Map<String, Object>> sound = new ArrayList<>();

  /** What is wrong with the others. */
  private static final List<String> UNSOUND = new ArrayList<>();

  @BeforeAll
  static void prepare() throws Exception {
    server = SharedServers.newKubeApiServer();
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(server, "control-plane"));
    for (Map<String, Object> spec : GatewayCorpus.of(MIXED, SEED)) {
      List<Finding> problems = read(List.of(spec)).problems();
      if (problems.isEmpty()) {
        sound.add(spec);
      } else {
        UNSOUND.add(problems.getFirst().message());
      }
    }
  }

  @AfterAll
  static void end() {
    cluster.close();
    server.close();
  }

  private static MeshDeclarations read(List<Map<String, Object>> gateways) throws Exception {
    Path root = Files.createTempDirectory(folder, "repository");
    write(root, "mesh", "Mesh", "corpus", Map.of("istioVersion", "1.31"));
    write(
        root,
        "cluster",
        "MeshCluster",
        "east",
        Map.of("role", "ControlPlane", "credential", "east", "network", "here"));
    for (int i = 0; i < gateways.size(); i++) {
      write(root, "gateway-" + i, "MeshGateway", "gateway-" + i, gateways.get(i));
    }
    Declarations read = new DeclarationReader().read(DirectorySnapshot.of(root));
    return Objects.requireNonNull(read.meshes().get(new MeshName("corpus")));
  }

  /** YAML is JSON and more. */
  private static void write(
      Path root, String file, String kind, String name, Map<String, Object> spec) throws Exception {
    Path path = root.resolve("meshes/corpus/" + file + ".yaml");
    Files.createDirectories(root.resolve("meshes/corpus"));
    JSON.writeValue(
        path.toFile(),
        Map.of(
            "apiVersion",
            "meshkeel.io/v1alpha1",
            "kind",
            kind,
            "metadata",
            Map.of("name", name),
            "spec",
            spec));
  }

  private static DesiredState state(List<Map<String, Object>> gateways) throws Exception {
    return Objects.requireNonNull(
        new DesiredStates().of(read(gateways)).get(new ClusterName("east")));
  }

  private static LiveSnapshot live() throws Exception {
    return LiveSnapshot.list(cluster, new MeshName("corpus"), List.of());
  }

  private static List<String> apply(DesiredState state) throws Exception {
    LiveSnapshot live = live();
    ApplyResult result =
        new Applier(16)
            .apply(Planner.plan(state, live), cluster, live, Optional.empty(), () -> false);
    return result.outcomes().entrySet().stream()
        .filter(each -> !(each.getValue() instanceof Outcome.Applied))
        .map(Object::toString)
        .toList();
  }

  private static List<String> left(DesiredState state) throws Exception {
    Plan plan = Planner.plan(state, live());
    return Stream.concat(
            plan.steps().stream().map(step -> step.key().toString()),
            DriftEntry.of(plan).stream().map(DriftEntry::oneLine))
        .toList();
  }

  @Test
  void whatIsUnsoundIsSaidAndTheRestIsEnough() {
    assertThat(UNSOUND).allMatch(said -> REASONS.stream().anyMatch(said::contains));
    assertThat(sound).hasSizeGreaterThan(60);
  }

  @Test
  void whatGatewaysRenderIsPlannedAgainWithoutAStep() throws Exception {
    DesiredState state = state(sound);

    assertThat(apply(state)).isEmpty();

    assertThat(left(state)).isEmpty();
    Set<GroupKind> kinds =
        state.settled(live()::serves).objects().keySet().stream()
            .map(key -> key.groupKind())
            .collect(Collectors.toSet());
    assertThat(kinds)
        .containsAll(Kinds.RENDERED)
        .contains(new GroupKind("gateway.networking.k8s.io", "Gateway"));
  }

  @Test
  void whatControllersWriteIntoADeploymentIsNoDrift() throws Exception {
    DesiredState state = state(sound);
    assertThat(apply(state)).isEmpty();
    String scaled = "gateway-" + sound.indexOf(scaled());
    var deployment = server.admin().apps().deployments().inNamespace("gateways").withName(scaled);

    server
        .admin()
        .raw(
            "/apis/apps/v1/namespaces/gateways/deployments/" + scaled + "/scale",
            "PUT",
            Map.of(
                "apiVersion",
                "autoscaling/v1",
                "kind",
                "Scale",
                "metadata",
                Map.of("name", scaled, "namespace", "gateways"),
                "spec",
                Map.of("replicas", 4)));
    deployment.rolling().restart();

    assertThat(deployment.require().getSpec().getReplicas()).isEqualTo(4);
    assertThat(deployment.require().getSpec().getTemplate().getMetadata().getAnnotations())
        .containsKey("kubectl.kubernetes.io/restartedAt");
    assertThat(left(state)).isEmpty();
  }

  private static Map<String, Object> scaled() {
    return sound.stream()
        .filter(spec -> spec.containsKey("autoscaling") && "Injection".equals(spec.get("engine")))
        .findFirst()
        .orElseThrow();
  }
}
