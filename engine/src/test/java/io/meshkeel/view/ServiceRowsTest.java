package io.meshkeel.view;

import static io.meshkeel.view.TestScene.namespace;
import static io.meshkeel.view.TestScene.service;
import static io.meshkeel.view.TestScene.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.view.ServiceRow.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceRowsTest {
  private static final String INJECTED = namespace("shop", "istio-injection: enabled");
  private static final String HTTP = "{port: 80, name: http-web, targetPort: 8080}";

  private static ServiceRow only(TestScene scene) {
    List<ServiceRow> rows = ServiceRows.rows(scene.scene());
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void servicesOfOneNameInSeveralClustersAreOne() {
    String all = INJECTED + service("shop", "web", HTTP) + workload("shop", "web", true);
    ServiceRow row = only(TestScene.ofMesh().hold("east", all).hold("west", all));
    assertThat(row.clusters()).containsExactly("east", "west");
    assertThat(row.state()).as(row.reason()).isEqualTo(State.NORMAL);
    assertThat(row.host()).isEqualTo("web.shop.svc.cluster.local");
    assertThat(row.ports()).containsExactly("80/HTTP");
    assertThat(row.pods()).isEqualTo(2);
    assertThat(row.ready()).isEqualTo(2);
    assertThat(row.workloads()).containsExactly("east/Deployment web", "west/Deployment web");
    assertThat(row.mesh()).isEqualTo("shop");
  }

  @Test
  void portsThatDifferBetweenClustersAreAbnormal() {
    ServiceRow row =
        only(
            TestScene.ofMesh()
                .hold("east", service("shop", "web", HTTP))
                .hold("west", service("shop", "web", "{port: 81, name: http}")));
    assertThat(row.state()).isEqualTo(State.ABNORMAL);
    assertThat(row.reason())
        .isEqualTo("clusters differ in ports: 80 http-web HTTP in east; 81 http HTTP in west");
    assertThat(row.fix()).isEmpty();
  }

  @Test
  void aTypeOrSelectorThatDiffersIsAbnormal() {
    String web =
        "apiVersion: v1\nkind: Service\nmetadata: {namespace: shop, name: web}\nspec: {%s}\n";
    ServiceRow row =
        only(
            TestScene.ofMesh()
                .hold("east", web.formatted("selector: {app: web}"))
                .hold("west", web.formatted("type: LoadBalancer, selector: {app: b}")));
    assertThat(row.state()).isEqualTo(State.ABNORMAL);
    assertThat(row.reason())
        .contains("type: ClusterIP in east; LoadBalancer in west")
        .contains("clusters differ in selector: app=b in west; app=web in east");
  }

  @Test
  void aServiceThatIsNotInjectedIsAWarningWithADeclarationThatMendsIt() {
    ServiceRow row =
        only(
            TestScene.ofMesh()
                .hold(
                    "east",
                    namespace("shop", "")
                        + service("shop", "web", HTTP)
                        + workload("shop", "web", false)));
    assertThat(row.state()).isEqualTo(State.WARNING);
    assertThat(row.reason()).startsWith("Deployment web in east is not injected: ");
    assertThat(row.fix()).containsEntry("kind", "NamespaceSidecar");
    assertThat(row.fix().get("spec"))
        .isEqualTo(
            Map.of(
                "namespaces", List.of("shop"),
                "clusters", List.of("east"),
                "injection", "Enabled"));
  }

  @Test
  void aServiceWhosePodsMustBeRestartedIsAWarning() {
    ServiceRow row =
        only(
            TestScene.ofMesh()
                .hold(
                    "east",
                    INJECTED + service("shop", "web", HTTP) + workload("shop", "web", false)));
    assertThat(row.state()).isEqualTo(State.WARNING);
    assertThat(row.reason()).startsWith("Deployment web in east must be restarted: ");
    assertThat(row.fix()).isEmpty();
  }

  @Test
  void aPortWithoutProtocolIsAWarningAndIsMendedOnlyIfItsNumberTells() {
    ServiceRow row =
        only(
            TestScene.ofMesh()
                .hold(
                    "east",
                    INJECTED
                        + service("shop", "web", "{port: 80, name: a}, {port: 7777, name: b}")
                        + workload("shop", "web", true)));
    assertThat(row.state()).isEqualTo(State.WARNING);
    assertThat(row.reason()).isEqualTo("the protocol of port 80, 7777 is not declared");
    assertThat(row.fix().get("spec"))
        .isEqualTo(
            Map.of(
                "service", Map.of("namespace", "shop", "name", "web"),
                "clusters", List.of("east"),
                "ports", List.of(Map.of("port", 80L, "appProtocol", "http"))));
    assertThat(Fixes.protocol("shop", "web", List.of("east"), List.of(7777L))).isEmpty();
  }

  @Test
  void aSelectorThatTakesNothingIsAWarningOnlyWherePodsWereLookedAt() {
    TestScene unknown = TestScene.ofMesh().hold("east", service("shop", "web", HTTP));
    assertThat(only(unknown).state()).isEqualTo(State.NORMAL);
    ServiceRow row = only(unknown.look("east", "Pod"));
    assertThat(row.state()).isEqualTo(State.WARNING);
    assertThat(row.reason()).isEqualTo("its selector takes no workload in east");
  }

  @Test
  void servicesOfTheSystemAreLeftOut() {
    assertThat(
            ServiceRows.rows(
                TestScene.ofMesh()
                    .hold("east", service("kube-system", "dns", HTTP))
                    .hold("east", service("istio-system", "istiod", HTTP))
                    .scene()))
        .isEmpty();
  }
}
