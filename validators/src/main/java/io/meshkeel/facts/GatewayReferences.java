package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the gateways that are referred to exist. Told as {@code gateways} of a VirtualService:
 * {@code {path, reference, name, internal, declared, meant?}}; {@code meant} is the reference to
 * the one Gateway of that name, if it stands in another namespace and serves the hosts.
 */
final class GatewayReferences extends KeptIndex {
  private final Shelf<String, ServedHosts> declared = shelf();
  private final Shelf<String, String> byName = shelf();

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      declared.put(gateway, gateway.id(), new ServedHosts(gateway));
      byName.put(gateway, nameOf(gateway.id()), gateway.id());
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service) {
      slice.put("gateways", references(service));
    }
  }

  private List<Object> references(VirtualServiceView service) {
    List<Object> references = new ArrayList<>(service.gateways().size());
    for (VirtualServiceView.GatewayReference reference : service.gateways()) {
      boolean known = declared.has(reference.name());
      boolean internal = GatewayNames.isInternal(reference.reference());
      Map<String, Object> told = new HashMap<>();
      told.put("path", reference.path());
      told.put("reference", reference.reference());
      told.put("name", reference.name());
      told.put("internal", internal);
      told.put("declared", known);
      if (!known && !internal) {
        meant(service, reference).ifPresent(meant -> told.put("meant", meant));
      }
      references.add(Map.copyOf(told));
    }
    return List.copyOf(references);
  }

  private Optional<String> meant(
      VirtualServiceView service, VirtualServiceView.GatewayReference missing) {
    List<String> namesakes = byName.get(nameOf(missing.name())).stream().distinct().toList();
    if (namesakes.size() != 1) {
      return Optional.empty();
    }
    String one = namesakes.getFirst();
    Optional<ServedHosts> served = declared.first(one);
    boolean fits =
        served.isPresent()
            && !service.hosts().isEmpty()
            && service.hosts().stream()
                .allMatch(host -> served.get().serve(host.fqdn(), service.namespace()))
            && service.gateways().stream().noneMatch(other -> other.name().equals(one));
    return fits
        ? Optional.of(one.startsWith(service.namespace() + "/") ? nameOf(one) : one)
        : Optional.empty();
  }

  private static String nameOf(String id) {
    return id.substring(id.indexOf('/') + 1);
  }
}
