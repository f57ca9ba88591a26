package io.meshkeel.facts.joined;

import io.meshkeel.facts.Input;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.ServiceEntryView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ports of bytes of a ServiceEntry that has no address and gets none: {@code
 * ShouldV2AutoAllocateIPFromConfig} in {@code pilot/pkg/networking/serviceentry/} of istio/istio,
 * release 1.31. Told as {@code addressless} of a ServiceEntry: {@code {path, port, protocol}}.
 */
final class EntryAddresses extends KeptIndex {
  private static final String ALLOCATE = "networking.istio.io/enable-autoallocate-ip";

  /** Routed by server name, so that no address is needed. */
  private static final Set<Protocol> BY_NAME = Set.of(Protocol.TLS, Protocol.HTTPS);

  private final Input<Boolean> switchedOff;

  /**
   * @param switchedOff istiod's own setting is known to be off
   */
  EntryAddresses(Input<Boolean> switchedOff) {
    this.switchedOff = switchedOff;
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof ServiceEntryView)) {
      return;
    }
    Manifest entry = object.declaration().manifest();
    String label = Labels.of(entry.labels()).getOrDefault(ALLOCATE, "");
    boolean off = label.equals("false") || (switchedOff.get() && !label.equals("true"));
    if (!off || !JsonTree.strings(entry.spec(), "addresses").isEmpty()) {
      return;
    }
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> ports = JsonTree.maps(entry.spec(), "ports");
    for (int i = 0; i < ports.size(); i++) {
      Protocol protocol = Protocol.parse(JsonTree.string(ports.get(i), "protocol", ""));
      if (protocol.wire() == Protocol.Wire.TCP && !BY_NAME.contains(protocol)) {
        told.add(
            Map.of(
                "path", List.of("spec", "ports", i),
                "port", String.valueOf(ports.get(i).get("number")),
                "protocol", protocol.word()));
      }
    }
    slice.put("addressless", List.copyOf(told));
  }
}
