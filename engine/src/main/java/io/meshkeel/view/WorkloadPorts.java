package io.meshkeel.view;

import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadPort;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ports of a workload that Services lead to, with the protocol that the Service gives them; of
 * two Services the first by name counts.
 */
record WorkloadPorts(Map<Long, Protocol> protocols) {
  static WorkloadPorts of(SceneCluster cluster, Workload workload) {
    Map<Long, Protocol> protocols = new TreeMap<>();
    for (Manifest service : cluster.of(ObservedKinds.SERVICE)) {
      Map<String, String> selector = Labels.of(JsonTree.map(service.spec(), "selector"));
      if (service.key().namespace().equals(workload.key().namespace())
          && !selector.isEmpty()
          && workload.selectedBy(selector)) {
        for (Map<String, Object> port : JsonTree.maps(service.spec(), "ports")) {
          Protocol protocol = Services.protocol(port);
          if (protocol != Protocol.UDP) {
            target(port, workload).ifPresent(number -> protocols.putIfAbsent(number, protocol));
          }
        }
      }
    }
    return new WorkloadPorts(protocols);
  }

  /** {@code targetPort}: a number, the name of a container's port, or the same as the port. */
  private static Optional<Long> target(Map<String, Object> port, Workload workload) {
    Object target = port.get("targetPort");
    if (target instanceof Long number) {
      return Optional.of(number);
    }
    if (target instanceof String name) {
      return workload.shape().ports().stream()
          .filter(own -> own.name().equals(name))
          .map(WorkloadPort::number)
          .findFirst();
    }
    return Optional.of(Istiod.number(port, "port", 0));
  }

  Set<Long> numbers() {
    return protocols.keySet();
  }

  /** The protocol of a port; empty if no Service leads to it. */
  Optional<Protocol> protocol(long port) {
    return Optional.ofNullable(protocols.get(port));
  }
}
