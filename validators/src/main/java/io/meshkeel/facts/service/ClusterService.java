package io.meshkeel.facts.service;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Service as one cluster holds it: {@code ConvertService} in {@code
 * pilot/pkg/serviceregistry/kube/conversion.go} of istio/istio, release 1.31.
 *
 * @param key which one
 * @param type {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer} or {@code ExternalName}
 * @param headless {@code clusterIP: None}
 * @param externalName empty unless its type says so
 * @param selector of its pods; empty if its endpoints come from elsewhere
 * @param ports as declared
 * @param labels {@code metadata.labels}
 * @param scopes the namespaces that see it: annotation {@code networking.istio.io/exportTo}
 * @param addresses by which it is reached from outside
 * @param throughNodes it is reached from outside by ports of nodes: annotation {@code
 *     traffic.istio.io/nodeSelector}
 */
public record ClusterService(
    ServiceKey key,
    String type,
    boolean headless,
    String externalName,
    Map<String, String> selector,
    List<ServicePort> ports,
    Map<String, String> labels,
    Scopes scopes,
    List<String> addresses,
    boolean throughNodes) {
  private static final String EXPORT_TO = "networking.istio.io/exportTo";
  private static final String NODE_SELECTOR = "traffic.istio.io/nodeSelector";

  public ClusterService {
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }

  /** Reads a Service. */
  public static ClusterService of(Manifest manifest) {
    Map<String, Object> spec = manifest.spec();
    String type = JsonTree.string(spec, "type", "ClusterIP");
    String exportTo = Labels.of(manifest.annotations()).getOrDefault(EXPORT_TO, "");
    return new ClusterService(
        new ServiceKey(manifest.key().namespace(), manifest.key().name()),
        type,
        JsonTree.string(spec, "clusterIP", "").equals("None"),
        type.equals("ExternalName") ? JsonTree.string(spec, "externalName", "") : "",
        type.equals("ExternalName") ? Map.of() : Labels.of(JsonTree.map(spec, "selector")),
        JsonTree.maps(spec, "ports").stream().map(ServicePort::of).toList(),
        Labels.of(manifest.labels()),
        Scopes.of(
            exportTo.isEmpty()
                ? List.of()
                : Arrays.stream(exportTo.split(",")).map(String::strip).toList(),
            manifest.key().namespace()),
        addresses(manifest, type),
        type.equals("NodePort") && manifest.annotations().containsKey(NODE_SELECTOR));
  }

  private static List<String> addresses(Manifest manifest, String type) {
    List<String> addresses = new ArrayList<>();
    if (type.equals("LoadBalancer")) {
      Map<String, Object> balancer =
          JsonTree.map(JsonTree.map(manifest.content(), "status"), "loadBalancer");
      for (Map<String, Object> ingress : JsonTree.maps(balancer, "ingress")) {
        String address = JsonTree.string(ingress, "ip", JsonTree.string(ingress, "hostname", ""));
        if (!address.isEmpty()) {
          addresses.add(address);
        }
      }
    }
    addresses.addAll(JsonTree.strings(manifest.spec(), "externalIPs"));
    return addresses;
  }
}
