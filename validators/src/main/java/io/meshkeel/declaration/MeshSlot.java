package io.meshkeel.declaration;

import io.meshkeel.declaration.ParsedFile.Narrowed;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshCluster.Role;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What falls to one mesh while a tree is put together. For one thread. */
final class MeshSlot {
  static final Comparator<MeshCluster> BY_NAME = Comparator.comparing(MeshCluster::name);

  private final Mesh mesh;
  private final ResourceKey key;
  private final Map<ClusterName, MeshCluster> clusters = new TreeMap<>();
  private final List<Declaration> objects = new ArrayList<>();
  private final Map<ResourceKey, Declaration> byKey = new HashMap<>();
  private final Map<ResourceKey, List<Declaration>> severalTimes = new HashMap<>(0);
  private final List<OwnDeclaration> own = new ArrayList<>();
  private final List<Map<JsonPath, SourcePosition>> ownPlaces = new ArrayList<>();
  private final List<Narrowed> narrowed = new ArrayList<>();
  private final List<Finding> problems = new ArrayList<>();
  private boolean clusterMissing;

  MeshSlot(Mesh mesh) {
    this.mesh = mesh;
    this.key = new ResourceKey(OwnKinds.GROUP, "Mesh", "", mesh.name().value());
  }

  Mesh mesh() {
    return mesh;
  }

  Collection<MeshCluster> clusters() {
    return clusters.values();
  }

  /** From a file of this mesh; a MeshCluster in it may be lost. */
  void problem(Problem problem, boolean mayHoldCluster) {
    problems.add(problem.finding(mesh.name()));
    clusterMissing |= mayHoldCluster;
  }

  /** A mistake of the repository that concerns this mesh. */
  void problem(Finding finding) {
    problems.add(
        new Finding(
            finding.ruleId(),
            finding.severity(),
            finding.message(),
            mesh.name(),
            finding.resource(),
            finding.path(),
            finding.position(),
            finding.remediation()));
  }

  void problem(
      DeclarationError error,
      ResourceKey resource,
      JsonPath path,
      SourcePosition position,
      String message,
      String remediation) {
    problems.add(
        new Finding(
            error.id(),
            Severity.ERROR,
            message,
            mesh.name(),
            resource,
            path,
            position,
            remediation));
  }

  /** About the Mesh itself. */
  void problem(DeclarationError error, JsonPath path, String message, String remediation) {
    problem(error, key, path, mesh.position(), message, remediation);
  }

  @Nullable MeshCluster add(MeshCluster cluster) {
    return clusters.putIfAbsent(cluster.name(), cluster);
  }

  void add(ParsedFile file) {
    narrowed.addAll(file.narrowed());
    for (Declaration declaration : file.declarations(mesh.name())) {
      if (once(declaration)) {
        objects.add(declaration);
      }
    }
    List<OwnDeclaration> read = file.own(mesh.name());
    for (int i = 0; i < read.size(); i++) {
      if (once(read.get(i).declaration())) {
        own.add(read.get(i));
        ownPlaces.add(file.own().get(i).places());
      }
    }
  }

  /** Whether no other declaration holds this object in a cluster that this one is meant for. */
  private boolean once(Declaration declaration) {
    ResourceKey object = declaration.manifest().key();
    Declaration first = byKey.putIfAbsent(object, declaration);
    if (first == null) {
      return true;
    }
    List<Declaration> others =
        severalTimes.computeIfAbsent(object, _ -> new ArrayList<>(List.of(first)));
    for (Declaration other : others) {
      if (!apart(declaration, other)) {
        problem(
            DeclarationError.DUPLICATE_OBJECT,
            object,
            JsonPath.of("metadata", "name"),
            declaration.position(),
            object + " is declared twice in mesh " + mesh.name() + ", first at " + other.position(),
            "keep one of the two, give one another name, or give each clusters of its own by the"
                + " annotation "
                + Annotations.CLUSTERS);
        return false;
      }
    }
    others.add(declaration);
    return true;
  }

  /** Whether both are narrowed to clusters, and to none in common. */
  private static boolean apart(Declaration one, Declaration other) {
    return one.manifest().annotations().get(Annotations.CLUSTERS) instanceof String names
        && other.manifest().annotations().get(Annotations.CLUSTERS) instanceof String others
        && Collections.disjoint(Metadata.names(names), Metadata.names(others));
  }

  MeshDeclarations result() {
    checkControlPlanes();
    OwnChecks checks = new OwnChecks(this, clusters.values(), !clusterMissing);
    checks.observability();
    checks.remoteSecrets();
    for (int i = 0; i < own.size(); i++) {
      checks.check(own.get(i), ownPlaces.get(i));
    }
    for (Narrowed object : narrowed) {
      checkClusters(object);
    }
    return new MeshDeclarations(
        mesh, List.copyOf(clusters.values()), objects, own, DeclarationReader.sorted(problems));
  }

  private void checkControlPlanes() {
    List<MeshCluster> controlPlanes =
        clusters.values().stream().filter(c -> c.role() == Role.CONTROL_PLANE).toList();
    if (controlPlanes.isEmpty() && !clusterMissing) {
      problem(
          DeclarationError.NO_CONTROL_PLANE,
          JsonPath.ROOT,
          "the mesh " + mesh.name() + " has no control plane cluster",
          "declare a MeshCluster with role: ControlPlane below " + mesh.folder());
    }
    if (mesh.spec().topology() == Mesh.Topology.PRIMARY_REMOTE) {
      for (MeshCluster extra :
          controlPlanes.subList(Math.min(1, controlPlanes.size()), controlPlanes.size())) {
        problem(
            DeclarationError.TOO_MANY_CONTROL_PLANES,
            clusterKey(extra),
            JsonPath.of("spec", "role"),
            extra.position(),
            "mesh "
                + mesh.name()
                + " is PrimaryRemote and has a second control plane cluster, "
                + extra.name()
                + " beside "
                + controlPlanes.getFirst().name(),
            "make it a DataPlane, or the mesh's topology MultiPrimary");
      }
    }
  }

  private void checkClusters(Narrowed object) {
    for (String name : object.clusters()) {
      MeshCluster cluster =
          clusters.values().stream()
              .filter(c -> c.name().value().equals(name))
              .findFirst()
              .orElse(null);
      JsonPath path = JsonPath.of("metadata", "annotations", Annotations.CLUSTERS);
      List<String> names =
          clusters.values().stream()
              .filter(c -> c.role() == Role.CONTROL_PLANE)
              .map(c -> c.name().value())
              .toList();
      if (cluster == null && !clusterMissing) {
        problem(
            DeclarationError.ANNOTATION,
            object.object().key(),
            path,
            object.position(),
            "mesh "
                + mesh.name()
                + " has no cluster '"
                + Metadata.shortened(name)
                + "'"
                + ClosestName.hint(name, names),
            "use one of " + String.join(", ", names));
      } else if (cluster != null && cluster.role() == Role.DATA_PLANE) {
        problem(
            DeclarationError.ANNOTATION,
            object.object().key(),
            path,
            object.position(),
            "the cluster '" + name + "' is a data plane cluster, where this object has no effect",
            "use one of " + String.join(", ", names));
      }
    }
  }

  static ResourceKey clusterKey(MeshCluster cluster) {
    return new ResourceKey(OwnKinds.GROUP, "MeshCluster", "", cluster.name().value());
  }
}
