package io.meshkeel.view;

import static io.meshkeel.view.TestScene.namespace;
import static io.meshkeel.view.TestScene.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SidecarsTest {
  private static List<SidecarRow> rows(String yaml) {
    return Sidecars.rows(TestScene.ofMesh().hold("east", yaml).scene());
  }

  @Test
  void aNamespaceComesBeforeItsWorkloads() {
    List<SidecarRow> rows =
        rows(namespace("shop", "istio-injection: enabled") + workload("shop", "web", true));
    assertThat(rows).extracting(SidecarRow::kind).containsExactly("Namespace", "Deployment");
    assertThat(rows)
        .allSatisfy(row -> {
          assertThat(row.state()).isEqualTo("Injected");
          assertThat(row.expected()).isEqualTo("YES");
          assertThat(row.revision()).isEqualTo("default");
          assertThat(row.injected()).isEqualTo(1);
          assertThat(row.pods()).isEqualTo(1);
          assertThat(row.reason()).contains("istio-injection=enabled");
          assertThat(row.clusters()).containsExactly("east");
        });
  }

  @Test
  void oneWorkloadThatWaitsForARestartMakesItsNamespaceWait() {
    List<SidecarRow> rows =
        rows(
            namespace("shop", "istio-injection: enabled")
                + workload("shop", "api", true)
                + workload("shop", "web", false));
    assertThat(rows)
        .extracting(SidecarRow::state)
        .containsExactly("PendingRestart", "Injected", "PendingRestart");
    assertThat(rows.getFirst().reason()).startsWith("1 Injected, 1 PendingRestart; ");
    assertThat(rows.getFirst().injected()).isEqualTo(1);
    assertThat(rows.getFirst().pods()).isEqualTo(2);
  }

  @Test
  void withoutALabelNothingIsInjected() {
    List<SidecarRow> rows = rows(namespace("shop", "") + workload("shop", "web", false));
    assertThat(rows).extracting(SidecarRow::state).containsOnly("Uninjected");
    assertThat(rows).extracting(SidecarRow::expected).containsOnly("NO");
    assertThat(rows.getLast().reason())
        .isEqualTo("neither the namespace nor the pod asks for injection");
  }

  @Test
  void whatIsDeclaredAndNotInTheTemplateWaitsForARestart() {
    String workload = workload("shop", "web", true);
    List<SidecarRow> rows =
        Sidecars.rows(
            TestScene.ofMesh()
                .declare(
                    "own.yaml",
                    """
                    apiVersion: meshkeel.io/v1alpha1
                    kind: WorkloadSidecar
                    metadata: {name: web}
                    spec:
                      workload: {kind: Deployment, namespace: shop, name: web}
                      logLevel: debug
                      restart: Never
                    """)
                .hold("east", namespace("shop", "istio-injection: enabled") + workload)
                .scene());

    assertThat(rows.getLast().state()).isEqualTo("PendingRestart");
    assertThat(rows.getLast().reason()).contains("own.yaml", "restart: Never");
  }

  @Test
  void anEmptyNamespaceTellsWhatANewPodWouldGet() {
    assertThat(rows(namespace("new", "istio-injection: enabled")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.state()).isEqualTo("Injected");
          assertThat(row.pods()).isZero();
        });
  }

  @Test
  void resourcesAreThoseThatAWorkloadAsksFor() {
    List<SidecarRow> rows =
        rows(
            namespace("shop", "")
                + """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {namespace: shop, name: web}
                spec:
                  template:
                    metadata:
                      labels: {app: web}
                      annotations:
                        sidecar.istio.io/proxyCPU: 100m
                        sidecar.istio.io/proxyMemoryLimit: 1Gi
                """);
    assertThat(rows.getLast().resources()).isEqualTo("cpu=100m memoryLimit=1Gi");
  }

  @Test
  void systemNamespacesAndClustersThatWereNotLookedAtAreLeftOut() {
    assertThat(rows(namespace("kube-system", "") + namespace("istio-system", ""))).isEmpty();
    assertThat(Sidecars.rows(TestScene.ofMesh().scene())).isEmpty();
  }
}
