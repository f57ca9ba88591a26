package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the gateways that are referred to exist. Told as {@code gateways} of a VirtualService:
 * {@code {path, reference, name, internal, declared}}.
 */
final class GatewayReferences extends KeptIndex {
  private final Shelf<String, Boolean> declared = shelf();

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      declared.put(gateway, gateway.id(), true);
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
      references.add(
          Map.of(
              "path", reference.path(),
              "reference", reference.reference(),
              "name", reference.name(),
              "internal", GatewayNames.isInternal(reference.reference()),
              "declared", declared.has(reference.name())));
    }
    return List.copyOf(references);
  }
}
