package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Brings a real API server to own kinds, with the rights of the role for control planes; after each
 * apply the next plan must be empty.
 */
@Timeout(900)
abstract class OwnKindsOnServer {
  static final KubeApiServer SERVER = SharedServers.kubeApiServer();
  static KubeCluster cluster;

  String namespace = "";

  @BeforeAll
  static void connect() throws Exception {
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(SERVER, "control-plane"));
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  @BeforeEach
  void newNamespace() {
    namespace = SharedServers.newNamespace();
  }

  @AfterEach
  void letGo() throws Exception {
    bring();
  }

  static Declaration document(String kind, String name) {
    return Declared.declaration(
        Manifest.of(
            Map.of(
                "apiVersion",
                "meshkeel.io/v1alpha1",
                "kind",
                kind,
                "metadata",
                Map.of("name", name))));
  }

  static DesiredState state(OwnDeclaration... own) {
    MeshDeclarations declared =
        new MeshDeclarations(
            Declared.mesh(Declared.SPEC, Map.of()),
            List.of(Declared.controlPlane("east")),
            List.of(),
            List.of(own),
            List.of());
    return Optional.ofNullable(new DesiredStates().of(declared).get(Declared.EAST)).orElseThrow();
  }

  static Plan plan(OwnDeclaration... own) throws Exception {
    return Planner.plan(state(own), LiveSnapshot.list(cluster, Declared.MESH, List.of()));
  }

  /** Plans, applies, and plans again: nothing is left to do. */
  static Plan bring(OwnDeclaration... own) throws Exception {
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    Plan plan = Planner.plan(state(own), live);
    ApplyResult result = new Applier(8).apply(plan, cluster, live, Optional.empty(), () -> false);
    assertThat(result.outcomes().values())
        .as(result.toString())
        .allMatch(o -> !o.toString().contains("Failed"));
    assertThat(result.complete()).as(result.toString()).isTrue();
    Plan again = plan(own);
    assertThat(again.steps()).as(PlanText.of(again)).isEmpty();
    return plan;
  }

  /** All of a gateway may go at once, if the Mesh says so. */
  static void bringWithoutBudget() throws Exception {
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    MeshDeclarations declared =
        new MeshDeclarations(
            Declared.mesh(Declared.SPEC, Map.of("meshkeel.io/confirm-prune", "20")),
            List.of(Declared.controlPlane("east")),
            List.of(),
            List.of(),
            List.of());
    DesiredState state =
        Optional.ofNullable(new DesiredStates().of(declared).get(Declared.EAST)).orElseThrow();
    ApplyResult result =
        new Applier(8)
            .apply(Planner.plan(state, live), cluster, live, Optional.empty(), () -> false);
    assertThat(result.complete()).as(result.toString()).isTrue();
  }
}
