package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import java.util.Locale;
import java.util.Map;

/**
 * How far Kubernetes is with replacing the pods of a workload, by the rules of {@code kubectl
 * rollout status} ({@code pkg/polymorphichelpers/rollout_status.go} of kubernetes/kubectl).
 *
 * @param state in one word
 * @param detail in plain words; empty if there is nothing to say
 */
public record Rollout(State state, String detail) {
  /** How far. */
  public enum State {
    /** All pods are of the newest template and available, or the object has no pods. */
    DONE,
    /** Pods are being replaced. */
    ROLLING,
    /** Kubernetes gave up: its own deadline passed. */
    STUCK,
    /** Kubernetes waits for a hand: it was told not to replace pods by itself. */
    MANUAL
  }

  /** Nothing is under way. */
  public static final Rollout DONE = new Rollout(State.DONE, "");

  private static final String ROLLING_UPDATE = "RollingUpdate";

  /**
   * @param content of an object of any kind, as the server sent it
   */
  static Rollout of(Map<?, ?> content, GroupKind kind) {
    Map<String, Object> metadata = tree(content, "metadata");
    Map<String, Object> spec = tree(content, "spec");
    Map<String, Object> status = tree(content, "status");
    if (kind.equals(ObservedKinds.DEPLOYMENT)) {
      return deployment(metadata, spec, status);
    }
    if (kind.equals(ObservedKinds.DAEMON_SET)) {
      return daemonSet(metadata, spec, status);
    }
    if (kind.equals(ObservedKinds.STATEFUL_SET)) {
      return statefulSet(metadata, spec, status);
    }
    return DONE;
  }

  private static Rollout deployment(
      Map<String, Object> metadata, Map<String, Object> spec, Map<String, Object> status) {
    if (Boolean.TRUE.equals(spec.get("paused"))) {
      return new Rollout(State.MANUAL, "the Deployment is paused (spec.paused)");
    }
    if (unobserved(metadata, status)) {
      return rolling("Kubernetes has not seen the change yet");
    }
    for (Map<String, Object> condition : JsonTree.maps(status, "conditions")) {
      if (JsonTree.string(condition, "type", "").equals("Progressing")
          && JsonTree.string(condition, "reason", "").equals("ProgressDeadlineExceeded")) {
        return new Rollout(
            State.STUCK,
            "its spec.progressDeadlineSeconds passed with "
                + of(number(status, "availableReplicas"), number(spec, "replicas", 1))
                + " available");
      }
    }
    long wanted = number(spec, "replicas", 1);
    long updated = number(status, "updatedReplicas");
    if (updated < wanted) {
      return rolling(of(updated, wanted) + " new");
    }
    long all = number(status, "replicas");
    if (all > updated) {
      return rolling(of(all - updated, all) + " old and still there");
    }
    long available = number(status, "availableReplicas");
    return available < updated ? rolling(of(available, updated) + " available") : DONE;
  }

  private static Rollout daemonSet(
      Map<String, Object> metadata, Map<String, Object> spec, Map<String, Object> status) {
    if (unobserved(metadata, status)) {
      return rolling("Kubernetes has not seen the change yet");
    }
    long wanted = number(status, "desiredNumberScheduled");
    long updated = number(status, "updatedNumberScheduled");
    if (updated < wanted) {
      return byHand(JsonTree.map(spec, "updateStrategy"))
          ? onDelete(of(updated, wanted))
          : rolling(of(updated, wanted) + " new");
    }
    long available = number(status, "numberAvailable");
    return available < wanted ? rolling(of(available, wanted) + " available") : DONE;
  }

  private static Rollout statefulSet(
      Map<String, Object> metadata, Map<String, Object> spec, Map<String, Object> status) {
    if (unobserved(metadata, status)) {
      return rolling("Kubernetes has not seen the change yet");
    }
    long wanted = number(spec, "replicas", 1);
    long updated = number(status, "updatedReplicas");
    String current = JsonTree.string(status, "currentRevision", "");
    boolean same = current.equals(JsonTree.string(status, "updateRevision", ""));
    Map<String, Object> strategy = JsonTree.map(spec, "updateStrategy");
    if (!same && byHand(strategy) && updated < wanted) {
      return onDelete(of(updated, wanted));
    }
    long ready = number(status, "readyReplicas");
    if (ready < wanted) {
      return rolling(of(ready, wanted) + " ready");
    }
    long partition = number(JsonTree.map(strategy, "rollingUpdate"), "partition");
    if (partition > 0) {
      return updated < wanted - partition
          ? rolling(of(updated, wanted - partition) + " new, beyond its partition")
          : DONE;
    }
    return same || updated >= wanted ? DONE : rolling(of(updated, wanted) + " new");
  }

  private static boolean unobserved(Map<String, Object> metadata, Map<String, Object> status) {
    return number(metadata, "generation") > number(status, "observedGeneration");
  }

  private static boolean byHand(Map<String, Object> strategy) {
    return !JsonTree.string(strategy, "type", ROLLING_UPDATE).equals(ROLLING_UPDATE);
  }

  private static Rollout onDelete(String updated) {
    return new Rollout(
        State.MANUAL,
        updated + " new; with updateStrategy OnDelete a pod is replaced when it is deleted");
  }

  private static Rollout rolling(String detail) {
    return new Rollout(State.ROLLING, detail);
  }

  private static String of(long some, long all) {
    return String.format(Locale.ROOT, "%d of %d %s", some, all, all == 1 ? "pod" : "pods");
  }

  private static long number(Map<String, Object> tree, String field) {
    return number(tree, field, 0);
  }

  private static long number(Map<String, Object> tree, String field, long fallback) {
    return tree.get(field) instanceof Number number ? number.longValue() : fallback;
  }

  private static Map<String, Object> tree(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> value ? JsonTree.freeze(value) : Map.of();
  }
}
