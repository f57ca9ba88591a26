package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.ServedFields;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that serves less than is declared, from commit to status. */
class ServesTest {
  private static final String SYNC = "meshkeel/sync/shop";
  private static final Map<String, String> NEWER =
      Map.of(
          "meshes/shop/traffic/newer.yaml",
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {name: newer, namespace: shop-ns}
          spec:
            hosts: [newer.example.com]
            mirrors: []
          """);

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private final AtomicInteger reads = new AtomicInteger();
  private EngineRig rig;

  @BeforeEach
  void setUp() throws Exception {
    rig = new EngineRig(directory).cluster("east", east);
    serve("hosts", "http");
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
  }

  private void serve(String... fields) {
    east.published =
        asked -> {
          reads.incrementAndGet();
          return ServedFields.of("VirtualService", fields);
        };
  }

  private Revision push(Map<String, String> more) throws Exception {
    return rig.push(
        files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "orders", "1s"), more));
  }

  @Test
  void aFieldThatTheClusterLacksIsToldWithItsPlaceUntilTheClusterServesIt() throws Exception {
    Revision revision = push(NEWER);
    rig.start();
    rig.awaitShown(
        revision,
        SYNC + "/east",
        "failure: field_not_served: VirtualService shop-ns/newer: meshes/shop/traffic/newer.yaml:6:3:"
            + " cluster east doesn't serve spec.mirrors");
    assertThat(east.contents().toString())
        .contains("orders.shop-ns.example.com")
        .doesNotContain("newer");

    serve("hosts", "http", "mirrors");
    rig.awaitShown(revision, SYNC + "/east", "success");
    assertThat(east.contents().toString()).contains("newer.example.com");
  }

  @Test
  void aPlanAsksForNoSchemas() throws Exception {
    Revision first = push(Map.of());
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    Revision second = push(service("shop", "shop-ns", "cart", "1s"));
    rig.awaitShown(second, SYNC, "success");

    assertThat(reads).hasValue(1);
  }

  @Test
  void whereSchemasMayNotBeReadTheApiServerJudges() throws Exception {
    east.fail((verb, _) ->
        verb.equals("schemas")
            ? Optional.of(
                new ClusterException(
                    FailureReason.CLUSTER_FORBIDDEN, "may not read /openapi/v3", false, null))
            : Optional.empty());
    Revision revision = push(NEWER);
    rig.start();

    rig.awaitShown(revision, SYNC, "success");
  }
}
