package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mesh or a cluster leaves the repository: its objects are released or deleted. */
class LeavingTest {
  private static final ResourceKey ORDERS =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "orders");
  private static final ResourceKey PARENT = ApplySet.of(new MeshName("shop")).parent();
  private static final String SYNC = "meshkeel/sync/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private final FakeCluster west = new FakeCluster();
  private EngineRig rig;

  @BeforeEach
  void setUp() throws Exception {
    rig = new EngineRig(directory).cluster("east", east).cluster("west", west);
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
  }

  private static Map<String, String> mesh(String onRemoval, String... clusters) {
    Map<String, String> files = new HashMap<>(EngineRig.mesh("shop", "Report", clusters));
    files.computeIfPresent(
        "meshes/shop/mesh.yaml", (path, text) -> text + "  onRemoval: " + onRemoval + "\n");
    files.put("meshes/README.md", "what is here");
    return files;
  }

  private Revision start(String onRemoval, String... clusters) throws Exception {
    Revision first =
        rig.push(files(mesh(onRemoval, clusters), service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    return first;
  }

  private static Map<String, String> gone() {
    return Map.of(
        "meshes/shop/mesh.yaml", "",
        "meshes/shop/clusters/east.yaml", "",
        "meshes/shop/clusters/west.yaml", "",
        "meshes/shop/traffic/orders.yaml", "");
  }

  private void awaitLanes(int count) {
    await().until(() -> rig.reconciler().lanes().size() == count);
  }

  private static void assertReleased(FakeCluster cluster) throws Exception {
    LiveObject orders = cluster.get(ORDERS).orElseThrow();
    assertThat(orders.spec()).containsKeys("hosts", "http");
    assertThat(orders.labels()).isEmpty();
    assertThat(orders.owners()).isEmpty();
    assertThat(cluster.contents()).doesNotContainKey(PARENT);
  }

  @Test
  void aMeshThatLeavesIsReleasedAndTheParentGoesLast() throws Exception {
    start("Release", "east");
    east.forgetWrites();
    rig.push(gone());
    awaitLanes(0);
    assertReleased(east);
    assertThat(east.writes())
        .containsExactly("release Namespace istio-system", "release " + ORDERS, "delete " + PARENT);
  }

  @Test
  void aMeshThatLeavesWithDeleteTakesItsObjectsAlong() throws Exception {
    start("Delete", "east");
    east.forgetWrites();
    rig.push(gone());
    awaitLanes(0);
    assertThat(east.contents()).doesNotContainKeys(ORDERS, PARENT);
    assertThat(east.writes())
        .containsExactly("apply Namespace istio-system", "delete " + ORDERS, "delete " + PARENT);
  }

  @Test
  void aMeshThatLeftWhileTheServiceWasDownGoesAsItChose() throws Exception {
    start("Delete", "east");
    rig.stop();
    rig.push(gone());
    rig.start();
    await().until(() -> !east.contents().containsKey(PARENT));
    assertThat(east.contents()).doesNotContainKey(ORDERS);
    awaitLanes(0);
  }

  @Test
  void aRemovalThatWasCutOffIsFinishedByTheNextStart() throws Exception {
    start("Release", "east");
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicBoolean tried = new AtomicBoolean();
    east.fail((verb, what) -> {
      if (verb.equals("delete") && away.get()) {
        tried.set(true);
        return Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "cut off", true));
      }
      return Optional.empty();
    });
    rig.push(gone());
    await().untilTrue(tried);
    rig.stop();
    assertThat(east.contents()).containsKey(PARENT);
    away.set(false);
    rig.start();
    await().until(() -> !east.contents().containsKey(PARENT));
    assertReleased(east);
  }

  @Test
  void aClusterThatLeavesAMeshIsReleasedAndTheOthersStay() throws Exception {
    start("Release", "east", "west");
    Revision second = rig.push(Map.of("meshes/shop/clusters/west.yaml", ""));
    rig.awaitShown(second, SYNC, "success: 1/1 cluster in sync");
    awaitLanes(1);
    assertReleased(west);
    assertThat(east.get(ORDERS).orElseThrow().label(Labels.MESH)).isEqualTo("shop");
    assertThat(east.contents()).containsKey(PARENT);
  }

  @Test
  void aClusterThatLeftWhileTheServiceWasDownIsReleased() throws Exception {
    start("Release", "east", "west");
    rig.stop();
    rig.push(Map.of("meshes/shop/clusters/west.yaml", ""));
    rig.start();
    await().until(() -> !west.contents().containsKey(PARENT));
    assertReleased(west);
    assertThat(east.contents()).containsKeys(ORDERS, PARENT);
  }

  @Test
  void whatTheParentTellsCountsNotWhatWasNeverApplied() throws Exception {
    start("Release", "east");
    rig.stop();
    rig.push(mesh("Delete", "east"));
    rig.push(gone());
    rig.start();
    await().until(() -> !east.contents().containsKey(PARENT));
    assertReleased(east);
  }

  @Test
  void aCommitThatChangesTheChoiceWritesItToTheParent() throws Exception {
    start("Release", "east");
    east.forgetWrites();
    Revision second = rig.push(mesh("Delete", "east"));
    rig.awaitShown(second, SYNC, "success");
    assertThat(east.get(PARENT).orElseThrow().annotation(Labels.ON_REMOVAL)).isEqualTo("Delete");
    assertThat(east.writes()).containsExactly("apply " + PARENT);
  }

  @Test
  void anEmptyTreeDeletesNothingAndSaysSo() throws Exception {
    start("Delete", "east");
    east.forgetWrites();
    Map<String, String> all = new HashMap<>(gone());
    all.put("meshes/README.md", "");
    Revision empty = rig.push(all);
    rig.awaitShown(empty, "meshkeel/policy", "error: no file is left below meshes/");
    rig.stop();
    rig.start();
    await().until(() -> rig.reconciler().ready());
    assertThat(east.contents()).containsKeys(ORDERS, PARENT);
    assertThat(east.writes()).isEmpty();
  }

  @Test
  void aBrokenMeshFileIsNoRemoval() throws Exception {
    start("Delete", "east");
    Revision broken = rig.push(Map.of("meshes/shop/mesh.yaml", "kind: [Mesh"));
    rig.awaitShown(broken, "meshkeel/policy", "failure");
    rig.stop();
    rig.start();
    await().until(() -> rig.reconciler().ready());
    assertThat(east.contents()).containsKeys(ORDERS, PARENT);
  }

  @Test
  void aMeshThatComesBackIsAppliedAnew() throws Exception {
    start("Delete", "east");
    rig.push(gone());
    awaitLanes(0);
    Revision again =
        rig.push(files(mesh("Delete", "east"), service("shop", "shop-ns", "orders", "2s")));
    rig.awaitShown(again, SYNC, "success");
    assertThat(east.contents()).containsKeys(ORDERS, PARENT);
  }

  @Test
  void aDeadClusterThatLeftIsReleasedWhenItReturns() throws Exception {
    start("Release", "east", "west");
    AtomicBoolean dead = new AtomicBoolean(true);
    west.fail((verb, what) ->
        dead.get()
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "gone", true))
            : Optional.empty());
    west.breakWatches();
    Revision second = rig.push(Map.of("meshes/shop/clusters/west.yaml", ""));
    rig.awaitShown(second, SYNC, "success: 1/1 cluster in sync");
    assertThat(west.contents()).containsKeys(ORDERS, PARENT);
    dead.set(false);
    awaitLanes(1);
    assertReleased(west);
  }
}
