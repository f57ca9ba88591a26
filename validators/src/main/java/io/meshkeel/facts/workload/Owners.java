package io.meshkeel.facts.workload;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who controls a pod: {@code GetDeployMetaFromPod} in {@code pkg/kube/util.go} of istio/istio,
 * release 1.31.
 */
final class Owners {
  private static final Pattern CRON_JOB = Pattern.compile("^(.+)-\\d{8,10}$");

  private Owners() {}

  /**
   * @param kind for example {@code Deployment}
   * @param name of the owner
   */
  record Owner(String kind, String name) {}

  /**
   * The owner that a pod's own metadata tells; the pod itself if nothing controls it. A static or
   * hand-made pod has no {@code generateName}, but what controls it counts all the same: a
   * StatefulSet of old Kubernetes versions names its pods itself.
   */
  static Owner of(Manifest pod) {
    Map<String, String> labels = Labels.of(pod.labels());
    return controller(pod)
        .map(owner -> named(owner, labels))
        .orElseGet(() -> new Owner("Pod", pod.key().name()));
  }

  /** The owner reference with {@code controller: true}. A static pod's node doesn't count. */
  static Optional<Owner> controller(Manifest object) {
    return JsonTree.maps(object.metadata(), "ownerReferences").stream()
        .filter(reference -> Boolean.TRUE.equals(reference.get("controller")))
        .map(reference ->
            new Owner(
                JsonTree.string(reference, "kind", ""), JsonTree.string(reference, "name", "")))
        .filter(owner -> !owner.kind().equals("Node") && !owner.name().isEmpty())
        .findFirst();
  }

  private static Owner named(Owner owner, Map<String, String> labels) {
    return switch (owner.kind()) {
      case "ReplicaSet" ->
          stripped(owner, labels, "pod-template-hash", "Deployment")
              .or(() -> stripped(owner, labels, "rollouts-pod-template-hash", "Rollout"))
              .orElse(owner);
      case "ReplicationController" -> {
        String config = labels.getOrDefault("deploymentconfig", "");
        yield config.isEmpty() ? owner : new Owner("DeploymentConfig", config);
      }
      case "Job" -> {
        Matcher cron = CRON_JOB.matcher(owner.name());
        yield cron.matches() ? new Owner("CronJob", cron.group(1)) : owner;
      }
      default -> owner;
    };
  }

  private static Optional<Owner> stripped(
      Owner owner, Map<String, String> labels, String label, String kind) {
    String hash = labels.getOrDefault(label, "");
    String suffix = "-" + hash;
    return !hash.isEmpty()
            && owner.name().endsWith(suffix)
            && owner.name().length() > suffix.length()
        ? Optional.of(
            new Owner(kind, owner.name().substring(0, owner.name().length() - suffix.length())))
        : Optional.empty();
  }
}
