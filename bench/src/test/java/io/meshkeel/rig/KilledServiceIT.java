package io.meshkeel.rig;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
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

class KilledServiceIT {
  private static final int OBJECTS = 800;

  @TempDir Path folder;

  @Test
  void aServiceKilledInTheMiddleOfAnApplyEndsWhereItShouldAfterAStart() {
    try (Rig rig = new Rig(folder, SharedServers.binaries())) {
      KubeApiServer cluster = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      Repository repository = rig.newRepository("killed");
      declareMesh(repository.files());
      // The generated routes lead to services that the cluster doesn't have.
      repository.files().write("policies/config.yaml", "rules: {M103: {severity: off}}\n");
      Revision empty = repository.files().publish("Declare the mesh");
      ServiceProcess service = rig.startService(repository, Launcher.command());
      awaitSuccess(rig, repository, empty);
      cluster.ensureNamespace("team-0");
      cluster.apply(foreign());

      for (MeshGenerator.GeneratedFile file : new MeshGenerator(1, 4).virtualServices(0, OBJECTS)) {
        repository.files().write("meshes/killed/" + file.path(), file.text());
      }
      List<ProcessHandle> opa = service.children();
      Revision many = repository.files().publish("Declare routes");
      assertThat(Eventually.holds(Patience.LIMIT, () -> begun(cluster))).isTrue();
      service.kill();
      int atTheKill = ours(cluster).size();
      assertThat(atTheKill).as("objects applied before the kill").isLessThan(OBJECTS);

      assertThat(opa).isNotEmpty().allMatch(ProcessHandle::isAlive);
      rig.restartService(Launcher.command(), rig.config(), service.url());
      // It was ended before the service was ready; the system may still be clearing it away.
      assertThat(
              Eventually.holds(
                  Patience.LIMIT, () -> opa.stream().noneMatch(ProcessHandle::isAlive)))
          .as("OPA of the killed service has ended")
          .isTrue();
      awaitSuccess(rig, repository, many);
      assertThat(ours(cluster)).hasSize(OBJECTS);
      assertThat(recordedRevision(cluster)).isEqualTo(many.sha());
      assertThat(statuses(rig, repository, many).values())
          .extracting(Status::state)
          .containsOnly("success");
      assertThat(virtualServices(cluster))
          .as("what somebody else wrote stays as it is")
          .anySatisfy(object -> {
            assertThat(object.getMetadata().getName()).isEqualTo("foreign");
            assertThat(object.getMetadata().getLabels()).isNullOrEmpty();
          });
    }
  }

  private static void declareMesh(WorkingCopy files) {
    files.write(
        "meshes/killed/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: killed
        spec:
          istioVersion: "1.31"
        """);
    files.write(
        "meshes/killed/clusters/one.yaml",
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

  private static String foreign() {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: foreign
      namespace: team-0
    spec:
      hosts: ["foreign.example.com"]
      http:
        - route:
            - destination:
                host: foreign.example.com
    """;
  }

  private static void awaitSuccess(Rig rig, Repository repository, Revision revision) {
    boolean success =
        Eventually.holds(
            Patience.LIMIT,
            () -> {
              Status status = statuses(rig, repository, revision).get("meshkeel/sync/killed");
              return status != null && status.state().equals("success");
            });
    assertThat(success)
        .as(() -> "in sync; statuses: " + statuses(rig, repository, revision))
        .isTrue();
  }

  private static Map<String, Status> statuses(Rig rig, Repository repository, Revision revision) {
    return rig.gitea().api().statuses(repository.name(), revision.sha());
  }

  private static List<GenericKubernetesResource> virtualServices(KubeApiServer cluster) {
    return cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inAnyNamespace()
        .list()
        .getItems();
  }

  private static List<GenericKubernetesResource> ours(KubeApiServer cluster) {
    return cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/managed-by", "meshkeel")
        .list()
        .getItems();
  }

  /** Whether there is one object of ours; asked so that little time passes until it is known. */
  private static boolean begun(KubeApiServer cluster) {
    return !cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/managed-by", "meshkeel")
        .list(new ListOptionsBuilder().withLimit(1L).build())
        .getItems()
        .isEmpty();
  }

  private static String recordedRevision(KubeApiServer cluster) {
    List<ConfigMap> parents =
        cluster
            .admin()
            .configMaps()
            .inNamespace(Rig.SYSTEM_NAMESPACE)
            .withLabel("applyset.kubernetes.io/id")
            .list()
            .getItems();
    assertThat(parents).hasSize(1);
    return String.valueOf(
        parents.getFirst().getMetadata().getAnnotations().get("meshkeel.io/revision"));
  }
}
