package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Modes that let callers in without mutual TLS. Told as {@code weakModes} of a PeerAuthentication:
 * {@code {path, mode}}.
 */
final class WeakModes extends KeptIndex {
  private static final Set<String> WEAK = Set.of("PERMISSIVE", "DISABLE");

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest policy = object.declaration().manifest();
    if (!policy.key().kind().equals("PeerAuthentication")) {
      return;
    }
    List<Object> told = new ArrayList<>();
    String mode = JsonTree.string(JsonTree.map(policy.spec(), "mtls"), "mode", "");
    if (WEAK.contains(mode)) {
      told.add(Map.of("path", List.of("spec", "mtls", "mode"), "mode", mode));
    }
    Map<String, Object> ports = JsonTree.map(policy.spec(), "portLevelMtls");
    for (String port : new TreeSet<>(ports.keySet())) {
      String own = JsonTree.string(JsonTree.map(ports, port), "mode", "");
      if (WEAK.contains(own)) {
        told.add(Map.of("path", List.of("spec", "portLevelMtls", port, "mode"), "mode", own));
      }
    }
    slice.put("weakModes", List.copyOf(told));
  }
}
