package io.meshkeel.desired;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declarations for tests: a mesh {@code shop} with one control plane cluster {@code east}. */
public final class Declared {
  public static final MeshName MESH = new MeshName("shop");
  public static final ClusterName EAST = new ClusterName("east");
  public static final Mesh.Spec SPEC =
      new Mesh.Spec(
          "1.31",
          Mesh.Topology.PRIMARY_REMOTE,
          "default",
          "istio-system",
          "cluster.local",
          "cluster.local",
          Mesh.DriftMode.REPORT,
          Mesh.Conflicts.FAIL,
          Mesh.OnRemoval.RELEASE,
          Mesh.Prune.DEFAULT,
          false,
          false);

  private Declared() {}

  public static Mesh mesh(Mesh.Spec spec, Map<String, String> annotations) {
    return new Mesh(
        MESH, "meshes/shop", new SourcePosition("meshes/shop/mesh.yaml", 1, 1), annotations, spec);
  }

  public static Mesh.Spec spec(
      Mesh.Conflicts conflicts, Mesh.Prune prune, Mesh.DriftMode drift, boolean adopt) {
    return new Mesh.Spec(
        SPEC.istioVersion(),
        SPEC.topology(),
        SPEC.revision(),
        SPEC.rootNamespace(),
        SPEC.clusterDomain(),
        SPEC.trustDomain(),
        drift,
        conflicts,
        SPEC.onRemoval(),
        prune,
        adopt,
        false);
  }

  public static MeshCluster cluster(String name, MeshCluster.Role role, List<String> namespaces) {
    return new MeshCluster(
        new ClusterName(name),
        MESH,
        new SourcePosition("meshes/shop/clusters/" + name + ".yaml", 1, 1),
        Map.of(),
        role,
        Optional.empty(),
        name,
        namespaces,
        false);
  }

  public static MeshCluster controlPlane(String name) {
    return cluster(name, MeshCluster.Role.CONTROL_PLANE, List.of());
  }

  /** A declaration of this object, in a file of its own. */
  public static Declaration declaration(Manifest manifest) {
    String path = "meshes/shop/" + manifest.key().kind() + "-" + manifest.key().name() + ".yaml";
    return new Declaration(
        manifest, MESH, new SourceFile(path, "id", 1), 0, new SourcePosition(path, 1, 1));
  }

  public static MeshDeclarations declarations(
      Mesh mesh, List<MeshCluster> clusters, List<Manifest> manifests) {
    return new MeshDeclarations(
        mesh, clusters, manifests.stream().map(Declared::declaration).toList(), List.of());
  }

  /** What cluster {@code east} should hold for these objects. */
  public static DesiredState state(Mesh mesh, List<Manifest> manifests) {
    return Optional.ofNullable(
            new DesiredStates()
                .of(declarations(mesh, List.of(controlPlane("east")), manifests))
                .get(EAST))
        .orElseThrow();
  }

  public static DesiredState state(Manifest... manifests) {
    return state(mesh(SPEC, Map.of()), List.of(manifests));
  }

  public static Manifest object(
      String apiVersion,
      String kind,
      String namespace,
      String name,
      Map<String, ?> annotations,
      Map<String, ?> spec) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    return Manifest.of(
        Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec));
  }

  public static Manifest istio(String kind, String name, Map<String, ?> spec) {
    return object("networking.istio.io/v1", kind, "shop", name, Map.of(), spec);
  }

  public static ResourceKey key(String kind, String name) {
    return new ResourceKey("networking.istio.io", kind, "shop", name);
  }

  /** A VirtualService that routes a host to another one, through these gateways. */
  public static Manifest route(String name, String host, String... gateways) {
    Map<String, Object> spec = new HashMap<>();
    spec.put("hosts", List.of(host));
    spec.put(
        "http", List.of(Map.of("route", List.of(Map.of("destination", Map.of("host", host))))));
    if (gateways.length > 0) {
      spec.put("gateways", List.of(gateways));
    }
    return istio("VirtualService", name, spec);
  }

  public static Manifest gateway(String name) {
    return istio(
        "Gateway",
        name,
        Map.of(
            "selector",
            Map.of("istio", "ingress"),
            "servers",
            List.of(
                Map.of(
                    "port",
                    Map.of("number", 80, "name", "http", "protocol", "HTTP"),
                    "hosts",
                    List.of("*")))));
  }

  public static Manifest rule(String name, String host) {
    return istio("DestinationRule", name, Map.of("host", host));
  }

  public static Manifest entry(String name, String... hosts) {
    return istio("ServiceEntry", name, Map.of("hosts", List.of(hosts)));
  }

  /** Declarations that hold these, but the very objects of an earlier revision where equal. */
  public static MeshDeclarations next(MeshDeclarations earlier, List<Manifest> manifests) {
    List<Declaration> declarations = new ArrayList<>();
    for (Manifest manifest : manifests) {
      declarations.add(
          earlier.objects().stream()
              .filter(d -> d.manifest().equals(manifest))
              .findFirst()
              .orElseGet(() -> declaration(manifest)));
    }
    return new MeshDeclarations(earlier.mesh(), earlier.clusters(), declarations, List.of());
  }
}
