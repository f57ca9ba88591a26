package io.meshkeel.rig;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.bench.MeshGenerator;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedServiceIT {
  private static final int OBJECTS = 300;

  @TempDir Path folder;

  @Test
  void aServiceStoppedInTheMiddleOfAnApplyEndsWithZeroAndLosesNothing() {
    try (Rig rig = new Rig(folder, SharedServers.binaries())) {
      KubeApiServer cluster = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      Repository repository = rig.newRepository("stopped");
      declareMesh(repository.files());
      // The generated routes lead to services that the cluster doesn't have.
      repository.files().write("policies/config.yaml", "rules: {M103: {severity: off}}\n");
      repository.files().publish("Declare the mesh");
      ServiceProcess service = rig.startService(repository, Launcher.command());

      for (MeshGenerator.GeneratedFile file : new MeshGenerator(1, 4).virtualServices(0, OBJECTS)) {
        repository.files().write("meshes/stopped/" + file.path(), file.text());
      }
      Revision many = repository.files().publish("Declare routes");
      assertThat(Eventually.holds(Patience.LIMIT, () -> applied(cluster) > 0)).isTrue();
      List<ProcessHandle> opa = service.children();

      assertThat(service.stop()).as(service::tail).isZero();
      // The system may still be clearing it away.
      assertThat(opa).isNotEmpty();
      assertThat(
              Eventually.holds(
                  Patience.LIMIT, () -> opa.stream().noneMatch(ProcessHandle::isAlive)))
          .as("OPA has ended")
          .isTrue();

      rig.restartService(Launcher.command(), rig.config(), service.url());
      assertThat(
              Eventually.holds(
                  Patience.LIMIT,
                  () -> {
                    Map<String, Status> shown = statuses(rig, repository, many);
                    return shown.containsKey("meshkeel/sync/stopped")
                        && shown.values().stream()
                            .allMatch(status -> status.state().equals("success"));
                  }))
          .as(() -> "in sync; statuses: " + statuses(rig, repository, many))
          .isTrue();
      assertThat(applied(cluster)).isEqualTo(OBJECTS);
      assertThat(statuses(rig, repository, many).values())
          .extracting(Status::state)
          .containsOnly("success");
    }
  }

  private static void declareMesh(WorkingCopy files) {
    files.write(
        "meshes/stopped/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: stopped
        spec:
          istioVersion: "1.31"
        """);
    files.write(
        "meshes/stopped/clusters/one.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: one
        spec:
          role: ControlPlane
          credential: one
        """);
  }

  private static Map<String, Status> statuses(Rig rig, Repository repository, Revision revision) {
    return rig.gitea().api().statuses(repository.name(), revision.sha());
  }

  private static int applied(KubeApiServer cluster) {
    return cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/managed-by", "meshkeel")
        .list()
        .getItems()
        .size();
  }
}
