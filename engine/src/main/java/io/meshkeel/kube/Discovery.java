package io.meshkeel.kube;

import io.meshkeel.kube.Transport.Answer;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ObservedKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which of the kinds Meshkeel looks at a server serves: one call of the aggregated discovery API
 * (Kubernetes 1.30 and later).
 */
final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Transport transport;
  private final ReentrantLock first = new ReentrantLock();
  private volatile @Nullable Map<GroupKind, ServedKind> known;

  Discovery(Transport transport) {
    this.transport = transport;
  }

  /** A kind as last found; asks when nothing was asked yet. */
  ServedKind kind(GroupKind kind, String what) throws ClusterException {
    ServedKind served = known().get(kind);
    if (served == null) {
      throw new ClusterException(
          FailureReason.KIND_NOT_SERVED,
          what + ": the cluster doesn't serve " + kind + "; install its CRD",
          false,
          null);
    }
    return served;
  }

  private Map<GroupKind, ServedKind> known() throws ClusterException {
    Map<GroupKind, ServedKind> found = known;
    if (found != null) {
      return found;
    }
    first.lock();
    try {
      Map<GroupKind, ServedKind> meanwhile = known;
      return meanwhile != null ? meanwhile : ask();
    } finally {
      first.unlock();
    }
  }

  Map<GroupKind, ServedKind> ask() throws ClusterException {
    String what = "ask what is served";
    Answer answer = transport.call("GET", "/apis", null, null, AGGREGATED);
    if (!answer.good()) {
      throw Refusal.of(answer.code(), Json.statusOf(answer.body()), what);
    }
    Map<?, ?> list;
    try {
      list = Json.map(answer.body());
    } catch (IOException e) {
      throw transport.unreachable(what + ": the answer is no JSON", e);
    }
    if (!"APIGroupDiscoveryList".equals(list.get("kind"))) {
      throw new ClusterException(
          FailureReason.CLUSTER_UNREACHABLE,
          what + ": the cluster has no aggregated discovery; Kubernetes 1.30 or later is needed",
          false,
          null);
    }
    Map<GroupKind, ServedKind> served = new HashMap<>();
    served.put(Kinds.NAMESPACE, core(Kinds.NAMESPACE, "namespaces", false));
    served.put(Kinds.CONFIG_MAP, core(Kinds.CONFIG_MAP, "configmaps", true));
    served.put(ObservedKinds.SERVICE, core(ObservedKinds.SERVICE, "services", true));
    served.put(ObservedKinds.POD, core(ObservedKinds.POD, "pods", true));
    served.put(ObservedKinds.SECRET, core(ObservedKinds.SECRET, "secrets", true));
    served.put(
        ObservedKinds.SERVICE_ACCOUNT,
        core(ObservedKinds.SERVICE_ACCOUNT, "serviceaccounts", true));
    for (Map<?, ?> group : Json.maps(list.get("items"))) {
      String name =
          group.get("metadata") instanceof Map<?, ?> metadata
              ? String.valueOf(metadata.get("name"))
              : "";
      for (Map<?, ?> version : Json.maps(group.get("versions"))) {
        for (Map<?, ?> resource : Json.maps(version.get("resources"))) {
          add(served, name, String.valueOf(version.get("version")), resource);
        }
      }
    }
    Map<GroupKind, ServedKind> result = Map.copyOf(served);
    known = result;
    return result;
  }

  private static void add(
      Map<GroupKind, ServedKind> served, String group, String version, Map<?, ?> resource) {
    Map<?, ?> type = resource.get("responseKind") instanceof Map<?, ?> map ? map : Map.of();
    GroupKind kind = new GroupKind(group, String.valueOf(type.get("kind")));
    if (!Kinds.APPLIED.contains(kind) && !ObservedKinds.ALL.contains(kind)) {
      return;
    }
    ServedKind before = served.get(kind);
    List<String> versions = new ArrayList<>(before == null ? List.of() : before.versions());
    versions.add(version);
    served.put(
        kind,
        new ServedKind(
            kind,
            String.valueOf(resource.get("resource")),
            "Namespaced".equals(resource.get("scope")),
            versions));
  }

  private static ServedKind core(GroupKind kind, String plural, boolean namespaced) {
    return new ServedKind(kind, plural, namespaced, List.of("v1"));
  }
}
