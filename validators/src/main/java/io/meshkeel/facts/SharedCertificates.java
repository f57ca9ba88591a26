package io.meshkeel.facts;

import io.meshkeel.facts.GatewayView.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Certificates that several Gateways of one proxy show on one port: a client that knows the
 * certificate sends requests for the hosts of one over a connection to the other. Told as {@code
 * certificates} of a Gateway: {@code {path, certificate, port, others}}.
 */
final class SharedCertificates extends KeptIndex {
  private final Shelf<Place, GatewayView> users = shelf();

  private final ClusterContents clusters;

  private record Place(long port, String name) {}

  SharedCertificates(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      for (Certificate certificate : gateway.certificates()) {
        users.put(gateway, new Place(certificate.port(), certificate.name()), gateway);
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof GatewayView gateway) {
      List<Object> shared = new ArrayList<>();
      for (Certificate certificate : gateway.certificates()) {
        List<String> others =
            users.get(new Place(certificate.port(), certificate.name())).stream()
                .filter(other -> other.declaration() != gateway.declaration())
                .filter(gateway::meets)
                .filter(other -> clusters.share(gateway, other))
                .map(GatewayView::id)
                .distinct()
                .limit(MeshFacts.MAX_RELATED)
                .toList();
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
