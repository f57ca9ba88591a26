package io.meshkeel.facts.service;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;

/**
 * A ServiceEntry: {@code convertServices} in {@code
 * pilot/pkg/serviceregistry/serviceentry/conversion.go} of istio/istio, release 1.31.
 *
 * @param key which one
 * @param hosts as written: Istio doesn't expand them
 * @param ports with the protocol that is written
 * @param external {@code MESH_EXTERNAL}, which is also meant if nothing is said
 * @param resolution {@code NONE}, {@code STATIC}, {@code DNS} …
 * @param selector of pods and WorkloadEntries of its namespace, in all clusters; empty for none
 * @param endpoints that are written in it
 * @param scopes the namespaces that see it
 */
public record EntryService(
    ResourceKey key,
    List<String> hosts,
    List<ServicePort> ports,
    boolean external,
    String resolution,
    Map<String, String> selector,
    List<Endpoint> endpoints,
    Scopes scopes) {
  /**
   * An endpoint that is written in a ServiceEntry.
   *
   * @param address IP, host name or Unix socket
   * @param labels its labels
   * @param network its network; empty if not said
   * @param locality {@code region/zone/subzone}; empty if not said
   */
  public record Endpoint(
      String address, Map<String, String> labels, String network, String locality) {
    public Endpoint {
      labels = Map.copyOf(labels);
    }
  }

  public EntryService {
    hosts = List.copyOf(hosts);
    ports = List.copyOf(ports);
    selector = Map.copyOf(selector);
    endpoints = List.copyOf(endpoints);
  }

  /** Whether an object is one. */
  public static boolean isOne(ResourceKey key) {
    return key.group().equals("networking.istio.io") && key.kind().equals("ServiceEntry");
  }

  /** Reads a ServiceEntry. */
  public static EntryService of(Manifest manifest) {
    Map<String, Object> spec = manifest.spec();
    return new EntryService(
        manifest.key(),
        JsonTree.strings(spec, "hosts"),
        JsonTree.maps(spec, "ports").stream().map(EntryService::port).toList(),
        !JsonTree.string(spec, "location", "").equals("MESH_INTERNAL"),
        JsonTree.string(spec, "resolution", "NONE"),
        Labels.of(JsonTree.map(JsonTree.map(spec, "workloadSelector"), "labels")),
        JsonTree.maps(spec, "endpoints").stream().map(EntryService::endpoint).toList(),
        Scopes.of(JsonTree.strings(spec, "exportTo"), manifest.key().namespace()));
  }

  /** Its protocol is written, never guessed: {@code convertPort} parses the whole word. */
  private static ServicePort port(Map<String, Object> port) {
    long number = port.get("number") instanceof Long value ? value : 0;
    String protocol = JsonTree.string(port, "protocol", "");
    return new ServicePort(
        JsonTree.string(port, "name", ""),
        number,
        protocol.equalsIgnoreCase("UDP") ? "UDP" : "TCP",
        protocol,
        port.get("targetPort") instanceof Long target ? target.toString() : "",
        Protocol.parse(protocol));
  }

  private static Endpoint endpoint(Map<String, Object> endpoint) {
    return new Endpoint(
        JsonTree.string(endpoint, "address", ""),
        Labels.of(JsonTree.map(endpoint, "labels")),
        JsonTree.string(endpoint, "network", ""),
        JsonTree.string(endpoint, "locality", ""));
  }
}
