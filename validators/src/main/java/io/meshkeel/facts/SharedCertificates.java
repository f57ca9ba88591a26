package io.meshkeel.facts;

import io.meshkeel.facts.GatewayView.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Certificates that several Gateways of one proxy show on one port: a client that knows the
 * certificate sends requests for the hosts of one over a connection to the other. Told as {@code
 * certificates} of a Gateway: {@code {path, certificate, port, others}}.
 */
final class SharedCertificates implements FactIndex {
  private final Map<Place, List<GatewayView>> users = new HashMap<>();

  private record Place(long port, String name) {}

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      for (Certificate certificate : gateway.certificates()) {
        users
            .computeIfAbsent(
                new Place(certificate.port(), certificate.name()), p -> new ArrayList<>(1))
            .add(gateway);
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof GatewayView gateway) {
      List<Object> shared = new ArrayList<>();
      for (Certificate certificate : gateway.certificates()) {
        List<GatewayView> same =
            users
                .getOrDefault(new Place(certificate.port(), certificate.name()), List.of())
                .stream()
                .filter(gateway::sharesProxyWith)
                .toList();
        List<String> others = HostUsers.firstIds(same, gateway);
        if (!others.isEmpty()) {
          shared.add(
              Map.of(
                  "path", certificate.path(),
                  "certificate", certificate.name(),
                  "port", certificate.port(),
                  "others", others));
        }
      }
      slice.put("certificates", List.copyOf(shared));
    }
  }
}
