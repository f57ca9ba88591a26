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
import io.meshkeel.report.ForgeException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private static final ResourceKey ORDERS =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "orders");
  private static final ResourceKey CART =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "cart");
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String DRIFT = "meshkeel/drift/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private EngineRig rig;

  @BeforeEach
  void setUp() throws Exception {
    rig = new EngineRig(directory).cluster("east", east);
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
  }

  private Revision startWithOrders(String mode) throws Exception {
    Revision first =
        rig.push(files(mesh("shop", mode, "east"), service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    rig.awaitShown(first, DRIFT, "success");
    return first;
  }

  private String timeout() {
    return String.valueOf(east.contents().get(ORDERS)).replaceAll("(?s).*timeout=(\\w+).*", "$1");
  }

  private void awaitReached(Revision revision) {
    await()
        .until(() ->
            rig.reconciler().lanes().stream()
                .anyMatch(l -> l.reached().equals(Optional.of(revision))));
  }

  @Test
  void aStartWithNothingToDoWritesNothingAndPostsNothing() throws Exception {
    Revision first = startWithOrders("Report");
    rig.stop();
    east.forgetWrites();
    int posts = rig.forge.posts().size();
    rig.start();
    awaitReached(first);
    await().until(() -> rig.forge.asked() > 1);
    assertThat(east.writes()).isEmpty();
    assertThat(rig.forge.posts()).hasSize(posts);
  }

  @Test
  void whatWasPushedWhileAwayIsAppliedAndItsPassedRevisionsAnswered() throws Exception {
    startWithOrders("Report");
    rig.stop();
    Revision second = rig.push(service("shop", "shop-ns", "orders", "2s"));
    Revision third = rig.push(service("shop", "shop-ns", "orders", "3s"));
    rig.start();
    rig.awaitShown(third, SYNC, "success");
    rig.awaitShown(second, SYNC, "success: superseded by");
    assertThat(timeout()).isEqualTo("3s");
  }

  @Test
  void anApplyThatWasCutOffIsFinishedByTheNextStart() throws Exception {
    startWithOrders("Report");
    AtomicInteger left = new AtomicInteger(3);
    east.fail((verb, what) ->
        verb.equals("apply") && what.toString().contains("svc") && left.getAndDecrement() <= 0
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "cut off", true))
            : Optional.empty());
    Map<String, String> many = new java.util.HashMap<>();
    for (int i = 0; i < 20; i++) {
      many.putAll(service("shop", "shop-ns", "svc" + i, "1s"));
    }
    Revision second = rig.push(many);
    await().until(() -> left.get() < 0);
    rig.stop();
    east.fail((verb, what) -> Optional.empty());
    rig.start();
    rig.awaitShown(second, SYNC, "success");
    rig.awaitShown(second, DRIFT, "success");
    assertThat(
            east.contents().keySet().stream()
                .filter(k -> k.kind().equals("VirtualService"))
                .count())
        .isEqualTo(21);
  }

  @Test
  void whatAnUnfinishedRevisionWroteIsTakenBackByARevert() throws Exception {
    startWithOrders("Report");
    east.fail((verb, what) ->
        verb.equals("apply") && what.toString().contains("stuck")
            ? Optional.of(FakeCluster.failure(FailureReason.APPLY_FAILED, "no", true))
            : Optional.empty());
    Revision second =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "2s"),
                service("shop", "shop-ns", "extra", "1s"),
                service("shop", "shop-ns", "stuck", "1s")));
    rig.awaitShown(second, SYNC, "failure");
    await().until(() -> timeout().equals("2s"));
    Revision revert =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "1s"),
                Map.of("meshes/shop/traffic/extra.yaml", ""),
                Map.of("meshes/shop/traffic/stuck.yaml", "")));
    rig.awaitShown(revert, SYNC, "success");
    rig.awaitShown(revert, DRIFT, "success");
    assertThat(timeout()).isEqualTo("1s");
    assertThat(east.contents().keySet()).noneMatch(k -> k.name().equals("extra"));
  }

  @Test
  void driftThatHappenedWhileAwayIsFoundByTheStartAndNotOverwritten() throws Exception {
    Revision first = startWithOrders("Report");
    rig.stop();
    east.handEdit(
        ORDERS, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil.example.com"));
    Revision second = rig.push(service("shop", "shop-ns", "cart", "1s"));
    rig.start();
    rig.awaitShown(second, SYNC, "success");
    rig.awaitShown(second, DRIFT, "failure: east: VirtualService shop-ns/orders: spec.hosts");
    assertThat(String.valueOf(east.contents().get(ORDERS))).contains("evil");
    assertThat(rig.forge.shown(first, DRIFT)).startsWith("success");
  }

  @Test
  void aStartOnADeniedHeadKeepsWhatWasAcceptedAndMeasuresDriftAgainstIt() throws Exception {
    Revision first = startWithOrders("Heal");
    Revision denied = rig.push(service("shop", "shop-ns", "orders", "666s"));
    rig.awaitShown(denied, SYNC, "failure");
    rig.stop();
    rig.start();
    awaitReached(first);
    east.handDelete(ORDERS);
    await().until(() -> timeout().equals("1s"));
    rig.awaitShown(denied, DRIFT, "success");
  }

  @Test
  void aStartOnADeniedHeadWithoutItsDataGoesByWhatTheClustersSay() throws Exception {
    Revision first = startWithOrders("Heal");
    Revision denied = rig.push(service("shop", "shop-ns", "orders", "666s"));
    rig.awaitShown(denied, SYNC, "failure");
    rig.stop();
    deleteTree(directory.resolve("data"));
    rig.start();
    awaitReached(first);
    east.handDelete(ORDERS);
    await().until(() -> timeout().equals("1s"));
  }

  private void loseDataAndHistory() throws Exception {
    rig.stop();
    deleteTree(directory.resolve("data"));
    rig.origin.dropHistory();
  }

  @Test
  void anAppliedRevisionThatIsGoneIsAnErrorOfDriftAndNothingIsPruned() throws Exception {
    Revision first =
        rig.push(
            files(
                mesh("shop", "Heal", "east"),
                service("shop", "shop-ns", "orders", "1s"),
                service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    rig.awaitShown(first, DRIFT, "success");
    loseDataAndHistory();
    Revision second =
        rig.push(
            files(
                mesh("shop", "Heal", "east"),
                Map.of("meshes/shop/traffic/cart.yaml", ""),
                service("shop", "shop-ns", "orders", "2s")));
    rig.start();
    String gone = "revision " + first.abbreviated() + ", which was applied here, is not in the";
    rig.awaitShown(second, DRIFT, "error: can't be told: east: " + gone);
    rig.awaitShown(second, SYNC, "failure: 0/1 cluster in sync; east: prune_refused");
    assertThat(lane().failure()).contains("meshkeel.io/confirm-prune: \"1\"");
    assertThat(timeout()).isEqualTo("2s");
    rig.stop();
    rig.start();
    await().until(() -> !rig.reconciler().lanes().isEmpty() && !lane().failure().isEmpty());
    assertThat(east.contents()).containsKey(CART);

    Map<String, String> confirmed = new java.util.HashMap<>(mesh("shop", "Heal", "east"));
    confirmed.computeIfPresent(
        "meshes/shop/mesh.yaml",
        (path, text) ->
            text.replace(
                "{name: shop}", "{name: shop, annotations: {meshkeel.io/confirm-prune: \"1\"}}"));
    Revision third = rig.push(confirmed);
    rig.awaitShown(third, SYNC, "success");
    rig.awaitShown(third, DRIFT, "success");
    assertThat(east.contents()).doesNotContainKey(CART).containsKey(ORDERS);
  }

  @Test
  void anAppliedRevisionThatIsGoneUnderADeniedHeadIsAnErrorOfDrift() throws Exception {
    Revision first = startWithOrders("Heal");
    loseDataAndHistory();
    east.forgetWrites();
    Revision denied =
        rig.push(files(mesh("shop", "Heal", "east"), service("shop", "shop-ns", "orders", "666s")));
    rig.start();
    rig.awaitShown(denied, DRIFT, "error: can't be told: east: revision " + first.abbreviated());
    assertThat(east.writes()).isEmpty();
    Revision fixed = rig.push(service("shop", "shop-ns", "orders", "3s"));
    rig.awaitShown(fixed, SYNC, "success");
    rig.awaitShown(fixed, DRIFT, "success");
    assertThat(timeout()).isEqualTo("3s");
  }

  private LaneStatus lane() {
    return rig.reconciler().lanes().getFirst();
  }

  @Test
  void statusesThatTheForgeMissedAreToldAfterTheNextStart() throws Exception {
    ForgeException away = new ForgeException("502", true, null, null);
    ForgeException[] outage = new ForgeException[2_000];
    java.util.Arrays.fill(outage, away);
    rig.forge.failNext(outage);
    Revision first =
        rig.push(files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "orders", "1s")));
    rig.start();
    awaitReached(first);
    assertThat(rig.forge.posts()).isEmpty();
    rig.stop();
    rig.forge.heal();
    rig.start();
    rig.awaitShown(first, SYNC, "success");
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
