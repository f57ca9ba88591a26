package io.meshkeel.declaration;

import io.meshkeel.declaration.OwnKinds.ClusterSpec;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one file says, whatever the other files say. Immutable but for a memory of its declarations.
 * Any thread.
 */
final class ParsedFile {
  private final SourceFile file;
  private final String folder;
  private final List<Mesh> meshes;
  private final List<ParsedCluster> clusters;
  private final List<ParsedObject> objects;
  private final List<ParsedOwn> own;
  private final List<Narrowed> narrowed;
  private final List<Waiver> waivers;
  private final List<Problem> problems;
  private final boolean mayHoldMesh;
  private final boolean mayHoldCluster;
  private volatile @Nullable InMesh last;

  ParsedFile(
      SourceFile file,
      List<Mesh> meshes,
      List<ParsedCluster> clusters,
      List<ParsedObject> objects,
      List<ParsedOwn> own,
      List<Narrowed> narrowed,
      List<Waiver> waivers,
      List<Problem> problems,
      boolean mayHoldMesh,
      boolean mayHoldCluster) {
    this.file = file;
    this.folder = folderOf(file.path());
    this.meshes = List.copyOf(meshes);
    this.clusters = List.copyOf(clusters);
    this.objects = List.copyOf(objects);
    this.own = List.copyOf(own);
    this.narrowed = List.copyOf(narrowed);
    this.waivers = List.copyOf(waivers);
    this.problems = List.copyOf(problems);
    this.mayHoldMesh = mayHoldMesh;
    this.mayHoldCluster = mayHoldCluster;
  }

  static ParsedFile broken(SourceFile file, Problem problem) {
    return new ParsedFile(
        file,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(problem),
        true,
        true);
  }

  static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  SourceFile file() {
    return file;
  }

  String folder() {
    return folder;
  }

  List<Mesh> meshes() {
    return meshes;
  }

  List<ParsedCluster> clusters() {
    return clusters;
  }

  List<Narrowed> narrowed() {
    return narrowed;
  }

  List<Waiver> waivers() {
    return waivers;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Declarations of own kinds that stand for other objects. */
  List<ParsedOwn> own() {
    return own;
  }

  boolean hasObjects() {
    return !objects.isEmpty() || !own.isEmpty();
  }

  /** At most this many of its objects. */
  void firstObjects(int most, BiConsumer<ResourceKey, SourcePosition> use) {
    for (ParsedObject object : objects.subList(0, Math.min(most, objects.size()))) {
      use.accept(object.manifest.key(), object.position);
    }
    for (ParsedOwn each : own.subList(0, Math.min(most, own.size()))) {
      use.accept(each.object.manifest.key(), each.object.position);
    }
  }

  /** Whether a Mesh may be in it that could not be read. */
  boolean mayHoldMesh() {
    return mayHoldMesh;
  }

  /** Whether a MeshCluster may be in it that could not be read. */
  boolean mayHoldCluster() {
    return mayHoldCluster;
  }

  /** Its objects as declarations of this mesh: the same instances for the same mesh. */
  List<Declaration> declarations(MeshName mesh) {
    return in(mesh).declarations;
  }

  /** Its own kinds as declarations of this mesh: the same instances for the same mesh. */
  List<OwnDeclaration> own(MeshName mesh) {
    return in(mesh).own;
  }

  private InMesh in(MeshName mesh) {
    InMesh known = last;
    return known != null && known.mesh.equals(mesh) ? known : make(mesh);
  }

  private synchronized InMesh make(MeshName mesh) {
    InMesh known = last;
    if (known != null && known.mesh.equals(mesh)) {
      return known;
    }
    List<Declaration> made = new ArrayList<>(objects.size());
    for (ParsedObject object : objects) {
      made.add(declaration(object, mesh));
    }
    List<OwnDeclaration> read = new ArrayList<>(own.size());
    for (ParsedOwn each : own) {
      read.add(OwnReader.read(declaration(each.object, mesh)));
    }
    InMesh fresh = new InMesh(mesh, List.copyOf(made), List.copyOf(read));
    last = fresh;
    return fresh;
  }

  private Declaration declaration(ParsedObject object, MeshName mesh) {
    return new Declaration(object.manifest, mesh, file, object.document, object.position);
  }

  /** An Istio or Gateway API object. */
  record ParsedObject(Manifest manifest, int document, SourcePosition position) {}

  /**
   * A declaration of an own kind.
   *
   * @param object the document
   * @param places where fields stand that can only be judged beside the rest of the mesh
   */
  record ParsedOwn(ParsedObject object, Map<JsonPath, SourcePosition> places) {
    ParsedOwn {
      places = Map.copyOf(places);
    }
  }

  /** A MeshCluster that could be read. */
  record ParsedCluster(
      ClusterName name,
      SourcePosition position,
      Map<String, String> annotations,
      ClusterSpec spec) {}

  /**
   * An object with the annotation {@code meshkeel.io/clusters}.
   *
   * @param object the object
   * @param clusters the names in the annotation
   * @param position where the annotation stands
   */
  record Narrowed(Manifest object, List<String> clusters, SourcePosition position) {}

  private record InMesh(MeshName mesh, List<Declaration> declarations, List<OwnDeclaration> own) {}
}
