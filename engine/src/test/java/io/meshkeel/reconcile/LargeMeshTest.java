package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cost follows the change: what one change takes in a mesh of thousands of objects. */
class LargeMeshTest {
  private static final int OBJECTS = 2_000;
  private static final int ROUNDS = 9;

  /** Far above what it takes, far below what looking at every object would. */
  private static final Duration BOUND = Duration.ofMillis(1_500);

  @TempDir Path directory;

  @Test
  void oneChangeAmongThousandsIsOneWriteAndTakesNoLookAtTheRest() throws Exception {
    FakeCluster east = new FakeCluster();
    east.pageSize(500);
    try (EngineRig rig = new EngineRig(directory).cluster("east", east)) {
      Map<String, String> all = new HashMap<>();
      for (int i = 0; i < OBJECTS; i++) {
        all.putAll(service("shop", "shop-ns", "svc-" + i, "1s"));
      }
      Revision first = rig.push(files(mesh("shop", "Report", "east"), all));
      rig.start();
      rig.awaitShown(first, "meshkeel/drift/shop", "success");

      List<Duration> commits = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        east.forgetWrites();
        long start = System.nanoTime();
        Revision next = rig.push(service("shop", "shop-ns", "svc-7", (i + 2) + "s"));
        rig.awaitShown(next, "meshkeel/sync/shop", "success");
        commits.add(Duration.ofNanos(System.nanoTime() - start));
        assertThat(east.writes()).filteredOn(w -> w.contains("VirtualService")).hasSize(1);
        assertThat(east.writes()).hasSizeLessThanOrEqualTo(2);
      }
      List<Duration> drifts = new ArrayList<>();
      Revision head = rig.push(Map.of("README.md", "x"));
      rig.awaitShown(head, "meshkeel/drift/shop", "success");
      ResourceKey key =
          new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "svc-9");
      for (int i = 0; i < ROUNDS; i++) {
        boolean back = i % 2 == 1;
        long start = System.nanoTime();
        east.handEdit(
            key,
            "kubectl-edit",
            JsonPath.of("spec", "hosts"),
            List.of(back ? "svc-9.shop-ns.example.com" : "evil.example.com"));
        rig.awaitShown(head, "meshkeel/drift/shop", back ? "success" : "failure");
        drifts.add(Duration.ofNanos(System.nanoTime() - start));
      }
      assertThat(median(commits)).isLessThan(BOUND);
      assertThat(median(drifts)).isLessThan(BOUND);
      await().until(() -> rig.reconciler().problem().isEmpty());
    }
  }

  private static List<Duration> sorted(List<Duration> all) {
    List<Duration> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted;
  }

  private static Duration median(List<Duration> all) {
    return sorted(all).get(all.size() / 2);
  }
}
