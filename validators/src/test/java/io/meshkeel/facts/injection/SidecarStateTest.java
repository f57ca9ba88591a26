package io.meshkeel.facts.injection;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SidecarStateTest {
  private static String namespace(String labels) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}\n---\n"
        .formatted(labels);
  }

  private static String deployment(String containers) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [%s]}}}
    ---
    """
        .formatted(containers);
  }

  private static String pod(String name, String annotations, String containers) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: shop
      labels: {app: web, pod-template-hash: abc}
      annotations: {%s}
      ownerReferences: [{kind: ReplicaSet, name: web-abc, controller: true}]
    spec: {containers: [%s]}
    ---
    """
        .formatted(name, annotations, containers);
  }

  private static String injected(String name, String revision) {
    return pod(
        name,
        "sidecar.istio.io/status: '{\"revision\":\"" + revision + "\"}'",
        "{name: web}, {name: istio-proxy, image: p}");
  }

  private static String bare(String name) {
    return pod(name, "", "{name: web}");
  }

  private static SidecarState state(String yaml) {
    ClusterInventory east = cluster("east", yaml);
    List<Workload> workloads = Workloads.of(east).all();
    assertThat(workloads).hasSize(1);
    return ClusterInjection.of(east, List.of(), MeshSpecs.revision("default"))
        .state(workloads.getFirst());
  }

  @Test
  void goesFromUninjectedOverPendingRestartToInjected() {
    String pods = deployment("{name: web}") + bare("a") + bare("b");
    SidecarState before = state(namespace("") + pods);
    SidecarState labelled = state(namespace("istio-injection: enabled") + pods);
    SidecarState rolling =
        state(
            namespace("istio-injection: enabled")
                + deployment("{name: web}")
                + bare("a")
                + injected("c", "default"));
    SidecarState rolled =
        state(
            namespace("istio-injection: enabled")
                + deployment("{name: web}")
                + injected("c", "default")
                + injected("d", "default"));

    assertThat(before.state()).isEqualTo(SidecarState.State.UNINJECTED);
    assertThat(before.reason()).isEqualTo("neither the namespace nor the pod asks for injection");
    assertThat(labelled.state()).isEqualTo(SidecarState.State.PENDING_RESTART);
    assertThat(labelled.reason())
        .isEqualTo(
            "2 of 2 pods have no proxy, new ones would:"
                + " namespace label istio-injection=enabled");
    assertThat(rolling.state()).isEqualTo(SidecarState.State.PENDING_RESTART);
    assertThat(rolling.injected()).isEqualTo(1);
    assertThat(rolling.pods()).isEqualTo(2);
    assertThat(rolled.state()).isEqualTo(SidecarState.State.INJECTED);
    assertThat(rolled.revisions()).containsExactly("default");
  }

  @Test
  void turnedOffInjectionNeedsARestartToo() {
    SidecarState state =
        state(
            namespace("istio-injection: disabled")
                + deployment("{name: web}")
                + injected("a", "default"));

    assertThat(state.state()).isEqualTo(SidecarState.State.PENDING_RESTART);
    assertThat(state.reason())
        .isEqualTo(
            "1 of 1 pod has a proxy, new ones would not:"
                + " namespace label istio-injection=disabled");
  }

  @Test
  void aProxyOfAnotherRevisionNeedsARestart() {
    SidecarState state =
        state(
            namespace("istio.io/rev: default")
                + deployment("{name: web}")
                + injected("a", "1-30")
                + injected("b", "default"));

    assertThat(state.state()).isEqualTo(SidecarState.State.PENDING_RESTART);
    assertThat(state.reason())
        .isEqualTo("proxies of revision 1-30 run, new ones would be of default");
    assertThat(state.revisions()).containsExactly("1-30", "default");
  }

  @Test
  void aTemplateWithAProxyOfItsOwnIsInjected() {
    SidecarState state =
        state(
            namespace("")
                + deployment("{name: web}, {name: istio-proxy, image: p}")
                + pod("a", "", "{name: web}, {name: istio-proxy, image: p}"));

    assertThat(state.state()).isEqualTo(SidecarState.State.INJECTED);
    assertThat(state.reason()).isEqualTo("its template has a proxy of its own");
  }

  @Test
  void aGatewayWhoseImageIsNotFilledInHasNoProxy() {
    String auto = "{name: istio-proxy, image: auto}";
    SidecarState state = state(namespace("") + deployment(auto) + pod("a", "", auto));

    assertThat(state.state()).isEqualTo(SidecarState.State.UNINJECTED);
  }

  @Test
  void withoutPodsTheExpectationCounts() {
    SidecarState on = state(namespace("istio-injection: enabled") + deployment("{name: web}"));
    SidecarState off = state(namespace("") + deployment("{name: web}"));

    assertThat(on.state()).isEqualTo(SidecarState.State.INJECTED);
    assertThat(on.reason()).isEqualTo("no pod runs; namespace label istio-injection=enabled");
    assertThat(off.state()).isEqualTo(SidecarState.State.UNINJECTED);
    assertThat(off.pods()).isZero();
  }

  @Test
  void whereNothingIsKnownOfTheNamespaceThePodsTell() {
    assertThat(state(bare("a")).state()).isEqualTo(SidecarState.State.UNINJECTED);
    assertThat(state(injected("a", "x")).state()).isEqualTo(SidecarState.State.INJECTED);
    assertThat(state(injected("a", "x") + bare("b")).state())
        .isEqualTo(SidecarState.State.PENDING_RESTART);
    assertThat(state(bare("a")).expected().answer()).isEqualTo(Expectation.Answer.UNKNOWN);
  }

  @Test
  void aWorkloadEntryTellsItself() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata: {name: vm, namespace: shop, labels: {%s}}
        """;

    assertThat(state(entry.formatted("security.istio.io/tlsMode: istio")).state())
        .isEqualTo(SidecarState.State.INJECTED);
    assertThat(state(entry.formatted("")).state()).isEqualTo(SidecarState.State.UNINJECTED);
  }

  @Test
  void wordsAreThoseOfReports() {
    assertThat(SidecarState.State.values())
        .extracting(SidecarState.State::word)
        .containsExactly("Injected", "Uninjected", "PendingRestart");
  }
}
