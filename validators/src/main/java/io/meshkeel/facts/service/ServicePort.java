package io.meshkeel.facts.service;

import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.WorkloadPort;
import io.meshkeel.model.JsonTree;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A port of a Service.
 *
 * @param name empty if it has none
 * @param number on which the Service is called
 * @param transport {@code TCP}, {@code UDP} or {@code SCTP}
 * @param appProtocol empty if it is not set
 * @param target number or name of the workload's port; empty means the same number
 * @param protocol what Istio makes of it
 */
public record ServicePort(
    String name,
    long number,
    String transport,
    String appProtocol,
    String target,
    Protocol protocol) {

  static ServicePort of(Map<String, Object> port) {
    String name = JsonTree.string(port, "name", "");
    long number = port.get("port") instanceof Long value ? value : 0;
    String transport = JsonTree.string(port, "protocol", "TCP");
    String appProtocol = JsonTree.string(port, "appProtocol", "");
    Object target = port.get("targetPort");
    return new ServicePort(
        name,
        number,
        transport,
        appProtocol,
        target == null ? "" : target.toString(),
        Protocol.of(number, name, transport, appProtocol));
  }

  /**
   * The number of the port on a pod: {@code FindPort} of Kubernetes. Empty if the target is a name
   * that the pod doesn't have.
   */
  public OptionalLong on(PodShape pod) {
    if (target.isEmpty()) {
      return OptionalLong.of(number);
    }
    if (target.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.of(Long.parseLong(target));
    }
    return pod.ports().stream()
        .filter(port -> port.name().equals(target) && port.protocol().equals(transport))
        .mapToLong(WorkloadPort::number)
        .findFirst();
  }
}
