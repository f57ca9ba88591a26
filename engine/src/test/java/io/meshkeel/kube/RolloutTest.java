package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshkeel.kube.Rollout.State;
import io.meshkeel.model.GroupKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of {@code kubectl rollout status}. */
class RolloutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deployment | {} | {replicas: 1, updatedReplicas: 1, availableReplicas: 1} | DONE | ",
        "Deployment | {replicas: 3} | {updatedReplicas: 1} | ROLLING | 1 of 3 pods new",
        "Deployment | {replicas: 2} | {replicas: 3, updatedReplicas: 2} | ROLLING | 1 of 3 pods old",
        "Deployment | {replicas: 2} | {replicas: 2, updatedReplicas: 2, availableReplicas: 1} | ROLLING | 1 of 2 pods available",
        "Deployment | {replicas: 2} | {replicas: 2, updatedReplicas: 2, availableReplicas: 2} | DONE | ",
        "Deployment | {replicas: 0} | {} | DONE | ",
        "Deployment | {replicas: 2, paused: true} | {updatedReplicas: 0} | MANUAL | paused",
        "Deployment | {replicas: 2} | {updatedReplicas: 1, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]} | STUCK | 0 of 2 pods available",
        "DaemonSet | {} | {desiredNumberScheduled: 3, updatedNumberScheduled: 1} | ROLLING | 1 of 3 pods new",
        "DaemonSet | {} | {desiredNumberScheduled: 1, updatedNumberScheduled: 1} | ROLLING | 0 of 1 pod available",
        "DaemonSet | {} | {desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1} | DONE | ",
        "DaemonSet | {updateStrategy: {type: OnDelete}} | {desiredNumberScheduled: 1} | MANUAL | OnDelete",
        "StatefulSet | {replicas: 2} | {readyReplicas: 1, updatedReplicas: 1, currentRevision: a, updateRevision: b} | ROLLING | 1 of 2 pods ready",
        "StatefulSet | {replicas: 2} | {readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b} | ROLLING | 1 of 2 pods new",
        "StatefulSet | {replicas: 2} | {readyReplicas: 2, currentRevision: b, updateRevision: b} | DONE | ",
        "StatefulSet | {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}} | {readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b} | DONE | ",
        "StatefulSet | {replicas: 2, updateStrategy: {type: OnDelete}} | {readyReplicas: 2, updatedReplicas: 0, currentRevision: a, updateRevision: b} | MANUAL | OnDelete",
        "ReplicaSet | {replicas: 2} | {} | DONE | ",
      })
  void aRolloutIsToldByTheRulesOfKubectl(
      String kind, String spec, String status, State state, @Nullable String detail) {
    Rollout rollout = rollout(kind, 0, spec, status);

    assertThat(rollout.state()).isEqualTo(state);
    assertThat(rollout.detail()).contains(detail == null ? "" : detail);
  }

  @ParameterizedTest
  @CsvSource({"Deployment", "DaemonSet", "StatefulSet"})
  void aChangeThatNoControllerSawIsNotDone(String kind) {
    assertThat(
            rollout(kind, 2, "{replicas: 0}", "{observedGeneration: 1, readyReplicas: 0}").state())
        .isEqualTo(State.ROLLING);
  }

  private static Rollout rollout(String kind, long generation, String spec, String status) {
    String yaml =
        "metadata: {generation: %d}\nspec: %s\nstatus: %s\n".formatted(generation, spec, status);
    return Rollout.of(Serialization.unmarshal(yaml, Map.class), new GroupKind("apps", kind));
  }
}
