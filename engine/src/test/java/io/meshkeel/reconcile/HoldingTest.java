package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.AppliedRevision;
import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person holds an object for a while. */
class HoldingTest {
  private static final ResourceKey ORDERS =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "orders");
  private static final ResourceKey CART =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "cart");
  private static final JsonPath HOSTS = JsonPath.of("spec", "hosts");
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String DRIFT = "meshkeel/drift/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private EngineRig rig;

  @BeforeEach
  void setUp() throws Exception {
    rig = new EngineRig(directory).cluster("east", east);
    rig.setTime(Instant.parse("2026-11-01T09:00:00Z"));
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
  }

  private Revision start(String mode) throws Exception {
    Revision first =
        rig.push(
            files(
                mesh("shop", mode, "east"),
                service("shop", "shop-ns", "orders", "1s"),
                service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    rig.awaitShown(first, DRIFT, "success");
    return first;
  }

  private void hold(String until) {
    annotate(Labels.HOLD_REASON, "incident 42");
    annotate(Labels.HOLD_UNTIL, until);
  }

  private void annotate(String name, String value) {
    east.handEdit(ORDERS, "kubectl-annotate", JsonPath.of("metadata", "annotations", name), value);
  }

  private String orders() {
    return String.valueOf(east.contents().get(ORDERS));
  }

  /** The lane looks again at a time after all holds. */
  private void letTimePass() {
    rig.setTime(Instant.parse("2026-11-01T13:00:00Z"));
    east.handEdit(CART, "kubectl-label", JsonPath.of("metadata", "labels", "x"), "y");
  }

  @Test
  void healingLeavesAHeldObjectAloneAndPutsItBackAfterwards() throws Exception {
    Revision first = start("Heal");
    hold("2026-11-01T12:00:00Z");
    east.handEdit(ORDERS, "kubectl-edit", HOSTS, List.of("evil.example.com"));
    rig.awaitShown(
        first,
        DRIFT,
        "failure: east: VirtualService shop-ns/orders differs and is held until"
            + " 2026-11-01T12:00:00Z (\"incident 42\")");
    assertThat(orders()).contains("evil");
    letTimePass();
    rig.awaitShown(first, DRIFT, "success: in sync");
    assertThat(orders()).doesNotContain("evil");
  }

  @Test
  void aNewRevisionLeavesAHeldObjectAloneAndIsAppliedAfterwards() throws Exception {
    Revision first = start("Report");
    hold("2026-11-01T12:00:00Z");
    Revision second =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "2s"),
                service("shop", "shop-ns", "cart", "2s")));
    rig.awaitShown(second, SYNC + "/east", "success: in sync, 1 object changed, 1 object held");
    rig.awaitShown(second, DRIFT, "failure: east: VirtualService shop-ns/orders differs and is");
    assertThat(orders()).contains("timeout=1s");
    assertThat(String.valueOf(east.contents().get(CART))).contains("timeout=2s");
    assertThat(recorded()).isEqualTo(first);
    letTimePass();
    rig.awaitShown(second, DRIFT, "success: in sync");
    assertThat(orders()).contains("timeout=2s");
    assertThat(recorded()).isEqualTo(second);
  }

  @Test
  void whatIsOwedIsKnownAfterARestart() throws Exception {
    start("Report");
    hold("2026-11-01T12:00:00Z");
    Revision second = rig.push(service("shop", "shop-ns", "orders", "2s"));
    rig.awaitShown(second, DRIFT, "failure: east: VirtualService shop-ns/orders differs and is");
    rig.stop();
    rig.start();
    await().until(() -> rig.reconciler().lanes().stream().anyMatch(l -> l.drifted() == 1));
    assertThat(orders()).contains("timeout=1s");
    letTimePass();
    await().untilAsserted(() -> assertThat(orders()).contains("timeout=2s"));
  }

  @Test
  void aHandEditThatWasHeldStaysDriftInModeReport() throws Exception {
    Revision first = start("Report");
    hold("2026-11-01T12:00:00Z");
    east.handEdit(ORDERS, "kubectl-edit", HOSTS, List.of("evil.example.com"));
    rig.awaitShown(first, DRIFT, "failure: east: VirtualService shop-ns/orders differs and is");
    letTimePass();
    rig.awaitShown(first, DRIFT, "failure: east: VirtualService shop-ns/orders: spec.hosts");
    assertThat(orders()).contains("evil");
  }

  @Test
  void aHoldThatIsNotHonouredIsTold() throws Exception {
    Revision first = start("Heal");
    hold("next week");
    rig.awaitShown(
        first,
        DRIFT,
        "failure: east: VirtualService shop-ns/orders meshkeel.io/hold-until is not honoured");
    east.handEdit(ORDERS, "kubectl-edit", HOSTS, List.of("evil.example.com"));
    await().untilAsserted(() -> assertThat(orders()).doesNotContain("evil"));
  }

  private Revision recorded() {
    return AppliedRevision.of(
            LiveSnapshot.of(east.all(), east.kinds()), ApplySet.of(new MeshName("shop")))
        .orElseThrow();
  }
}
