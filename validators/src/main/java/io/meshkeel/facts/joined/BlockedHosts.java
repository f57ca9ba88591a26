package io.meshkeel.facts.joined;

import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.ServiceEntryView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts of the outside that a Sidecar asks for and nobody declares, where only what is declared may
 * be called: {@code outboundTrafficPolicy} of the Sidecar, else of the mesh configuration ({@code
 * getOutboundTrafficPolicy} in {@code pilot/pkg/model/sidecar.go} of istio/istio, release 1.31).
 * Told as {@code blocked} of a Sidecar: {@code {path, host}}.
 */
final class BlockedHosts extends KeptIndex {
  private static final String REGISTRY_ONLY = "REGISTRY_ONLY";

  private final JoinedMesh mesh;
  private final Optional<String> mode;

  /** Wildcards of ServiceEntries, and what VirtualServices answer to. */
  private final Shelf<String, String> patterns = shelf();

  BlockedHosts(JoinedMesh mesh) {
    this.mesh = mesh;
    this.mode = mode(MeshConfig.of(mesh).tree());
  }

  private static Optional<String> mode(Map<String, Object> holder) {
    return Optional.of(JsonTree.string(JsonTree.map(holder, "outboundTrafficPolicy"), "mode", ""))
        .filter(word -> !word.isEmpty());
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof ServiceEntryView entry) {
      entry.hosts().stream()
          .filter(Hosts::isWildcard)
          .forEach(host -> patterns.put(entry, "", host));
    } else if (object instanceof VirtualServiceView service && service.mesh()) {
      service.hosts().forEach(host -> patterns.put(service, "", host.fqdn()));
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest sidecar = object.declaration().manifest();
    if (!sidecar.key().kind().equals("Sidecar")
        || !mode(sidecar.spec()).or(() -> mode).orElse("").equals(REGISTRY_ONLY)) {
      return;
    }
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> listeners = JsonTree.maps(sidecar.spec(), "egress");
    for (int e = 0; e < listeners.size(); e++) {
      List<String> hosts = JsonTree.strings(listeners.get(e), "hosts");
      for (int h = 0; h < hosts.size(); h++) {
        String host = hosts.get(h).substring(hosts.get(h).indexOf('/') + 1);
        if (isOutside(host) && !isDeclared(host)) {
          told.add(Map.of("path", List.of("spec", "egress", e, "hosts", h), "host", host));
        }
      }
    }
    slice.put("blocked", List.copyOf(told));
  }

  private boolean isOutside(String host) {
    return host.contains(".")
        && !Hosts.isWildcard(host)
        && !host.endsWith(".svc." + mesh.spec().clusterDomain());
  }

  private boolean isDeclared(String host) {
    return !mesh.state().hosts().exactly(host).isEmpty()
        || patterns.get("").stream().anyMatch(pattern -> Hosts.covers(pattern, host));
  }
}
