package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One object, read as Istio reads it, by itself. A function of the declaration and the cluster
 * domain: whoever keeps declarations may keep their views.
 */
public sealed interface ObjectView
    permits VirtualServiceView,
        DestinationRuleView,
        GatewayView,
        ServiceEntryView,
        PeerAuthenticationView,
        RequestAuthenticationView,
        NamespaceDefaultView,
        ObjectView.Plain {
  /** What it is a view of. */
  Declaration declaration();

  /** The namespace of the object. */
  default String namespace() {
    return declaration().manifest().key().namespace();
  }

  /** {@code namespace/name}: how findings name the other object. */
  default String id() {
    return namespace() + "/" + declaration().manifest().key().name();
  }

  /** The clusters for which it is declared; none means all. */
  default Set<String> clusters() {
    return clusters(declaration().manifest());
  }

  /** The same of an object: {@code meshkeel.io/clusters} names them. */
  static Set<String> clusters(Manifest object) {
    if (!(object.annotations().get("meshkeel.io/clusters") instanceof String names)) {
      return Set.of();
    }
    return Arrays.stream(names.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether some cluster gets both. */
  default boolean meets(ObjectView other) {
    Set<String> own = clusters();
    Set<String> others = other.clusters();
    return own.isEmpty() || others.isEmpty() || own.stream().anyMatch(others::contains);
  }

  /**
   * Reads an object.
   *
   * @param domain the mesh's cluster domain
   */
  static ObjectView of(Declaration declaration, String domain) {
    GroupKind kind = declaration.manifest().key().groupKind();
    return switch (kind.group() + "/" + kind.kind()) {
      case "networking.istio.io/VirtualService" -> VirtualServiceView.of(declaration, domain);
      case "networking.istio.io/DestinationRule" -> DestinationRuleView.of(declaration, domain);
      case "networking.istio.io/Gateway" -> GatewayView.of(declaration);
      case "networking.istio.io/ServiceEntry" -> ServiceEntryView.of(declaration);
      case "security.istio.io/PeerAuthentication" -> PeerAuthenticationView.of(declaration);
      case "security.istio.io/RequestAuthentication" -> RequestAuthenticationView.of(declaration);
      case "networking.istio.io/Sidecar" -> NamespaceDefaultView.ofSidecar(declaration);
      case "telemetry.istio.io/Telemetry" -> NamespaceDefaultView.ofTelemetry(declaration);
      default -> new Plain(declaration);
    };
  }

  /** An object whose rules look at nothing but itself. */
  record Plain(Declaration declaration) implements ObjectView {}

  /**
   * A host and where it is written.
   *
   * @param path field names and list indexes
   * @param host as written
   * @param fqdn as Istio expands it
   */
  record HostAt(List<Object> path, String host, String fqdn) {}
}
