package io.meshkeel.rig;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data plane cluster is known to istiod as long as it is declared so, and not after. */
class RemoteSecretIT {
  private static final String DATA =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshCluster
      metadata:
        name: far
      spec:
        role: DataPlane
        credential: far
      """;

  @TempDir Path folder;
  private Rig rig;
  private Repository repository;
  private KubeApiServer one;
  private KubeApiServer far;
  private Istiod istiod;

  @BeforeEach
  void startServers() {
    rig = new Rig(folder, SharedServers.binaries());
    one = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
    far = rig.startCluster("far", ClusterRole.DATA_PLANE);
    Rig.allowRemoteSecret(one, "far");
    istiod =
        rig.keep(
            Istiod.start(
                rig.binaries().get(ServerBinary.ISTIOD),
                one,
                folder.resolve("istiod"),
                IstiodOptions.PLAIN.with("PILOT_DEBOUNCE_AFTER", "10ms")));
    istiod.prepare(far);
    repository = rig.newRepository("remote");
    // Remote secrets come and go here, and not each cluster declares one.
    repository.files().write("policies/config.yaml", "rules: {M1003: {severity: warn}}\n");
  }

  @AfterEach
  void end() {
    rig.close();
  }

  @Test
  void istiodKnowsTheClusterAsLongAsTheDeclarationIsThere() throws Exception {
    String kubeconfig = far.kubeconfig(KubeApiServer.ADMIN);
    rig.giveCredential("far-for-istiod", kubeconfig);
    declare();
    Revision without = repository.files().publish("Declare the mesh");
    rig.startService(repository, Launcher.command());
    awaitStatus(without, "meshkeel/sync/crew", "success");
    assertThat(known()).containsExactly("one");

    write("far", DATA + "  remoteSecret:\n    from: far-for-istiod\n");
    Revision with = repository.files().publish("Let istiod find the data plane cluster");
    awaitStatus(with, "meshkeel/sync/crew", "success");
    await()
        .untilAsserted(
            () -> assertThat(istiod.clusters()).contains(new Istiod.Cluster("far", "synced")));
    awaitStatus(with, "meshkeel/drift/crew", "success");

    rotate(with);
    drift(with);

    write("far", DATA);
    Revision after = repository.files().publish("Let istiod forget it");
    awaitStatus(after, "meshkeel/sync/crew", "success");
    await().untilAsserted(() -> assertThat(known()).containsExactly("one"));
    assertThat(secret()).isNull();
    assertNothingTells(token(kubeconfig));
  }

  /** A new token in the file of the credential reaches the cluster without a commit. */
  private void rotate(Revision head) {
    String account = far.serviceAccountKubeconfig("istio-system", "istiod-reader");
    far.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: istiod-reader}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects: [{kind: ServiceAccount, name: istiod-reader, namespace: istio-system}]
        """);
    rig.giveCredential("far-for-istiod", account);
    await().untilAsserted(() -> assertThat(held()).contains(token(account)));
    awaitStatus(head, "meshkeel/sync/crew", "success");
    awaitStatus(head, "meshkeel/drift/crew", "success");
    await()
        .untilAsserted(
            () -> assertThat(istiod.clusters()).contains(new Istiod.Cluster("far", "synced")));
  }

  /** A hand on the Secret is drift, told without what the Secret holds. */
  private void drift(Revision head) throws IOException {
    one.admin()
        .secrets()
        .inNamespace("istio-system")
        .withName("istio-remote-secret-far")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.STRATEGIC_MERGE)
                .withFieldManager("hotfix")
                .build(),
            new SecretBuilder()
                .withNewMetadata()
                .withName("istio-remote-secret-far")
                .endMetadata()
                .addToData(
                    "more",
                    Base64.getEncoder()
                        .encodeToString("handmade-content".getBytes(StandardCharsets.UTF_8)))
                .build());
    assertThat(awaitStatus(head, "meshkeel/drift/crew", "failure").description())
        .contains("Secret istio-system/istio-remote-secret-far", "data.more", "hotfix");
    assertNothingTells("handmade-content");
  }

  private void declare() {
    write(
        "one",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: one
        spec:
          role: ControlPlane
          credential: one
        """);
    write("far", DATA);
    repository
        .files()
        .write(
            "meshes/crew/mesh.yaml",
            """
            apiVersion: meshkeel.io/v1alpha1
            kind: Mesh
            metadata:
              name: crew
            spec:
              istioVersion: "1.31"
            """);
  }

  private void write(String cluster, String text) {
    repository.files().write("meshes/crew/clusters/" + cluster + ".yaml", text);
  }

  private List<String> known() {
    return istiod.clusters().stream().map(Istiod.Cluster::name).toList();
  }

  private @Nullable Secret secret() {
    return one.admin()
        .secrets()
        .inNamespace("istio-system")
        .withName("istio-remote-secret-far")
        .get();
  }

  private String held() {
    return new String(
        Base64.getDecoder().decode(java.util.Objects.requireNonNull(secret()).getData().get("far")),
        StandardCharsets.UTF_8);
  }

  private static String token(String kubeconfig) {
    return kubeconfig.replaceAll("(?s).*token: *\"?([^\"\\s}]+).*", "$1");
  }

  /** Neither the service's log nor anything that it keeps. */
  private void assertNothingTells(String secret) throws IOException {
    try (Stream<Path> kept = Files.walk(folder.resolve("data"))) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
    assertThat(Files.readString(folder.resolve("meshkeel.log"))).doesNotContain(secret);
  }

  private Status awaitStatus(Revision revision, String context, String state) {
    return await(context)
        .until(
            () -> rig.gitea().api().statuses(repository.name(), revision.sha()).get(context),
            status -> status != null && status.state().equals(state));
  }
}
