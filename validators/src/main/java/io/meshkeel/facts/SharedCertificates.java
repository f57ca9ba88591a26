package io.meshkeel.facts;

import io.meshkeel.facts.GatewayView.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Certificates that several Gateways of one proxy show on one port: a client that knows the
 * certificate sends requests for the hosts of one over a connection to the other. Told as {@code
 * certificates} of a Gateway: {@code {path, certificate, port, others}}.
 */
final class SharedCertificates implements FactIndex {
  /** By the ids of the Gateways, so that the first few are found without looking at all. */
  private final Map<Place, TreeMap<String, GatewayView>> users = new HashMap<>();

  private final ClusterContents clusters;

  private record Place(long port, String name) {}

  SharedCertificates(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      for (Certificate certificate : gateway.certificates()) {
        users
            .computeIfAbsent(
                new Place(certificate.port(), certificate.name()), p -> new TreeMap<>())
            .put(gateway.id(), gateway);
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof GatewayView gateway) {
      List<Object> shared = new ArrayList<>();
      for (Certificate certificate : gateway.certificates()) {
        List<String> others =
            users
                .getOrDefault(new Place(certificate.port(), certificate.name()), new TreeMap<>())
                .values()
                .stream()
                .filter(other -> other.declaration() != gateway.declaration())
                .filter(other -> clusters.share(gateway, other))
                .limit(MeshFacts.MAX_RELATED)
                .map(GatewayView::id)
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
