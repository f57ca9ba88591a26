package io.meshkeel.live;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.AppliedRevision;
import io.meshkeel.apply.Applier;
import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.DriftEntry;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.PlanText;
import io.meshkeel.plan.Planner;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * View, plan and apply together on an API server of their own, with no more rights than {@code
 * deploy/rbac} grants. The tests tell one story and run in order.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveViewIT {
  private static final Revision ONE = new Revision("1".repeat(40));
  private static final Revision TWO = new Revision("2".repeat(40));
  private static final ResourceKey ROUTE = Declared.key("VirtualService", "reviews");
  private static final Set<ResourceKey> TOUCHED = ConcurrentHashMap.newKeySet();

  private static KubeApiServer server;
  private static KubeCluster cluster;
  private static LiveView view;

  @BeforeAll
  static void connect() throws Exception {
    server = SharedServers.newKubeApiServer();
    Kubeconfig kubeconfig = ControlPlane.kubeconfig(server, "control-plane");
    cluster = KubeCluster.connect(kubeconfig, Duration.ofSeconds(30));
    LiveOptions options =
        new LiveOptions(
            Declared.MESH,
            List.of(),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Clock.systemUTC(),
            () -> 0.5,
            UnaryOperator.identity());
    view = LiveView.start(cluster, options, TOUCHED::addAll);
    await().until(view::ready);
  }

  @AfterAll
  static void disconnect() {
    view.close();
    cluster.close();
    server.close();
  }

  private static Manifest httpRoute() {
    return Declared.object(
        "gateway.networking.k8s.io/v1",
        "HTTPRoute",
        "shop",
        "reviews",
        Map.of(),
        Map.of(
            "parentRefs",
            List.of(Map.of("name", "public")),
            "rules",
            List.of(Map.of("backendRefs", List.of(Map.of("name", "reviews", "port", 8080))))));
  }

  private static DesiredState first() {
    return Declared.state(
        Declared.route("reviews", "reviews", "public"),
        Declared.rule("reviews", "reviews"),
        Declared.gateway("public"),
        httpRoute());
  }

  private static void apply(DesiredState desired, Revision revision) {
    var result =
        new Applier(Applier.DEFAULT_IN_FLIGHT)
            .apply(Planner.plan(desired, view), cluster, view, Optional.of(revision), () -> false);
    assertThat(result.complete()).as(result.toString()).isTrue();
  }

  private static void awaitSynced(DesiredState desired) {
    await()
        .untilAsserted(() -> {
          Plan plan = Planner.plan(desired, view);
          assertThat(plan.isEmpty()).as(PlanText.of(plan)).isTrue();
        });
  }

  @Test
  @Order(1)
  void afterAnApplyTheViewSaysThatNothingIsLeftToDo() {
    apply(first(), ONE);
    awaitSynced(first());
    await()
        .until(() -> AppliedRevision.of(view, ApplySet.of(Declared.MESH)).equals(Optional.of(ONE)));
  }

  @Test
  @Order(2)
  void aHandIsSeenNamedAndPutRight() {
    TOUCHED.clear();
    ControlPlane.handEdit(
        server, ROUTE, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil"));
    ControlPlane.handEdit(
        server, ROUTE, "kubectl-label", JsonPath.of("metadata", "labels", "istio.io/rev"), "x");
    await().until(() -> view.get(ROUTE).orElseThrow().labels().containsKey("istio.io/rev"));
    // The listener is told a moment after the view shows it.
    await()
        .untilAsserted(() ->
            assertThat(TOUCHED)
                .filteredOn(key -> key.group().endsWith("istio.io"))
                .containsExactly(ROUTE));
    List<DriftEntry> drift = DriftEntry.of(Planner.plan(first(), view, Set.of(ROUTE)));
    assertThat(drift)
        .extracting(entry -> entry.manager().orElseThrow())
        .containsExactly("kubectl-label", "kubectl-edit");
    assertThat(drift.getLast().oneLine())
        .contains("spec.hosts[0] is \"evil\", declared \"reviews\", by kubectl-edit");
    apply(first(), ONE);
    awaitSynced(first());
  }

  @Test
  @Order(3)
  void aFieldThatAHandAddsToAGatewayApiObjectIsPutRight() {
    ControlPlane.handEdit(
        server,
        httpRoute().key(),
        "kubectl-edit",
        JsonPath.of("spec", "hostnames"),
        List.of("evil.example.com"));
    await().until(() -> !Planner.plan(first(), view).isEmpty());
    apply(first(), ONE);
    awaitSynced(first());
  }

  @Test
  @Order(4)
  void aDeletedObjectComesBack() {
    ControlPlane.handDelete(server, ROUTE);
    await().until(() -> view.get(ROUTE).isEmpty());
    assertThat(DriftEntry.of(Planner.plan(first(), view)))
        .singleElement()
        .matches(entry -> entry.sort() == DriftEntry.Sort.DELETED);
    apply(first(), ONE);
    awaitSynced(first());
  }

  @Test
  @Order(5)
  void whatIsNoLongerDeclaredGoesAndNothingElse() {
    server.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: {name: theirs, namespace: shop}
        spec: {egress: [{hosts: ["./*"]}]}
        """);
    ResourceKey theirs = Declared.key("Sidecar", "theirs");
    await().until(() -> view.get(theirs).isPresent());
    DesiredState less =
        Declared.state(
            Declared.route("reviews", "reviews", "public"),
            Declared.gateway("public"),
            httpRoute());
    apply(less, TWO);
    awaitSynced(less);
    assertThat(view.get(Declared.key("DestinationRule", "reviews"))).isEmpty();
    assertThat(view.get(theirs)).isPresent();
    assertThat(view.inventory(ApplySet.of(Declared.MESH).id())).hasSize(3);
  }

  @Test
  @Order(6)
  void anApiServerThatDiesInTheMiddleOfAnApplyIsContinuedWhenItComesBack() {
    List<Manifest> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      many.add(Declared.route("a" + i, "a" + i));
    }
    many.add(Declared.route("reviews", "reviews", "public"));
    many.add(Declared.gateway("public"));
    many.add(httpRoute());
    DesiredState desired = Declared.state(Declared.mesh(Declared.SPEC, Map.of()), many);
    Plan plan = Planner.plan(desired, view);
    AtomicInteger asked = new AtomicInteger();
    var result =
        new Applier(Applier.DEFAULT_IN_FLIGHT)
            .apply(
                plan,
                cluster,
                view,
                Optional.of(ONE),
                () -> {
                  // Asked before each write.
                  if (asked.incrementAndGet() == 150) {
                    server.kill();
                  }
                  return false;
                });
    assertThat(result.complete()).isFalse();
    assertThat(result.retryable()).as(result.toString()).isTrue();
    await()
        .until(
            () -> view.status().failure().equals(Optional.of(FailureReason.CLUSTER_UNREACHABLE)));
    assertThat(AppliedRevision.of(view, ApplySet.of(Declared.MESH))).contains(TWO);
    server.restart();
    await().until(() -> view.status().failure().isEmpty());
    await()
        .untilAsserted(() ->
            assertThat(Planner.plan(desired, view).steps()).isNotEmpty().hasSizeLessThan(400));
    apply(desired, ONE);
    awaitSynced(desired);
    assertThat(view.inventory(ApplySet.of(Declared.MESH).id())).hasSize(403);
  }
}
