package io.meshkeel.model;

import java.util.List;

/**
 * Which protocol the ports of a Service speak: {@code appProtocol} of these ports and nothing else.
 *
 * @param declaration the document
 * @param clusters which clusters are meant; where the Service doesn't exist nothing is done
 * @param namespace of the Service; never a system namespace
 * @param service name of the Service
 * @param ports the ports, each number once
 */
public record ServicePort(
    Declaration declaration,
    ClusterChoice clusters,
    String namespace,
    String service,
    List<Port> ports)
    implements OwnDeclaration {
  public ServicePort {
    ports = List.copyOf(ports);
  }

  /** The Service's key. */
  public ResourceKey serviceKey() {
    return new ResourceKey("", "Service", namespace, service);
  }

  /**
   * One port.
   *
   * @param port its number, 1 to 65535
   * @param appProtocol as Istio reads it, for example {@code http2}
   */
  public record Port(int port, String appProtocol) {}
}
