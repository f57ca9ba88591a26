package io.meshkeel.facts.service;

import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A port of a workload, with what Services make of it. Ports of UDP are left out: no proxy handles
 * them.
 *
 * @param number the workload's own, not the Service's
 * @param protocol that the first of the Services gives it; {@link Protocol#UNKNOWN} if none leads
 *     to it, as a proxy then looks at the first bytes
 * @param uses the Services that lead to it, by name
 */
public record ServedPort(long number, Protocol protocol, List<Use> uses) {
  /**
   * A Service that leads to a port.
   *
   * @param service which
   * @param port of the Service
   */
  public record Use(ServiceKey service, ServicePort port) {}

  public ServedPort {
    uses = List.copyOf(uses);
  }

  /** Whether two Services give it different protocols, of which a proxy takes one. */
  public boolean disputed() {
    return uses.stream().map(use -> use.port().protocol()).distinct().count() > 1;
  }

  /**
   * The ports of a workload, by number: those that Services lead to and those that its containers
   * name.
   *
   * @param selecting the Services that select it: {@link Services#selecting}
   */
  public static List<ServedPort> of(Workload workload, List<ClusterService> selecting) {
    Map<Long, List<Use>> ports = new TreeMap<>();
    for (WorkloadPort port : workload.shape().ports()) {
      if (!port.protocol().equals("UDP")) {
        ports.put(port.number(), new ArrayList<>());
      }
    }
    for (ClusterService service : selecting) {
      for (ServicePort port : service.ports()) {
        OptionalLong number = number(workload, port);
        if (number.isPresent() && port.protocol() != Protocol.UDP) {
          ports
              .computeIfAbsent(number.getAsLong(), n -> new ArrayList<>())
              .add(new Use(service.key(), port));
        }
      }
    }
    List<ServedPort> all = new ArrayList<>();
    ports.forEach((number, uses) -> {
      uses.sort(Comparator.comparing(Use::service).thenComparing(use -> use.port().number()));
      all.add(
          new ServedPort(
              number, uses.isEmpty() ? Protocol.UNKNOWN : uses.getFirst().port().protocol(), uses));
    });
    return List.copyOf(all);
  }

  /** A WorkloadEntry maps the name of the Service's port; a pod is asked for the target. */
  private static OptionalLong number(Workload workload, ServicePort port) {
    PodShape shape = workload.shape();
    if (workload.outside().isEmpty()) {
      return port.on(shape);
    }
    OptionalLong mapped =
        shape.ports().stream()
            .filter(own -> own.name().equals(port.name()))
            .mapToLong(WorkloadPort::number)
            .findFirst();
    return mapped.isPresent() ? mapped : port.on(shape);
  }
}
