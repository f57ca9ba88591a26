package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads that a commit restarts: a few at a time, each waited for. */
class RolloutsTest {
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String EAST = "meshkeel/sync/shop/east";
  private static final ResourceKey PARENT = ApplySet.of(new MeshName("shop")).parent();
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final JsonPath LEVEL =
      JsonPath.of("spec", "template", "metadata", "annotations", "sidecar.istio.io/logLevel");

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster().at(Instant.now().minusSeconds(300));
  private final FakeCluster west = new FakeCluster();
  private EngineRig rig;
  private Revision first;

  @BeforeEach
  void start() throws Exception {
    rig = new EngineRig(directory).cluster("east", east).cluster("west", west);
    first =
        rig.push(
            files(
                mesh("shop", "Report", "east", "west"),
                service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    NAMES.forEach(this::deploy);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static ResourceKey key(String name) {
    return new ResourceKey("apps", "Deployment", "shop-ns", name);
  }

  /** A Deployment whose pods are never ready until {@link #finish}. */
  private void deploy(String name) {
    east.handCreate(
        Manifest.of(
            Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", "shop-ns"),
                "spec",
                Map.of("template", Map.of("metadata", Map.of("labels", Map.of("app", name)))),
                "status",
                Map.of("replicas", 1L, "updatedReplicas", 0L))),
        "kubectl");
  }

  private void finish(String name) {
    east.handEdit(
        key(name),
        "controller",
        JsonPath.of("status"),
        Map.of("replicas", 1L, "updatedReplicas", 1L, "availableReplicas", 1L));
  }

  private void unfinish(String name) {
    east.handEdit(
        key(name),
        "controller",
        JsonPath.of("status"),
        Map.of("replicas", 1L, "updatedReplicas", 0L));
  }

  private Revision declare(String level) throws Exception {
    Map<String, String> own = new HashMap<>();
    for (String name : NAMES) {
      own.put(
          "meshes/shop/workloads/" + name + ".yaml",
          """
          apiVersion: meshkeel.io/v1alpha1
          kind: WorkloadSidecar
          metadata: {name: %1$s}
          spec:
            workload: {kind: Deployment, namespace: shop-ns, name: %1$s}
            logLevel: %2$s
          """
              .formatted(name, level));
    }
    return rig.push(own);
  }

  private boolean written(String name, String level) {
    try {
      return east.get(key(name))
          .flatMap(object -> LEVEL.find(Map.of("spec", object.spec())))
          .filter(level::equals)
          .isPresent();
    } catch (ClusterException e) {
      throw new AssertionError(e);
    }
  }

  private long count(String level) {
    return NAMES.stream().filter(name -> written(name, level)).count();
  }

  @Test
  void twoRollOutAtOnceAndTheNextFollowsWhenOneIsDone() throws Exception {
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out, 1 to follow");
    rig.awaitShown(next, "meshkeel/sync/shop/west", "success");
    assertThat(count("debug")).isEqualTo(2);

    finish("a");
    await().until(() -> count("debug") == 3);
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out: Deployment shop-ns/b");

    finish("b");
    finish("c");
    rig.awaitShown(next, SYNC, "success");
  }

  @Test
  void oneThatIsNotDoneInTimeFailsByNameAndDoesNotKeepTheOthersBack() throws Exception {
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out");

    rig.setTime(Instant.now().plus(ReconcilerOptions.DEFAULT_ROLLOUT_TIMEOUT.multipliedBy(2)));
    rig.push(Map.of("meshes/shop/note.txt", "x"));
    finish("b");
    await().until(() -> count("debug") == 3);
    finish("c");
    Revision last = rig.push(Map.of("meshes/shop/note.txt", "y"));
    rig.awaitShown(last, EAST, "failure: rollout_failed: Deployment shop-ns/a has not rolled out");

    finish("a");
    rig.awaitShown(last, SYNC, "success");
  }

  @Test
  void aNewerRevisionIsTakenWhileWorkloadsRollOut() throws Exception {
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out, 1 to follow");

    rig.push(service("shop", "shop-ns", "carts", "1s"));
    await()
        .until(() ->
            east.contents()
                .containsKey(
                    new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "carts")));
    Revision last = declare("info");
    NAMES.forEach(this::finish);
    rig.awaitShown(last, SYNC, "success");
    assertThat(count("info")).isEqualTo(3);
  }

  @Test
  void aRestartOfTheServiceGoesOnWhereItWas() throws Exception {
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out, 1 to follow");
    rig.stop();
    finish("a");
    rig.start();

    await().until(() -> count("debug") == 3);
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out: Deployment shop-ns/b");
    rig.stop();
    rig.start();
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out: Deployment shop-ns/b");
    finish("b");
    finish("c");
    rig.awaitShown(next, SYNC, "success");
  }

  @Test
  void oneThatMustNotRestartIsLeftAndSaidToBePending() throws Exception {
    Revision next =
        rig.push(
            Map.of(
                "meshes/shop/workloads/a.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: WorkloadSidecar
                metadata: {name: a}
                spec:
                  workload: {kind: Deployment, namespace: shop-ns, name: a}
                  logLevel: debug
                  restart: Never
                """));

    rig.awaitShown(next, EAST, "success: in sync, 1 object pending restart");
    assertThat(written("a", "debug")).isFalse();
  }

  @Test
  void aRestartOfTheServiceGivesNobodyMoreTime() throws Exception {
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out, 1 to follow");
    rig.stop();
    rig.setTime(Instant.now().plus(ReconcilerOptions.DEFAULT_ROLLOUT_TIMEOUT.multipliedBy(2)));
    rig.start();

    rig.awaitShown(next, EAST, "failure: rollout_failed: Deployment shop-ns/a has not rolled out");
    await().until(() -> count("debug") == 3);
  }

  @Test
  void whatAMeshThatLeavesWithDeleteRestartsIsAFewAtATimeToo() throws Exception {
    rig.push(
        Map.of(
            "meshes/shop/mesh.yaml",
            mesh("shop", "Report", "east", "west").get("meshes/shop/mesh.yaml")
                + "  onRemoval: Delete\n"));
    Revision next = declare("debug");
    rig.awaitShown(next, EAST, "pending: 2 workloads roll out");
    NAMES.forEach(this::finish);
    rig.awaitShown(next, SYNC, "success");
    NAMES.forEach(this::unfinish);

    Map<String, String> gone = new HashMap<>();
    gone.put("meshes/README.md", "what was here");
    for (String file : List.of("mesh", "clusters/east", "clusters/west", "traffic/orders")) {
      gone.put("meshes/shop/" + file + ".yaml", "");
    }
    NAMES.forEach(name -> gone.put("meshes/shop/workloads/" + name + ".yaml", ""));
    rig.push(gone);
    await().until(() -> count("debug") == 1);
    await().until(() -> rig.reconciler().lanes().size() == 1);
    assertThat(count("debug")).isEqualTo(1);
    assertThat(east.contents()).containsKey(PARENT);

    finish("a");
    await().until(() -> rig.reconciler().lanes().isEmpty());
    assertThat(count("debug")).isZero();
    assertThat(east.contents()).doesNotContainKey(PARENT);
  }
}
