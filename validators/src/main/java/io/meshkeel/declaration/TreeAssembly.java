package io.meshkeel.declaration;

import io.meshkeel.declaration.ParsedFile.ParsedCluster;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Waiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of one revision together: whose mesh is what, and what is there twice. Costs a few
 * look-ups a file. For one thread; used once.
 */
final class TreeAssembly {
  private final Optional<Revision> revision;
  private final List<ParsedFile> files;
  private final PolicySettings settings;
  private final List<Finding> ofSettings;
  private final PolicyFiles policies;
  private final List<Finding> problems = new ArrayList<>(0);
  private final Map<MeshName, MeshSlot> byName = new LinkedHashMap<>();
  private final Map<String, MeshSlot> byFolder = new HashMap<>();
  private final Set<String> lostFolders = new HashSet<>();
  private final Map<ClusterName, Owned> clusters = new HashMap<>();

  TreeAssembly(
      Optional<Revision> revision,
      List<ParsedFile> files,
      PolicySettings settings,
      List<Finding> ofSettings,
      PolicyFiles policies,
      List<Problem> general,
      List<Finding> ofSnapshot) {
    this.revision = revision;
    this.files = files;
    this.settings = settings;
    this.ofSettings = ofSettings;
    this.policies = policies;
    for (ParsedFile file : files) {
      meshes(file);
    }
    for (Problem problem : general) {
      problems.add(problem.finding(null));
    }
    for (Finding finding : ofSnapshot) {
      ofSnapshot(finding);
    }
  }

  Declarations result() {
    String folder = "";
    Owner owner = owner(folder);
    for (ParsedFile file : files) {
      if (!file.folder().equals(folder)) {
        folder = file.folder();
        owner = owner(folder);
      }
      problems(file);
      if (file.hasObjects() || !file.clusters().isEmpty()) {
        content(file, owner);
      }
    }
    SharedClusters.check(byName.values());
    Governance governance = new Governance(settings, waivers(), policies);
    // Nobody knows how findings are to be taken, so no mesh may be accepted.
    if (byName.isEmpty()) {
      problems.addAll(ofSettings);
    }
    byName.values().forEach(slot -> ofSettings.forEach(slot::problem));
    Map<MeshName, MeshDeclarations> meshes = new HashMap<>();
    byName.forEach((name, slot) -> meshes.put(name, slot.result().with(governance)));
    return new Declarations(revision, meshes, DeclarationReader.sorted(problems), governance);
  }

  private List<Waiver> waivers() {
    Map<String, Waiver> waivers = new TreeMap<>();
    for (ParsedFile file : files) {
      for (Waiver waiver : file.waivers()) {
        Waiver first = waivers.putIfAbsent(waiver.name(), waiver);
        if (first != null) {
          problems.add(
              new Problem(
                      DeclarationError.WAIVER,
                      "the waiver "
                          + waiver.name()
                          + " is declared twice, first at "
                          + first.position(),
                      "keep one of the two, or give one another name",
                      0,
                      JsonPath.of("metadata", "name"),
                      waiver.position(),
                      new ResourceKey(OwnKinds.GROUP, "Waiver", "", waiver.name()))
                  .finding(null));
        }
      }
    }
    return List.copyOf(waivers.values());
  }

  private void meshes(ParsedFile file) {
    if (file.mayHoldMesh()) {
      lostFolders.add(file.folder());
    }
    for (Mesh mesh : file.meshes()) {
      if (!(mesh.folder() + "/").startsWith("meshes/")) {
        lostFolders.add(mesh.folder());
        problems.add(
            new Problem(
                    DeclarationError.OUTSIDE_MESH,
                    "a Mesh must be below meshes/",
                    "move it to meshes/" + mesh.name() + "/mesh.yaml",
                    0,
                    JsonPath.ROOT,
                    mesh.position(),
                    null)
                .finding(mesh.name()));
        continue;
      }
      mesh(mesh);
    }
  }

  private void mesh(Mesh mesh) {
    MeshSlot namesake = byName.get(mesh.name());
    if (namesake != null) {
      lostFolders.add(mesh.folder());
      twice(
          namesake,
          mesh.position(),
          "the mesh " + mesh.name() + " is declared twice, first at " + namesake.mesh().position(),
          "keep one of the two, or give one another name");
      return;
    }
    MeshSlot slot = new MeshSlot(mesh);
    byName.put(mesh.name(), slot);
    MeshSlot other = byFolder.putIfAbsent(mesh.folder(), slot);
    if (other != null) {
      String remedy = "move one of the two, with what belongs to it, to a folder of its own";
      twice(
          slot,
          mesh.position(),
          "the folder "
              + mesh.folder()
              + " holds two meshes, "
              + mesh.name()
              + " and, at "
              + other.mesh().position()
              + ", "
              + other.mesh().name(),
          remedy);
      twice(
          other,
          other.mesh().position(),
          "the folder "
              + mesh.folder()
              + " holds two meshes, "
              + other.mesh().name()
              + " and, at "
              + mesh.position()
              + ", "
              + mesh.name(),
          remedy);
    }
  }

  private static void twice(
      MeshSlot slot, SourcePosition position, String message, String remediation) {
    slot.problem(
        DeclarationError.DUPLICATE_MESH,
        new ResourceKey(OwnKinds.GROUP, "Mesh", "", slot.mesh().name().value()),
        JsonPath.of("metadata", "name"),
        position,
        message,
        remediation);
  }

  /** Told of the mesh whose folder it lies in, so that the mesh is denied; else of the revision. */
  private void ofSnapshot(Finding finding) {
    MeshSlot slot =
        finding.position() == null ? null : nearest(ParsedFile.folderOf(finding.position().file()));
    if (slot == null) {
      problems.add(finding);
    } else {
      slot.problem(
          new Problem(
              error(finding.ruleId()),
              finding.message(),
              finding.remediation(),
              0,
              finding.path(),
              finding.position(),
              finding.resource()),
          true);
    }
  }

  private static DeclarationError error(String id) {
    for (DeclarationError error : DeclarationError.values()) {
      if (error.id().equals(id)) {
        return error;
      }
    }
    return DeclarationError.UNSAFE_ENTRY;
  }

  private void problems(ParsedFile file) {
    if (file.problems().isEmpty()) {
      return;
    }
    MeshSlot slot = nearest(file.folder());
    for (Problem problem : file.problems()) {
      if (slot != null) {
        slot.problem(problem, file.mayHoldCluster());
      }
      if (slot == null || file.mayHoldMesh()) {
        problems.add(problem.finding(null));
      }
    }
  }

  private void content(ParsedFile file, Owner owner) {
    switch (owner) {
      case Owner.Slot(MeshSlot slot) -> {
        if (file.hasObjects()) {
          slot.add(file);
        }
        for (ParsedCluster cluster : file.clusters()) {
          cluster(slot, cluster);
        }
      }
      case Owner.Lost() -> {}
      case Owner.Nobody() -> outside(file);
    }
  }

  private void outside(ParsedFile file) {
    for (ParsedCluster cluster : file.clusters()) {
      outside(
          new ResourceKey(OwnKinds.GROUP, "MeshCluster", "", cluster.name().value()),
          cluster.position());
    }
    file.firstObjects(YamlLoader.MAX_PROBLEMS, this::outside);
  }

  private void outside(ResourceKey key, SourcePosition position) {
    problems.add(
        new Problem(
                DeclarationError.OUTSIDE_MESH,
                "it belongs to no mesh: no folder above it holds a Mesh",
                "move it below the folder of its mesh, meshes/<mesh>/, or declare the Mesh there",
                0,
                JsonPath.ROOT,
                position,
                key)
            .finding(null));
  }

  private void cluster(MeshSlot slot, ParsedCluster parsed) {
    MeshCluster cluster =
        new MeshCluster(
            parsed.name(),
            slot.mesh().name(),
            parsed.position(),
            parsed.annotations(),
            parsed.spec().role(),
            parsed.spec().network(),
            parsed.spec().credential(),
            parsed.spec().namespaces(),
            parsed.spec().suspend(),
            parsed.spec().istiod(),
            parsed.spec().remoteSecret());
    Owned first = clusters.putIfAbsent(cluster.name(), new Owned(slot, cluster));
    if (first == null) {
      slot.add(cluster);
      return;
    }
    twice(slot, cluster, first.cluster());
    if (first.slot() != slot) {
      slot.add(cluster);
      twice(first.slot(), first.cluster(), cluster);
    }
  }

  private static void twice(MeshSlot slot, MeshCluster cluster, MeshCluster other) {
    slot.problem(
        DeclarationError.DUPLICATE_CLUSTER,
        MeshSlot.clusterKey(cluster),
        JsonPath.of("metadata", "name"),
        cluster.position(),
        "the cluster " + cluster.name() + " is declared twice, also at " + other.position(),
        "keep one of the two, or give one another name: names of clusters are unique over all"
            + " meshes");
  }

  /** The mesh of the nearest folder that holds one, whatever was lost between. */
  private @Nullable MeshSlot nearest(String folder) {
    String at = folder;
    while (true) {
      MeshSlot slot = byFolder.get(at);
      if (slot != null || at.isEmpty()) {
        return slot;
      }
      at = ParsedFile.folderOf(at);
    }
  }

  /** Whose the content of a folder is. */
  private Owner owner(String folder) {
    String at = folder;
    while (true) {
      MeshSlot slot = byFolder.get(at);
      if (slot != null) {
        return new Owner.Slot(slot);
      }
      if (lostFolders.contains(at)) {
        return new Owner.Lost();
      }
      if (at.isEmpty()) {
        return new Owner.Nobody();
      }
      at = ParsedFile.folderOf(at);
    }
  }

  private record Owned(MeshSlot slot, MeshCluster cluster) {}

  private sealed interface Owner {
    record Slot(MeshSlot slot) implements Owner {}

    /** A Mesh above it could not be read: it is not told again for each object. */
    record Lost() implements Owner {}

    record Nobody() implements Owner {}
  }
}
