package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.MeshName;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example, applied to an API server with the rights of the cluster's role, is planned again
 * without a step. Workloads and Services that it speaks of are there.
 */
class ExampleOnServersIT {
  /** What others have in the clusters: fields of ours come to be in some of them. */
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: %1$s
      metadata: {name: %3$s, namespace: %2$s}
      spec:
        %5$s
        selector: {matchLabels: {app: %3$s}}
        template:
          metadata: {labels: {app: %3$s}}
          spec:
            containers: [{name: app, image: app}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: %3$s, namespace: %2$s}
      spec:
        selector: {app: %3$s}
        ports: [{name: main, port: %4$s}]
      """;

  @ParameterizedTest
  @CsvSource({
    "shop, shop-mcpc, control-plane",
    "shop, shop-data, data-plane",
    "shop, shop-edge, data-plane",
    "bank, bank-north, control-plane",
    "bank, bank-south, control-plane"
  })
  void aClusterOfTheExampleIsPlannedAgainWithoutAStep(String mesh, String name, String role)
      throws Exception {
    DesiredState state =
        Objects.requireNonNull(new DesiredStates().of(mesh(mesh)).get(new ClusterName(name)));
    try (KubeApiServer server = SharedServers.newKubeApiServer();
        KubeCluster cluster = KubeCluster.connect(ControlPlane.kubeconfig(server, role))) {
      server.ensureNamespace("shop");
      server.ensureNamespace("bank");
      server.apply(WORKLOAD.formatted("Deployment", "shop", "orders", 8080, "replicas: 1"));
      server.apply(
          WORKLOAD.formatted("StatefulSet", "bank", "transfers", 9090, "serviceName: transfers"));
      LiveSnapshot before = live(cluster, mesh);
      Plan plan = Planner.plan(state, before);
      assertThat(plan.writes()).isTrue();

      ApplyResult result =
          new Applier(8).apply(plan, cluster, before, Optional.empty(), () -> false);

      assertThat(result.complete()).as(result.toString()).isTrue();
      Plan again = Planner.plan(state, live(cluster, mesh));
      assertThat(again.steps()).as(PlanText.of(again)).isEmpty();
      assertThat(DriftEntry.of(again)).isEmpty();
    }
  }

  private static LiveSnapshot live(KubeCluster cluster, String mesh) throws Exception {
    return LiveSnapshot.list(cluster, new MeshName(mesh), List.of());
  }

  private static Declarations.MeshDeclarations mesh(String name) throws Exception {
    Declarations read =
        new DeclarationReader().read(DirectorySnapshot.of(Path.of("../repo-layout-example")));
    return Objects.requireNonNull(read.meshes().get(new MeshName(name)));
  }
}
