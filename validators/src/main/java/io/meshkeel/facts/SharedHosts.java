package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hosts that several VirtualServices claim for the same sidecars. Told as {@code hosts} of a
 * VirtualService: {@code {path, host, fqdn, others}}.
 */
final class SharedHosts implements FactIndex {
  private final Map<String, HostUsers> users = new HashMap<>();

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service && service.mesh()) {
      for (ObjectView.HostAt host : service.hosts()) {
        users.computeIfAbsent(host.fqdn(), h -> new HostUsers()).add(service);
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && service.mesh()) {
      slice.put("hosts", shared(service));
    }
  }

  private List<Object> shared(VirtualServiceView service) {
    List<Object> shared = new ArrayList<>();
    for (ObjectView.HostAt host : service.hosts()) {
      HostUsers known = users.get(host.fqdn());
      List<String> others = known == null ? List.of() : known.others(service);
      if (!others.isEmpty()) {
        shared.add(
            Map.of(
                "path", host.path(), "host", host.host(), "fqdn", host.fqdn(), "others", others));
      }
    }
    return List.copyOf(shared);
  }
}
