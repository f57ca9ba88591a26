package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.report.PullRequest;
import io.meshkeel.report.Run;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
  private static final ResourceKey ORDERS =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "orders");
  private static final ResourceKey CART =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "cart");
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String DRIFT = "meshkeel/drift/shop";
  private static final String POLICY = "meshkeel/policy";

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

  private Revision startWithOrders(String driftMode) throws Exception {
    Revision first =
        rig.push(
            files(mesh("shop", driftMode, "east"), service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    rig.awaitShown(first, DRIFT, "success");
    return first;
  }

  private static String timeout(FakeCluster cluster, ResourceKey key) {
    return String.valueOf(cluster.contents().get(key)).replaceAll("(?s).*timeout=(\\w+).*", "$1");
  }

  @Test
  void aCommitIsJudgedAppliedToEveryClusterAndAnswered() throws Exception {
    Revision revision =
        rig.push(
            files(
                mesh("shop", "Report", "east", "west"),
                service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(revision, SYNC, "success: 2/2 clusters in sync");
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
    assertThat(timeout(west, ORDERS)).isEqualTo("1s");
    rig.awaitShown(revision, POLICY, "success: 1 mesh accepted");
    rig.awaitShown(revision, SYNC + "/east", "success: in sync");
    rig.awaitShown(revision, SYNC + "/west", "success: in sync");
    rig.awaitShown(revision, DRIFT, "success: in sync");
    assertThat(rig.reconciler().ready()).isTrue();
    assertThat(rig.forge.status(revision, SYNC).orElseThrow().target().toString())
        .isEqualTo("http://meshkeel.example/runs/" + Run.idOf(revision));
    assertThat(rig.store().get(Run.idOf(revision))).isPresent();
  }

  /** The state of each object that module config tells. */
  private List<String> configStates() {
    Module<?> config = Modules.find("config").orElseThrow();
    return config.json(rig.reconciler().scenes(), Module.Filter.ALL).stream()
        .filter(row -> !"Namespace".equals(row.get("kind")))
        .map(row -> row.get("name") + " " + row.get("state"))
        .toList();
  }

  @Test
  void theModulesFollowWhatIsAcceptedAndWatched() throws Exception {
    Revision first = startWithOrders("Report");
    Module<?> clusters = Modules.find("clusters").orElseThrow();
    await()
        .untilAsserted(() ->
            assertThat(clusters.json(rig.reconciler().scenes(), Module.Filter.ALL))
                .singleElement()
                .satisfies(row ->
                    assertThat(row)
                        .containsEntry("state", "Connected")
                        .containsEntry("revision", first.abbreviated())));
    await().untilAsserted(() -> assertThat(configStates()).containsExactly("orders InSync"));
    east.handEdit(ORDERS, "kubectl", JsonPath.of("spec", "http"), List.of());
    await().untilAsserted(() -> assertThat(configStates()).containsExactly("orders Differs"));
    east.handDelete(ORDERS);
    await().untilAsserted(() -> assertThat(configStates()).containsExactly("orders Missing"));
    Scene scene = rig.reconciler().scenes().getFirst();
    assertThat(scene.mesh()).isEqualTo("shop");
    assertThat(scene.findings()).isEmpty();
  }

  @Test
  void successIsSaidOnlyAfterTheLastClusterConfirmed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    west.fail((verb, what) -> {
      if (verb.equals("apply") && what.toString().contains("orders")) {
        awaitQuietly(release);
      }
      return Optional.empty();
    });
    Revision revision =
        rig.push(
            files(
                mesh("shop", "Report", "east", "west"),
                service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(revision, SYNC + "/east", "success");
    rig.awaitShown(revision, SYNC, "pending: 1/2 clusters in sync; waiting for west");
    release.countDown();
    rig.awaitShown(revision, SYNC, "success: 2/2");
    assertThat(rig.forge.posts().stream().filter(p -> p.status().context().equals(SYNC)))
        .extracting(p -> p.status().state().word())
        .endsWith("success")
        .containsOnlyOnce("success");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneChangedObjectIsOneWriteAndAtMostOneOfTheParent() throws Exception {
    rig.push(
        files(
            mesh("shop", "Report", "east"),
            service("shop", "shop-ns", "orders", "1s"),
            service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    await().until(() -> timeout(east, CART).equals("1s"));
    awaitAllInSync();
    east.forgetWrites();
    Revision second = rig.push(service("shop", "shop-ns", "orders", "2s"));
    rig.awaitShown(second, SYNC, "success");
    assertThat(timeout(east, ORDERS)).isEqualTo("2s");
    assertThat(east.writes().stream().filter(w -> w.contains("VirtualService"))).hasSize(1);
    assertThat(east.writes().stream().filter(w -> w.contains("ConfigMap"))).hasSizeLessThan(2);
    assertThat(east.writes()).hasSizeLessThanOrEqualTo(2);
  }

  private void awaitAllInSync() {
    await()
        .until(() ->
            !rig.reconciler().lanes().isEmpty()
                && rig.reconciler().lanes().stream()
                    .allMatch(l -> l.reached().isPresent() && l.reached().equals(l.target())));
  }

  @Test
  void aCommitThatChangesNothingInTheClusterIsNoRequest() throws Exception {
    startWithOrders("Report");
    AtomicBoolean called = new AtomicBoolean();
    east.forgetWrites();
    east.fail((verb, what) -> {
      called.set(true);
      return Optional.empty();
    });
    Revision second = rig.push(Map.of("README.md", "words"));
    rig.awaitShown(second, SYNC, "success: 1/1 cluster in sync");
    rig.awaitShown(second, DRIFT, "success");
    assertThat(called).isFalse();
    assertThat(east.writes()).isEmpty();
  }

  @Test
  void anObjectThatIsNoLongerDeclaredIsPruned() throws Exception {
    rig.push(
        files(
            mesh("shop", "Report", "east"),
            service("shop", "shop-ns", "orders", "1s"),
            service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    await().until(() -> east.contents().containsKey(CART));
    awaitAllInSync();
    Revision second = rig.push(Map.of("meshes/shop/traffic/cart.yaml", ""));
    rig.awaitShown(second, SYNC, "success");
    assertThat(east.contents()).doesNotContainKey(CART).containsKey(ORDERS);
  }

  @Test
  void aDeniedRevisionChangesNothingAndSaysWhereAndWhatStays() throws Exception {
    Revision first = startWithOrders("Report");
    east.forgetWrites();
    Revision denied = rig.push(service("shop", "shop-ns", "orders", "666s"));
    rig.awaitShown(denied, POLICY, "failure: 1 error: meshes/shop/traffic/orders.yaml:");
    rig.awaitShown(
        denied,
        SYNC,
        "failure: not applied: denied by policy; " + first.abbreviated() + " stays applied");
    rig.awaitShown(denied, DRIFT, "success: in sync");
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
    assertThat(east.writes()).isEmpty();
  }

  @Test
  void aBrokenFileDeniesItsMeshAndNoOther() throws Exception {
    rig.cluster("north", new FakeCluster());
    rig.push(
        files(
            mesh("shop", "Report", "east"),
            service("shop", "shop-ns", "orders", "1s"),
            mesh("bank", "Report", "west"),
            service("bank", "bank-ns", "pay", "1s")));
    rig.start();
    awaitLanes(2);
    awaitAllInSync();
    Revision second =
        rig.push(
            files(
                Map.of("meshes/shop/traffic/orders.yaml", "apiVersion: [broken"),
                service("bank", "bank-ns", "pay", "2s")));
    rig.awaitShown(second, "meshkeel/sync/bank", "success");
    rig.awaitShown(second, SYNC, "failure: not applied");
    rig.awaitShown(second, POLICY, "failure");
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
  }

  private void awaitLanes(int count) {
    await().until(() -> rig.reconciler().lanes().size() == count);
  }

  @Test
  void aDeadClusterDelaysNobodyAndReturnsToTheNewestRevision() throws Exception {
    AtomicBoolean dead = new AtomicBoolean(true);
    west.fail((verb, what) ->
        dead.get()
            ? Optional.of(
                FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "connection refused", true))
            : Optional.empty());
    Revision first =
        rig.push(
            files(
                mesh("shop", "Report", "east", "west"),
                service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC + "/east", "success");
    rig.awaitShown(first, SYNC + "/west", "failure: cluster_unreachable");
    rig.awaitShown(first, SYNC, "failure: 1/2 clusters in sync; west: cluster_unreachable");
    Revision second = rig.push(service("shop", "shop-ns", "orders", "2s"));
    Revision third = rig.push(service("shop", "shop-ns", "orders", "3s"));
    rig.awaitShown(third, SYNC + "/east", "success");
    assertThat(timeout(east, ORDERS)).isEqualTo("3s");
    dead.set(false);
    rig.awaitShown(third, SYNC, "success: 2/2");
    assertThat(timeout(west, ORDERS)).isEqualTo("3s");
    assertThat(west.writes().stream().filter(w -> w.contains("orders"))).hasSize(1);
    rig.awaitShown(first, SYNC, "success: superseded by " + third.abbreviated() + ", in sync");
    rig.awaitShown(second, SYNC, "success: superseded by " + third.abbreviated() + ", in sync");
  }

  @Test
  void aClusterWhoseCredentialIsMissingFailsAloneAndSaysSo() throws Exception {
    Revision revision =
        rig.push(
            files(
                mesh("shop", "Report", "east", "nowhere"),
                service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(revision, SYNC + "/east", "success");
    rig.awaitShown(
        revision, SYNC + "/nowhere", "failure: credential_invalid: there is no credential");
    rig.awaitShown(revision, SYNC, "failure: 1/2");
  }

  @Test
  void aRefusedObjectFailsWithItsReasonAndHealsWhenTheClusterTakesIt() throws Exception {
    AtomicBoolean refuse = new AtomicBoolean(true);
    east.fail((verb, what) ->
        refuse.get() && verb.equals("apply") && what.toString().contains("orders")
            ? Optional.of(FakeCluster.failure(FailureReason.APPLY_FAILED, "the disk is full", true))
            : Optional.empty());
    Revision revision =
        rig.push(
            files(
                mesh("shop", "Report", "east"),
                service("shop", "shop-ns", "orders", "1s"),
                service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    rig.awaitShown(revision, SYNC, "failure: 0/1 cluster in sync; east: apply_failed");
    assertThat(east.contents()).containsKey(CART);
    refuse.set(false);
    rig.awaitShown(revision, SYNC, "success");
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
  }

  @Test
  void aHandEditIsReportedWithObjectFieldAndHandAndLeftAlone() throws Exception {
    Revision first = startWithOrders("Report");
    east.handEdit(
        ORDERS, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil.example.com"));
    rig.awaitShown(first, DRIFT, "failure: east: VirtualService shop-ns/orders: spec.hosts");
    assertThat(rig.forge.shown(first, DRIFT)).contains("kubectl-edit");
    assertThat(rig.forge.shown(first, SYNC)).startsWith("success");
    east.forgetWrites();
    Revision other = rig.push(service("shop", "shop-ns", "cart", "1s"));
    rig.awaitShown(other, SYNC, "success");
    rig.awaitShown(other, DRIFT, "failure: east: VirtualService shop-ns/orders");
    assertThat(east.writes()).noneMatch(w -> w.contains("orders"));
    Revision change = rig.push(service("shop", "shop-ns", "orders", "2s"));
    rig.awaitShown(change, SYNC, "success");
    rig.awaitShown(change, DRIFT, "success");
    assertThat(String.valueOf(east.contents().get(ORDERS))).doesNotContain("evil");
  }

  @Test
  void aDeletedObjectIsDrift() throws Exception {
    Revision first = startWithOrders("Report");
    east.handDelete(ORDERS);
    rig.awaitShown(first, DRIFT, "failure: east: VirtualService shop-ns/orders");
  }

  @Test
  void whatAHandPutsBackIsNoLongerDrift() throws Exception {
    Revision first = startWithOrders("Report");
    JsonPath hosts = JsonPath.of("spec", "hosts");
    east.handEdit(ORDERS, "kubectl-edit", hosts, List.of("evil.example.com"));
    rig.awaitShown(first, DRIFT, "failure");
    east.handEdit(ORDERS, "kubectl-edit", hosts, List.of("orders.shop-ns.example.com"));
    rig.awaitShown(first, DRIFT, "success: in sync");
  }

  @Test
  void healPutsBackWhatAHandChangedOrDeleted() throws Exception {
    Revision first = startWithOrders("Heal");
    east.handEdit(
        ORDERS, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil.example.com"));
    await()
        .untilAsserted(() ->
            assertThat(String.valueOf(east.contents().get(ORDERS)))
                .contains("orders.shop-ns.example"));
    east.handDelete(ORDERS);
    await().untilAsserted(() -> assertThat(east.contents()).containsKey(ORDERS));
    rig.awaitShown(first, DRIFT, "success: in sync");
  }

  @Test
  void turningHealOnHealsWhatDriftedBefore() throws Exception {
    Revision first = startWithOrders("Report");
    east.handEdit(
        ORDERS, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil.example.com"));
    rig.awaitShown(first, DRIFT, "failure");
    Revision heal = rig.push(mesh("shop", "Heal", "east"));
    rig.awaitShown(heal, SYNC, "success");
    rig.awaitShown(heal, DRIFT, "success: in sync");
    assertThat(String.valueOf(east.contents().get(ORDERS))).contains("orders.shop-ns.example.com");
  }

  @Test
  void aPullRequestGetsItsVerdictAndNothingElse() throws Exception {
    startWithOrders("Report");
    Revision head =
        rig.origin.commit(
            "refs/pull/4/head", "refs/heads/main", service("shop", "shop-ns", "orders", "666s"));
    rig.forge.open(new PullRequest(4, head, "main", false));
    rig.reconciler().accept(new RepositoryEvent.PullRequestChanged(4));
    rig.awaitShown(head, POLICY, "failure: 1 error: meshes/shop/traffic/orders.yaml");
    assertThat(rig.forge.status(head, SYNC)).isEmpty();
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
    Revision better =
        rig.origin.commit(
            "refs/pull/4/head", "refs/pull/4/head", service("shop", "shop-ns", "orders", "5s"));
    rig.forge.open(new PullRequest(4, better, "main", false));
    rig.reconciler().accept(new RepositoryEvent.PullRequestChanged(4));
    rig.awaitShown(better, POLICY, "success");
  }

  @Test
  void aPolicyEngineThatIsAwayIsAnErrorAndNeverAPass() throws Exception {
    EngineRig.WordJudge judge = new EngineRig.WordJudge();
    rig.judgedBy(judge);
    startWithOrders("Report");
    judge.broken = true;
    Revision second = rig.push(service("shop", "shop-ns", "orders", "2s"));
    rig.awaitShown(second, POLICY, "error: shop: OPA does not answer");
    rig.awaitShown(second, SYNC, "error: not applied: policy could not be asked");
    assertThat(timeout(east, ORDERS)).isEqualTo("1s");
    judge.broken = false;
    rig.awaitShown(second, SYNC, "success");
    rig.awaitShown(second, POLICY, "success");
    assertThat(timeout(east, ORDERS)).isEqualTo("2s");
  }

  @Test
  void revisionsThatABurstPassedThroughTakeTheResultOfTheNewest() throws Exception {
    startWithOrders("Report");
    Revision a = rig.origin.commit(service("shop", "shop-ns", "orders", "2s"));
    Revision b = rig.origin.commit(service("shop", "shop-ns", "orders", "666s"));
    Revision c = rig.push(service("shop", "shop-ns", "orders", "3s"));
    rig.awaitShown(c, SYNC, "success: 1/1");
    rig.awaitShown(a, SYNC, "success: superseded by " + c.abbreviated() + ", in sync");
    rig.awaitShown(a, POLICY, "success");
    rig.awaitShown(b, POLICY, "failure");
    assertThat(east.writes().stream().filter(w -> w.contains("orders"))).hasSize(2);
  }
}
