package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hosts that several VirtualServices claim for the same sidecars. Told as {@code hosts} of a
 * VirtualService: {@code {path, host, fqdn, others}}.
 */
final class SharedHosts extends KeptIndex {
  private final Shelf<String, VirtualServiceView> users = shelf();

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service && service.mesh()) {
      for (ObjectView.HostAt host : service.hosts()) {
        users.put(service, host.fqdn(), service);
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
      List<VirtualServiceView> all = users.get(host.fqdn());
      List<String> others =
          all.size() < 2
              ? List.of()
              : HostUsers.firstIds(
                  all.stream().filter(other -> other.scopes().meets(service.scopes())).toList(),
                  service);
      if (!others.isEmpty()) {
        shared.add(
            Map.of(
                "path", host.path(), "host", host.host(), "fqdn", host.fqdn(), "others", others));
      }
    }
    return List.copyOf(shared);
  }
}
