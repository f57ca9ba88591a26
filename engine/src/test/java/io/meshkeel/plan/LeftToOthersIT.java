package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real API server: {@code meshkeel.io/ignore}, as beside a tool that shifts weights. */
class LeftToOthersIT {
  private static final String WEIGHTS = "/spec/http/[name=main]/route/*/weight";

  private final KubeApiServer server = SharedServers.kubeApiServer();
  private final String namespace = SharedServers.newNamespace();
  private final ResourceKey key =
      new ResourceKey("networking.istio.io", "VirtualService", namespace, "a");
  private KubeCluster cluster;

  @BeforeEach
  void connect() throws Exception {
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(server, "control-plane"));
  }

  /** Other tests list what the mesh has on this server. */
  @AfterEach
  void leaveNothing() {
    cluster.close();
    server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", key.kind())
        .inNamespace(namespace)
        .withName("a")
        .delete();
  }

  private static Map<String, Object> to(String host, int weight) {
    return Map.of("destination", Map.of("host", host), "weight", weight);
  }

  private DesiredState desired(String timeout, Map<String, String> annotations) {
    return Declared.state(
        Declared.object(
            "networking.istio.io/v1",
            key.kind(),
            namespace,
            "a",
            annotations,
            Map.of(
                "hosts",
                List.of("a.example.com"),
                "http",
                List.of(
                    Map.of(
                        "name",
                        "main",
                        "timeout",
                        timeout,
                        "route",
                        List.of(to("stable", 100), to("canary", 0)))))));
  }

  private DesiredState desired(String timeout) {
    return desired(timeout, Map.of(Labels.IGNORE, WEIGHTS));
  }

  private LiveSnapshot live() throws Exception {
    return LiveSnapshot.list(cluster, Declared.MESH, List.of(namespace));
  }

  private Plan plan(DesiredState desired) throws Exception {
    return Planner.plan(desired, live());
  }

  private ApplyResult applied(Plan plan) throws Exception {
    return new Applier(4).apply(plan, cluster, live(), Optional.empty(), () -> false);
  }

  private void shift(int canary) {
    hand(
        """
        [{"op": "replace", "path": "/spec/http/0/route/0/weight", "value": %d},
         {"op": "replace", "path": "/spec/http/0/route/1/weight", "value": %d}]
        """
            .formatted(100 - canary, canary));
  }

  private void hand(String patch) {
    server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace(namespace)
        .withName("a")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("shifter")
                .build(),
            patch);
  }

  private GenericKubernetesResource found() {
    return server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace(namespace)
        .withName("a")
        .require();
  }

  private List<Object> weights() {
    return List.of(
        found().<Object>get("spec", "http", 0, "route", 0, "weight"),
        found().<Object>get("spec", "http", 0, "route", 1, "weight"));
  }

  @Test
  void whatAnotherHandShiftsIsNoDriftAndStaysThroughACommit() throws Exception {
    assertThat(applied(plan(desired("5s"))).complete()).isTrue();
    assertThat(weights()).as("as declared at first").containsExactly(100, 0);
    assertThat(found().getMetadata().getAnnotations()).isNullOrEmpty();

    shift(30);
    assertThat(plan(desired("5s")).isEmpty()).isTrue();

    Plan next = plan(desired("6s"));
    assertThat(next.changes())
        .filteredOn(change -> change.key().equals(key))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update ->
                assertThat(update.differences())
                    .extracting(difference -> difference.path().toString())
                    .containsExactly("spec.http[0].timeout"));
    assertThat(applied(next).complete()).isTrue();
    assertThat(weights()).containsExactly(70, 30);
    assertThat(found().<Object>get("spec", "http", 0, "timeout")).isEqualTo("6s");
    assertThat(plan(desired("6s")).isEmpty()).isTrue();

    shift(60);
    assertThat(plan(desired("6s")).isEmpty()).isTrue();
  }

  @Test
  void anythingElseThatTheHandChangesIsDrift() throws Exception {
    applied(plan(desired("5s")));
    shift(30);
    hand("[{\"op\": \"replace\", \"path\": \"/spec/http/0/timeout\", \"value\": \"9s\"}]");

    Plan plan = plan(desired("5s"));
    assertThat(plan.isEmpty()).isFalse();
    assertThat(applied(plan).complete()).isTrue();
    assertThat(found().<Object>get("spec", "http", 0, "timeout")).isEqualTo("5s");
    assertThat(weights()).containsExactly(70, 30);
  }

  @Test
  void aShiftBetweenPlanAndWriteIsNotUndone() throws Exception {
    applied(plan(desired("5s")));
    Plan stale = plan(desired("6s"));
    shift(30);

    assertThat(applied(stale).outcomes().get(key))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(FailureReason.APPLY_CONFLICT));
    assertThat(weights()).containsExactly(70, 30);
    assertThat(applied(plan(desired("6s"))).complete()).isTrue();
    assertThat(weights()).containsExactly(70, 30);
  }

  @Test
  void withoutTheAnnotationTheDeclaredWeightsAreWrittenAgain() throws Exception {
    applied(plan(desired("5s")));
    shift(30);

    assertThat(applied(plan(desired("5s", Map.of()))).complete()).isTrue();
    assertThat(weights()).containsExactly(100, 0);
  }

  @Test
  void anObjectThatIsTakenOverKeepsWhatIsLeftToOthers() throws Exception {
    server.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: a, namespace: %s, labels: {istio.io/rev: canary}}
        spec:
          hosts: [a.example.com]
          http:
          - name: main
            timeout: 1s
            route:
            - {destination: {host: stable}, weight: 20}
            - {destination: {host: canary}, weight: 80}
        """
            .formatted(namespace));
    Map<String, String> annotations = new HashMap<>();
    annotations.put(Labels.ADOPT, "true");
    annotations.put(Labels.IGNORE, WEIGHTS + ", /metadata/labels/istio.io~1rev");

    assertThat(applied(plan(desired("5s", annotations))).complete()).isTrue();
    assertThat(weights()).containsExactly(20, 80);
    assertThat(found().<Object>get("spec", "http", 0, "timeout")).isEqualTo("5s");
    assertThat(found().getMetadata().getLabels()).containsEntry("istio.io/rev", "canary");
    assertThat(plan(desired("5s", annotations)).isEmpty()).isTrue();
  }
}
