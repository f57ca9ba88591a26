package io.meshkeel.imports;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code appProtocol} of ports of Services, as {@code ServicePort}. */
final class ServiceProtocols extends Recogniser {
  ServiceProtocols(
      ImportRequest request, Footing footing, Names names, Consumer<ImportEntry> report) {
    super(request, footing, names, report);
  }

  @Override
  String kind() {
    return "ServicePort";
  }

  @Override
  String folder() {
    return "services/";
  }

  @Override
  String name(ResourceKey key) {
    return key.namespace() + "." + key.name();
  }

  @Override
  Optional<Found> find(Manifest service) {
    String namespace = service.key().namespace();
    if (SYSTEM.contains(namespace) || namespace.equals(footing.rootNamespace())) {
      return Optional.empty();
    }
    List<Object> ports = new ArrayList<>();
    for (Map<String, Object> port : JsonTree.maps(service.spec(), "ports")) {
      if (port.get("appProtocol") instanceof String protocol
          && port.get("port") instanceof Long number) {
        ports.add(Map.of("port", number, "appProtocol", protocol));
      }
    }
    return ports.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Found(
                Map.of(
                    "service",
                    Map.of("namespace", namespace, "name", service.key().name()),
                    "ports",
                    List.copyOf(ports)),
                List.of()));
  }
}
