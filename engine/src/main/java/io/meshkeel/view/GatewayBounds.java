package io.meshkeel.view;

import io.meshkeel.facts.workload.LabelSelector;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Within which bounds Kubernetes may change the number of a workload's pods. */
final class GatewayBounds {
  private GatewayBounds() {}

  /** Least and most pods of the autoscalers of a workload; empty if there is none. */
  static String autoscaling(SceneCluster cluster, Workload workload) {
    return cluster.of(ObservedKinds.AUTOSCALER).stream()
        .filter(scaler -> scaler.key().namespace().equals(workload.key().namespace()))
        .filter(scaler -> {
          Map<String, Object> target = JsonTree.map(scaler.spec(), "scaleTargetRef");
          return workload.key().kind().equals(target.get("kind"))
              && workload.key().name().equals(target.get("name"));
        })
        .map(scaler ->
            scaler.spec().getOrDefault("minReplicas", 1L)
                + "-"
                + scaler.spec().getOrDefault("maxReplicas", "?"))
        .collect(Collectors.joining(", "));
  }

  /** What the disruption budgets that take a workload's pods allow; empty if there is none. */
  static String disruption(SceneCluster cluster, Workload workload) {
    return cluster.of(ObservedKinds.DISRUPTION_BUDGET).stream()
        .filter(budget -> budget.key().namespace().equals(workload.key().namespace()))
        .filter(budget -> takes(budget, workload))
        .flatMap(GatewayBounds::allowed)
        .collect(Collectors.joining(", "));
  }

  private static boolean takes(Manifest budget, Workload workload) {
    return LabelSelector.of(JsonTree.map(budget.spec(), "selector")).matches(workload.labels());
  }

  private static Stream<String> allowed(Manifest budget) {
    return Stream.of("minAvailable", "maxUnavailable")
        .filter(budget.spec()::containsKey)
        .map(field -> field + " " + budget.spec().get(field));
  }
}
