package io.meshkeel.desired;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the own kinds of a mesh, and the networks of its clusters, come to in one cluster. A value.
 *
 * @param objects by key
 * @param alternatives gateways whose engine depends on what the cluster serves
 */
record OwnRendering(Map<ResourceKey, DesiredObject> objects, List<Alternative> alternatives) {
  static final OwnRendering NONE = new OwnRendering(Map.of(), List.of());

  OwnRendering {
    objects = Map.copyOf(objects);
    alternatives = List.copyOf(alternatives);
  }

  /** Renders for one cluster; an {@code External} mesh gets nothing but configuration. */
  static OwnRendering of(MeshDeclarations declared, MeshCluster cluster, ApplySet applySet) {
    Mesh mesh = declared.mesh();
    if (mesh.spec().topology() == Mesh.Topology.EXTERNAL) {
      return NONE;
    }
    Map<ResourceKey, DesiredObject> objects = new HashMap<>();
    List<Alternative> alternatives = new ArrayList<>();
    Sidecars sidecars = new Sidecars(mesh, applySet);
    Gateways gateways = new Gateways(mesh, cluster, applySet);
    for (OwnDeclaration own : declared.own()) {
      if (own.clusters().includes(cluster.name())) {
        switch (own) {
          case NamespaceSidecar sidecar ->
              sidecars.namespaces(sidecar).forEach(object -> objects.put(object.key(), object));
          case WorkloadSidecar sidecar -> {
            DesiredObject object = sidecars.workload(sidecar);
            objects.put(object.key(), object);
          }
          case ServicePort port -> {
            DesiredObject object = sidecars.servicePort(port);
            objects.put(object.key(), object);
          }
          case MeshGateway gateway ->
              gateways.render(
                  gateway, object -> objects.put(object.key(), object), alternatives::add);
        }
      }
      if (own instanceof MeshGateway gateway
          && gateway.type() == MeshGateway.Type.EAST_WEST
          && cluster.role() == MeshCluster.Role.CONTROL_PLANE) {
        DesiredObject object = gateways.crossNetwork(gateway);
        objects.put(object.key(), object);
      }
    }
    network(mesh, cluster, applySet, objects);
    if (cluster.role() == MeshCluster.Role.CONTROL_PLANE) {
      for (MeshCluster other : declared.clusters()) {
        if (!other.name().equals(cluster.name())) {
          RemoteSecrets.of(other, mesh, applySet)
              .ifPresent(object -> objects.put(object.key(), object));
        }
      }
    }
    return new OwnRendering(objects, alternatives);
  }

  /**
   * The network of the cluster, where istiod looks for it. Not where the credential is limited to
   * some namespaces: then whoever installs Istio there has to label the root namespace.
   */
  private static void network(
      Mesh mesh, MeshCluster cluster, ApplySet applySet, Map<ResourceKey, DesiredObject> objects) {
    if (cluster.network().isEmpty() || !cluster.namespaces().isEmpty()) {
      return;
    }
    Map<String, Object> labels = Map.of(Sidecars.NETWORK, cluster.network().get());
    DesiredObject object =
        Rendering.shared(
            Sidecars.object(
                "v1",
                "Namespace",
                Map.of("name", mesh.spec().rootNamespace(), "labels", labels),
                Map.of()),
            origin(cluster),
            applySet,
            new Ownership.Shared(Set.of(), true, ""));
    objects.put(object.key(), object);
  }

  /** A cluster's declaration as the origin of what it stands for. */
  static Declaration origin(MeshCluster cluster) {
    Map<String, Object> metadata =
        Map.of("name", cluster.name().value(), "annotations", cluster.annotations());
    return new Declaration(
        Manifest.of(
            Map.of(
                "apiVersion", "meshkeel.io/v1alpha1", "kind", "MeshCluster", "metadata", metadata)),
        cluster.mesh(),
        new SourceFile(cluster.position().file(), "", 0),
        0,
        cluster.position());
  }

  /** The same, with the very instances of an earlier rendering where they are equal. */
  OwnRendering reusing(OwnRendering earlier) {
    if (equals(earlier)) {
      return earlier;
    }
    Map<ResourceKey, DesiredObject> reused = new HashMap<>();
    objects.forEach((key, object) -> {
      DesiredObject before = earlier.objects.get(key);
      reused.put(key, object.equals(before) ? before : object);
    });
    return new OwnRendering(reused, alternatives);
  }

  /** Every key that it may come to hold. */
  Set<ResourceKey> keys() {
    Map<ResourceKey, DesiredObject> all = new HashMap<>(objects);
    for (Alternative alternative : alternatives) {
      all.putAll(alternative.served());
      all.putAll(alternative.otherwise());
    }
    return all.keySet();
  }
}
