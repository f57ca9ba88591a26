package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets by which istiod finds a data plane cluster, from commit to control plane cluster. */
class RemoteSecretTest {
  private static final ResourceKey SECRET =
      new ResourceKey("", "Secret", "istio-system", "istio-remote-secret-data");
  private static final JsonPath VALUE = JsonPath.of("data", "data");
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String DRIFT = "meshkeel/drift/shop";
  private static final String DATA =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshCluster
      metadata: {name: data}
      spec:
        role: DataPlane
        credential: data
      """;
  private static final String FIRST = "first-token-that-nobody-may-see";
  private static final String SECOND = "second-token-that-nobody-may-see";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster().credentials(this::credential);
  private volatile String token = FIRST;
  private EngineRig rig;

  private Kubeconfig credential(String name) throws ClusterException {
    if (token.isEmpty()) {
      throw new ClusterException(
          FailureReason.CREDENTIAL_INVALID, "there is no credential '" + name + "'", true, null);
    }
    return Kubeconfig.parse(
        """
        current-context: it
        contexts: [{name: it, context: {cluster: it, user: it}}]
        clusters: [{name: it, cluster: {server: "https://data.example.com:6443"}}]
        users: [{name: it, user: {token: %s}}]
        """
            .formatted(token)
            .getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void prepare() throws Exception {
    rig =
        new EngineRig(directory)
            .cluster("east", east)
            .cluster("data", new FakeCluster())
            .credentials(this::credential);
    east.createNamespace("istio-system");
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private Revision declare() throws Exception {
    return rig.push(
        files(
            mesh("shop", "Report", "east"),
            service("shop", "shop-ns", "orders", "1s"),
            Map.of("meshes/shop/clusters/data.yaml", DATA + "  remoteSecret: {from: istiod}\n")));
  }

  private Revision declared() throws Exception {
    Revision revision = declare();
    rig.start();
    rig.awaitShown(revision, SYNC, "success");
    rig.awaitShown(revision, DRIFT, "success");
    return revision;
  }

  /** What the cluster really holds. */
  private String held() {
    return Optional.ofNullable(east.contents().get(SECRET))
        .flatMap(VALUE::find)
        .map(value ->
            new String(Base64.getDecoder().decode(String.valueOf(value)), StandardCharsets.UTF_8))
        .orElse("");
  }

  @Test
  void theControlPlaneClusterGetsAKubeconfigUnderTheNameOfTheOther() throws Exception {
    declared();

    assertThat(held()).contains(FIRST, "https://data.example.com:6443");
    assertThat(east.get(SECRET).orElseThrow().labels())
        .containsEntry("istio/multiCluster", "true")
        .containsKey("applyset.kubernetes.io/part-of");
    assertThat(east.get(SECRET).orElseThrow().annotations())
        .containsEntry("networking.istio.io/cluster", "data");
    assertThat(east.get(SECRET).orElseThrow().toString()).contains("sha256:").doesNotContain(FIRST);
  }

  @Test
  void nothingThatIsKeptTellsTheContent() throws Exception {
    declared();
    east.handEdit(SECRET, "kubectl-edit", VALUE, base64("handmade-content"));
    Revision head = rig.push(service("shop", "shop-ns", "carts", "1s"));
    rig.awaitShown(head, DRIFT, "failure");

    rig.stop();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(FIRST)
            .doesNotContain("handmade-content")
            .doesNotContain(base64(FIRST))
            .doesNotContain(base64("handmade-content"));
      }
    }
  }

  @Test
  void aHandOnItIsDriftThatNamesDigests() throws Exception {
    Revision head = declared();
    east.handEdit(SECRET, "kubectl-edit", VALUE, base64("handmade-content"));

    rig.awaitShown(head, DRIFT, "failure: east: Secret istio-system/istio-remote-secret-data");
    assertThat(rig.forge.shown(head, DRIFT)).contains("data.data is \"sha256:");
  }

  @Test
  void aRotatedCredentialIsWrittenWithoutACommit() throws Exception {
    Revision head = declared();
    token = SECOND;
    rig.setTime(Instant.now().plus(LaneSecrets.LOOK.multipliedBy(2)));
    rig.push(Map.of("meshes/shop/note.txt", "x"));

    await().until(() -> held().contains(SECOND));
    assertThat(rig.forge.shown(head, SYNC)).startsWith("success");
  }

  @Test
  void itGoesWithTheDeclaration() throws Exception {
    declared();
    Revision without = rig.push(Map.of("meshes/shop/clusters/data.yaml", DATA));

    rig.awaitShown(without, SYNC, "success");
    assertThat(east.get(SECRET)).isEmpty();
  }

  @Test
  void itGoesWithTheDeclarationThoughTheServiceWasDown() throws Exception {
    declared();
    rig.stop();
    Revision without = rig.push(Map.of("meshes/shop/clusters/data.yaml", DATA));
    rig.start();

    rig.awaitShown(without, SYNC, "success");
    assertThat(east.get(SECRET)).isEmpty();
  }

  @Test
  void aMissingCredentialFailsNothingElseAndIsTakenOnceItIsThere() throws Exception {
    token = "";
    Revision revision = declare();
    rig.start();

    rig.awaitShown(revision, SYNC, "failure: 1/2 clusters in sync; east: credential_invalid");
    assertThat(east.contents().keySet()).anyMatch(key -> key.kind().equals("VirtualService"));
    token = FIRST;
    rig.setTime(Instant.now().plus(LaneSecrets.LOOK.multipliedBy(30)));
    rig.push(Map.of("meshes/shop/note.txt", "x"));
    await().until(() -> held().contains(FIRST));
  }

  @Test
  void aMissingRightFailsNothingElseAndIsNamed() throws Exception {
    east.fail((verb, what) ->
        what.equals(ObservedKinds.SECRET) || what.equals(SECRET)
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_FORBIDDEN, "no right", false))
            : Optional.empty());
    Revision revision = declare();
    rig.start();

    rig.awaitShown(revision, SYNC, "failure: 1/2 clusters in sync; east: cluster_forbidden");
    assertThat(rig.forge.shown(revision, "meshkeel/sync/shop/east"))
        .contains("deploy/rbac/remote-secrets.yaml");
    assertThat(east.contents().keySet()).anyMatch(key -> key.kind().equals("VirtualService"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
