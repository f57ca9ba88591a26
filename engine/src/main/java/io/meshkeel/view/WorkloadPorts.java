package io.meshkeel.view;

import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.service.Services;
import io.meshkeel.facts.workload.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ports of a workload that Services lead to, with the protocol that the Service gives them; of
 * two Services the first by name counts.
 */
record WorkloadPorts(Map<Long, Protocol> protocols) {
  static WorkloadPorts of(Services services, Workload workload) {
    Map<Long, Protocol> protocols = new TreeMap<>();
    for (ClusterService service : services.selecting(workload)) {
      for (ServicePort port : service.ports()) {
        if (port.protocol() != Protocol.UDP) {
          port.on(workload.shape())
              .ifPresent(number -> protocols.putIfAbsent(number, port.protocol()));
        }
      }
    }
    return new WorkloadPorts(protocols);
  }

  Set<Long> numbers() {
    return protocols.keySet();
  }

  /** The protocol of a port; empty if no Service leads to it. */
  Optional<Protocol> protocol(long port) {
    return Optional.ofNullable(protocols.get(port));
  }
}
