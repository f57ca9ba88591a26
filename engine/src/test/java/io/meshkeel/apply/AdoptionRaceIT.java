package io.meshkeel.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On a real API server, someone creates an object between our plan and our write. */
class AdoptionRaceIT {
  private final KubeApiServer server = SharedServers.kubeApiServer();
  private final String namespace = SharedServers.newNamespace();
  private final ResourceKey key =
      new ResourceKey("networking.istio.io", "VirtualService", namespace, "a");

  private Map<String, Object> spec() {
    return Map.of(
        "hosts",
        List.of("a.example.com"),
        "http",
        List.of(Map.of("route", List.of(Map.of("destination", Map.of("host", "a"))))));
  }

  private GenericKubernetesResource found() {
    return server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace(namespace)
        .withName("a")
        .get();
  }

  @Test
  void anObjectThatSomeoneCreatedMeanwhileIsWhatItWas() throws Exception {
    DesiredState desired =
        Declared.state(
            Declared.object(
                "networking.istio.io/v1", key.kind(), namespace, "a", Map.of(), spec()));
    try (KubeCluster cluster =
        KubeCluster.connect(ControlPlane.kubeconfig(server, "control-plane"))) {
      Plan plan =
          Planner.plan(desired, LiveSnapshot.list(cluster, Declared.MESH, List.of(namespace)));
      server.apply(
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {name: a, namespace: %s, labels: {team: x}}
          spec:
            hosts: [a.example.com]
            exportTo: ["."]
            http:
            - route:
              - destination: {host: a}
          """
              .formatted(namespace));
      GenericKubernetesResource before = found();
      ApplyResult result =
          new Applier(4)
              .apply(
                  plan,
                  cluster,
                  LiveSnapshot.list(cluster, Declared.MESH, List.of(namespace)),
                  Optional.empty(),
                  () -> false);
      assertThat(result.outcomes().get(key))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).isEqualTo(FailureReason.ADOPTION_REFUSED));
      GenericKubernetesResource after = found();
      assertThat(after.getAdditionalProperties()).isEqualTo(before.getAdditionalProperties());
      assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
      assertThat(after.getMetadata().getManagedFields())
          .isEqualTo(before.getMetadata().getManagedFields());
    }
  }
}
