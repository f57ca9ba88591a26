package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mesh whose istiod is somebody else's: nothing but configuration is written to it. */
class ExternalMeshTest {
  private static final String SYNC = "meshkeel/sync/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private EngineRig rig;

  @BeforeEach
  void prepare() throws Exception {
    rig = new EngineRig(directory).cluster("east", east);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static Map<String, String> external() {
    Map<String, String> files = new HashMap<>(mesh("shop", "Heal", "east"));
    files.computeIfPresent(
        "meshes/shop/mesh.yaml", (_, text) -> text.replace("MultiPrimary", "External"));
    return files;
  }

  @Test
  void onlyConfigurationAndTheRecordOfItAreWritten() throws Exception {
    east.createNamespace("shop-ns");
    east.createNamespace("istio-system");
    east.forgetWrites();
    Revision revision = rig.push(files(external(), service("shop", "shop-ns", "orders", "1s")));
    rig.start();

    rig.awaitShown(revision, SYNC, "success");
    Set<String> written = new TreeSet<>(east.writes());
    assertThat(written)
        .containsExactly(
            "apply ConfigMap meshkeel-system/meshkeel-shop",
            "apply VirtualService shop-ns/orders",
            "create Namespace meshkeel-system");
  }

  @Test
  void aNamespaceThatIsMissingIsLeftToWhoeverOwnsTheMesh() throws Exception {
    Revision revision = rig.push(files(external(), service("shop", "shop-ns", "orders", "1s")));
    rig.start();

    rig.awaitShown(revision, SYNC, "failure: 0/1 cluster in sync; east: apply_failed");
    assertThat(east.writes()).doesNotContain("create Namespace shop-ns");

    east.createNamespace("shop-ns");
    rig.awaitShown(revision, SYNC, "success");
  }

  @Test
  void whatIsMoreThanConfigurationIsRefused() throws Exception {
    Revision revision =
        rig.push(
            files(
                external(),
                Map.of(
                    "meshes/shop/own.yaml",
                    """
                    apiVersion: meshkeel.io/v1alpha1
                    kind: NamespaceSidecar
                    metadata: {name: shop}
                    spec: {namespaces: [shop-ns], injection: Enabled}
                    ---
                    apiVersion: meshkeel.io/v1alpha1
                    kind: MeshCluster
                    metadata: {name: far}
                    spec: {role: DataPlane, credential: far, remoteSecret: {from: far}}
                    """)));
    rig.start();

    rig.awaitShown(revision, EngineRig.CONTEXT_POLICY, "failure: 2 errors");
    assertThat(east.writes()).isEmpty();
  }
}
