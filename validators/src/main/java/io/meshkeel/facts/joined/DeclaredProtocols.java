package io.meshkeel.facts.joined;

import io.meshkeel.facts.Subject;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ServicePort;
import java.util.List;
import java.util.Optional;

/** Where the repository says which protocol a port of a Service speaks. */
final class DeclaredProtocols {
  /**
   * What says it.
   *
   * @param subject the ServicePort
   * @param path of the field in it
   */
  record Place(Subject subject, List<Object> path) {}

  private final List<ServicePort> declared;

  DeclaredProtocols(JoinedMesh mesh) {
    this.declared =
        mesh.own().stream()
            .filter(ServicePort.class::isInstance)
            .map(own -> (ServicePort) (OwnDeclaration) own)
            .toList();
  }

  /** The first that says it; empty if none does. */
  Optional<Place> of(ServiceKey service, long port) {
    for (ServicePort one : declared) {
      if (!one.namespace().equals(service.namespace()) || !one.service().equals(service.name())) {
        continue;
      }
      for (int i = 0; i < one.ports().size(); i++) {
        if (one.ports().get(i).port() == port) {
          return Optional.of(
              new Place(
                  Subject.declared(one.declaration()), List.of("spec", "ports", i, "appProtocol")));
        }
      }
    }
    return Optional.empty();
  }
}
