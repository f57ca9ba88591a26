package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cost follows the change: what one change takes in a mesh of thousands of objects. */
class LargeMeshTest {
  private static final int OBJECTS = 2_000;
  private static final int ROUNDS = 4;

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

      for (int i = 0; i < ROUNDS; i++) {
        east.forgetWrites();
        Revision next = rig.push(service("shop", "shop-ns", "svc-7", (i + 2) + "s"));
        rig.awaitShown(next, "meshkeel/sync/shop", "success");
        assertThat(east.writes()).filteredOn(w -> w.contains("VirtualService")).hasSize(1);
        assertThat(east.writes()).hasSizeLessThanOrEqualTo(2);
      }
      Revision head = rig.push(Map.of("README.md", "x"));
      rig.awaitShown(head, "meshkeel/drift/shop", "success");
      ResourceKey key =
          new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "svc-9");
      for (int i = 0; i < ROUNDS; i++) {
        boolean back = i % 2 == 1;
        east.handEdit(
            key,
            "kubectl-edit",
            JsonPath.of("spec", "hosts"),
            List.of(back ? "svc-9.shop-ns.example.com" : "evil.example.com"));
        rig.awaitShown(head, "meshkeel/drift/shop", back ? "success" : "failure");
      }
      await().until(() -> rig.reconciler().problem().isEmpty());
    }
  }
}
