package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What own declarations must be beside the rest of their mesh. For one thread; used once. */
final class OwnChecks {
  private static final JsonPath SPEC = JsonPath.of("spec");
  private static final String OWN_NAMESPACE = "meshkeel-system";

  private final MeshSlot slot;
  private final Map<String, MeshCluster> clusters = new HashMap<>();
  private final boolean complete;
  private final Map<ResourceKey, List<Claim>> claims = new HashMap<>();

  /**
   * @param slot where mistakes are noted
   * @param clusters those of the mesh
   * @param complete false if there may be clusters that could not be read
   */
  OwnChecks(MeshSlot slot, Collection<MeshCluster> clusters, boolean complete) {
    this.slot = slot;
    clusters.forEach(cluster -> this.clusters.put(cluster.name().value(), cluster));
    this.complete = complete;
  }

  /** Notes what is wrong with one declaration, beside those that were checked before. */
  void check(OwnDeclaration own, Map<JsonPath, SourcePosition> places) {
    At at = new At(own, places);
    if (slot.mesh().spec().topology() == Mesh.Topology.EXTERNAL) {
      at.note(
          DeclarationError.EXTERNAL_MESH,
          JsonPath.of("kind"),
          "mesh "
              + slot.mesh().name()
              + " is External: only Istio and Gateway API objects are written to it",
          "remove it, or choose another topology for the mesh");
      return;
    }
    clusters(own.clusters(), at);
    switch (own) {
      case NamespaceSidecar sidecar -> namespaces(sidecar, at);
      case WorkloadSidecar sidecar ->
          claim(sidecar.workload().key(), SPEC.field("workload"), own.clusters(), at);
      case ServicePort port -> claim(port.serviceKey(), SPEC.field("service"), own.clusters(), at);
      case MeshGateway gateway -> gateway(gateway, at);
    }
  }

  /** Checks {@code spec.observability} of the mesh. */
  void observability() {
    List<Mesh.Prometheus> prometheus = slot.mesh().spec().observability().prometheus();
    for (int i = 0; i < prometheus.size(); i++) {
      JsonPath path = SPEC.field("observability").field("prometheus").index(i).field("cluster");
      prometheus
          .get(i)
          .cluster()
          .filter(name -> complete && !clusters.containsKey(name.value()))
          .ifPresent(name ->
              slot.problem(
                  DeclarationError.UNKNOWN_CLUSTER, path, missing(name.value()), remedy()));
    }
  }

  /** Checks {@code spec.remoteSecret} of the clusters. */
  void remoteSecrets() {
    if (slot.mesh().spec().topology() == Mesh.Topology.EXTERNAL) {
      clusters.values().stream()
          .filter(cluster -> cluster.remoteSecret().isPresent())
          .sorted(MeshSlot.BY_NAME)
          .forEach(cluster ->
              slot.problem(
                  DeclarationError.EXTERNAL_MESH,
                  new ResourceKey("meshkeel.io", "MeshCluster", "", cluster.name().value()),
                  SPEC.field("remoteSecret"),
                  cluster.position(),
                  "mesh " + slot.mesh().name() + " is External: no remote secret is written to it",
                  "remove spec.remoteSecret, or choose another topology for the mesh"));
    }
  }

  private void clusters(ClusterChoice choice, At at) {
    List<String> names = choice.names();
    for (int i = 0; i < names.size(); i++) {
      if (complete && !clusters.containsKey(names.get(i))) {
        at.note(
            DeclarationError.UNKNOWN_CLUSTER,
            SPEC.field("clusters").index(i),
            missing(names.get(i)),
            remedy());
      }
    }
  }

  private String missing(String name) {
    return "mesh "
        + slot.mesh().name()
        + " has no cluster '"
        + name
        + "'"
        + ClosestName.hint(name, clusters.keySet());
  }

  private String remedy() {
    return "use one of " + String.join(", ", clusters.keySet().stream().sorted().toList());
  }

  private void namespaces(NamespaceSidecar sidecar, At at) {
    Set<String> refused = Set.of(slot.mesh().spec().rootNamespace(), OWN_NAMESPACE);
    for (int i = 0; i < sidecar.namespaces().size(); i++) {
      String namespace = sidecar.namespaces().get(i);
      JsonPath path = SPEC.field("namespaces").index(i);
      if (refused.contains(namespace)) {
        at.note(
            DeclarationError.SYSTEM_NAMESPACE,
            path,
            "'" + namespace + "' holds the control plane or Meshkeel's own objects",
            "leave it alone: no sidecar belongs there");
      }
      claim(new ResourceKey("", "Namespace", "", namespace), path, sidecar.clusters(), at);
    }
  }

  private void gateway(MeshGateway gateway, At at) {
    JsonPath path = SPEC.field("namespace");
    for (MeshCluster cluster : clusters.values().stream().sorted(MeshSlot.BY_NAME).toList()) {
      if (!gateway.clusters().includes(cluster.name())) {
        continue;
      }
      if (gateway.engine() == MeshGateway.Engine.GATEWAY_API
          && cluster.role() == MeshCluster.Role.DATA_PLANE) {
        at.note(
            DeclarationError.BAD_VALUE,
            SPEC.field("engine"),
            "in the data plane cluster "
                + cluster.name()
                + " no istiod would make proxies from a Gateway",
            "write engine: Auto or Injection, or choose control plane clusters only");
      }
      if (gateway.type() == MeshGateway.Type.EAST_WEST && cluster.network().isEmpty()) {
        at.note(
            DeclarationError.BAD_VALUE,
            path,
            "an EastWest gateway leads into a network, and cluster " + cluster.name() + " has none",
            "write spec.network of that MeshCluster");
      }
    }
    String name = gateway.name();
    claim(
        new ResourceKey("apps", "Deployment", gateway.namespace(), name),
        path,
        gateway.clusters(),
        at);
    claim(new ResourceKey("", "Service", gateway.namespace(), name), path, gateway.clusters(), at);
  }

  private void claim(ResourceKey subject, JsonPath path, ClusterChoice choice, At at) {
    List<Claim> before = claims.computeIfAbsent(subject, _ -> new ArrayList<>(1));
    for (Claim other : before) {
      if (other.at != at && overlap(choice, other.choice)) {
        at.note(
            DeclarationError.DECLARED_TWICE,
            path,
            subject
                + " is also the subject of "
                + other.at.own.declaration().manifest().key()
                + ", declared at "
                + other.at.own.declaration().position(),
            "keep one of the two, or give each clusters of its own");
        break;
      }
    }
    before.add(new Claim(at, choice));
  }

  private static boolean overlap(ClusterChoice one, ClusterChoice other) {
    return one.all() || other.all() || one.names().stream().anyMatch(other.names()::contains);
  }

  private record Claim(At at, ClusterChoice choice) {}

  /** One declaration and where its fields stand. */
  private final class At {
    private final OwnDeclaration own;
    private final Map<JsonPath, SourcePosition> places;

    At(OwnDeclaration own, Map<JsonPath, SourcePosition> places) {
      this.own = own;
      this.places = places;
    }

    void note(DeclarationError error, JsonPath path, String message, String remediation) {
      SourcePosition position = places.get(path);
      slot.problem(
          error,
          own.declaration().manifest().key(),
          path,
          position == null ? own.declaration().position() : position,
          message,
          remediation);
    }
  }
}
