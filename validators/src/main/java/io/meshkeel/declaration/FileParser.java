package io.meshkeel.declaration;

import io.meshkeel.declaration.ParsedFile.Narrowed;
import io.meshkeel.declaration.ParsedFile.ParsedCluster;
import io.meshkeel.declaration.ParsedFile.ParsedObject;
import io.meshkeel.declaration.ParsedFile.ParsedOwn;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Waiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one file. Never throws; used once, by one thread. */
final class FileParser {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final Set<String> GROUPS =
      Set.of(
          "networking.istio.io",
          "security.istio.io",
          "telemetry.istio.io",
          "extensions.istio.io",
          GATEWAY_API);
  private static final String MAY_BE_DECLARED =
      "the kinds of meshkeel.io/v1alpha1, networking.istio.io,"
          + " security.istio.io, telemetry.istio.io, extensions.istio.io and"
          + " gateway.networking.k8s.io";

  private final SourceFile file;
  private final Limits limits;
  private final List<Mesh> meshes = new ArrayList<>(0);
  private final List<ParsedCluster> clusters = new ArrayList<>(0);
  private final List<ParsedObject> objects = new ArrayList<>(1);
  private final List<ParsedOwn> own = new ArrayList<>(0);
  private final List<Narrowed> narrowed = new ArrayList<>(0);
  private final List<Waiver> waivers = new ArrayList<>(0);
  private final List<Problem> problems = new ArrayList<>(0);
  private String text = "";
  private @Nullable YamlPlaces places;
  private int untold;
  private boolean brokenMesh;
  private boolean brokenCluster;

  private FileParser(SourceFile file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  static ParsedFile parse(SourceFile file, byte[] content, Limits limits) {
    return new FileParser(file, limits).parse(content);
  }

  private ParsedFile parse(byte[] content) {
    String decoded = SourceText.decode(content);
    if (decoded == null) {
      return ParsedFile.broken(
          file,
          problem(DeclarationError.NOT_TEXT, "the file is no UTF-8 text", "save it as UTF-8"));
    }
    int line = tooLongLine(content, limits.lineBytes());
    if (line > 0) {
      return ParsedFile.broken(
          file,
          problem(
                  DeclarationError.TOO_LARGE,
                  "the line has more than %,d bytes".formatted(limits.lineBytes()),
                  "break it; a long text may be written as a block, with '|'")
              .at(new SourcePosition(file.path(), line, 1)));
    }
    text = decoded;
    YamlDocument.Stream stream = YamlLoader.load(file.path(), text, limits);
    problems.addAll(stream.problems());
    if (!stream.complete()) {
      // What it was can't be told; a text that speaks of a Mesh may have held one.
      brokenMesh = text.contains(OwnKinds.GROUP) && text.contains("Mesh");
      brokenCluster = true;
    }
    for (YamlDocument document : stream.documents()) {
      if (document.root() != null) {
        document(document, document.root());
      }
    }
    if (untold > 0) {
      problems.add(
          problem(
              DeclarationError.TOO_LARGE,
              "the file has %,d more mistakes, which are not told".formatted(untold),
              "correct the first ones"));
    }
    return new ParsedFile(
        file,
        meshes,
        clusters,
        objects,
        own,
        narrowed,
        waivers,
        problems,
        brokenMesh,
        brokenCluster);
  }

  /** The first line that is too long, counted from 1; 0 if there is none. */
  static int tooLongLine(byte[] content, int limit) {
    if (content.length <= limit) {
      return 0;
    }
    int line = 1;
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        line++;
        start = i + 1;
      } else if (i - start >= limit) {
        return line;
      }
    }
    return 0;
  }

  private Problem problem(DeclarationError error, String message, String remediation) {
    SourcePosition start = new SourcePosition(file.path(), 1, 1, false);
    return new Problem(error, message, remediation, 0, JsonPath.ROOT, start, null);
  }

  private void document(YamlDocument document, Object root) {
    Problems found = new Problems(document.index());
    if (root instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // keys are strings by the contract of YamlDocument
      Map<String, Object> tree = (Map<String, Object>) map;
      object(document, tree, found);
    } else {
      found.add(
          DeclarationError.NO_OBJECT,
          JsonPath.ROOT,
          "the document is " + Fields.typeOf(root) + ", not a Kubernetes object",
          "write apiVersion, kind and metadata, or move the file out of meshes/");
    }
    for (Problem problem : found.found()) {
      if (problems.size() >= YamlLoader.MAX_PROBLEMS) {
        untold++;
        continue;
      }
      problems.add(problem.at(locate(problem.document(), problem.path())));
    }
  }

  private SourcePosition locate(int document, JsonPath path) {
    if (places == null) {
      places = YamlPlaces.read(file.path(), text, Integer.MAX_VALUE, limits);
    }
    SourcePosition position = places.find(document, path);
    return position == null ? new SourcePosition(file.path(), 1, 1, false) : position;
  }

  private void object(YamlDocument document, Map<String, Object> tree, Problems found) {
    String apiVersion = text(tree, "apiVersion", found);
    String kind = text(tree, "kind", found);
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      return;
    }
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    boolean own = group.equals(OwnKinds.GROUP);
    if (!own && !GROUPS.contains(group)) {
      refuse(apiVersion, kind, found);
      return;
    }
    Object metadata = tree.get("metadata");
    if (metadata != null && !(metadata instanceof Map)) {
      found.add(
          DeclarationError.BAD_METADATA,
          JsonPath.of("metadata"),
          "'metadata' must be a map, not " + Fields.typeOf(metadata),
          "write metadata with a name");
      markOwn(kind, own);
      return;
    }
    Map<String, Object> meta = JsonTree.map(tree, "metadata");
    String name = Metadata.name(meta, found);
    if (own) {
      own(document, apiVersion, kind, name, tree, meta, found);
    } else {
      applied(document, apiVersion, group, kind, name, tree, meta, found);
    }
  }

  private static String text(Map<String, Object> tree, String field, Problems found) {
    Object value = tree.get(field);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    found.add(
        DeclarationError.NO_OBJECT,
        JsonPath.of(field),
        value == null ? "the document has no " + field : "'" + field + "' is no text with content",
        "write " + field + " as for any Kubernetes object, or move the file out of meshes/");
    return "";
  }

  private static void refuse(String apiVersion, String kind, Problems found) {
    if (kind.equals("Secret") && apiVersion.equals("v1")) {
      found.add(
          DeclarationError.SECRET,
          JsonPath.of("kind"),
          "a plain Secret must not be in the repository",
          "remove it, replace its content everywhere since it is known now, and create it in the"
              + " cluster by other means");
      return;
    }
    found.add(
        DeclarationError.KIND,
        JsonPath.of("kind"),
        kind.equals("List")
            ? "a List is not read"
            : "a "
                + Metadata.shortened(kind)
                + " of "
                + Metadata.shortened(apiVersion)
                + " can't be declared here",
        kind.equals("List")
            ? "write its items as documents of their own, with '---' between"
            : "move it out of meshes/; what may be declared is " + MAY_BE_DECLARED);
  }

  private void own(
      YamlDocument document,
      String apiVersion,
      String kind,
      String name,
      Map<String, Object> tree,
      Map<String, Object> metadata,
      Problems found) {
    if (!apiVersion.equals(OwnKinds.API_VERSION)) {
      found.add(
          DeclarationError.KIND,
          JsonPath.of("apiVersion"),
          "there is no " + Metadata.shortened(apiVersion),
          "write " + OwnKinds.API_VERSION);
    } else if (OwnKinds.LATER.contains(kind)) {
      found.add(
          DeclarationError.NOT_SUPPORTED,
          JsonPath.of("kind"),
          "the kind " + kind + " is not supported by this version",
          "remove it; this version would not carry it out");
      return;
    } else if (!OwnShapes.all().containsKey(kind)) {
      Set<String> all = new TreeSet<>(OwnKinds.LATER);
      all.addAll(OwnShapes.all().keySet());
      found.add(
          DeclarationError.KIND,
          JsonPath.of("kind"),
          "there is no kind "
              + Metadata.shortened(kind)
              + " of Meshkeel"
              + ClosestName.hint(kind, all),
          "what may be declared is " + MAY_BE_DECLARED,
          ClosestName.slip(kind, OwnShapes.all().keySet())
              .map(meant -> Fix.of("write " + meant, new Fix.Put(JsonPath.of("kind"), meant)))
              .orElse(null));
      // It may be meant as one of these: then its objects must not fall to a mesh further above.
      ClosestName.of(kind, List.of("Mesh", "MeshCluster")).ifPresent(k -> markOwn(k, true));
      return;
    }
    if (!name.isEmpty()) {
      found.about(new ResourceKey(OwnKinds.GROUP, kind, "", name));
    }
    if (metadata.containsKey("namespace")) {
      found.add(
          DeclarationError.NAMESPACE,
          JsonPath.of("metadata", "namespace"),
          "a " + kind + " is in no namespace",
          "remove metadata.namespace");
    }
    Metadata.check(metadata, found);
    Annotations.check(kind, true, JsonTree.map(metadata, "annotations"), found);
    switch (kind) {
      case "Mesh" -> mesh(document, name, tree, metadata, found);
      case "MeshCluster" -> cluster(document, name, tree, metadata, found);
      case "Waiver" -> waiver(document, name, tree, found);
      default -> standing(document, kind, name, tree, found);
    }
  }

  /** An own kind that stands for objects of clusters. */
  private void standing(
      YamlDocument document, String kind, String name, Map<String, Object> tree, Problems found) {
    OwnReader.check(kind, name, tree, found);
    if (name.isEmpty() || !found.isEmpty() || !document.sound()) {
      return;
    }
    ResourceKey key = new ResourceKey(OwnKinds.GROUP, kind, "", name);
    Map<JsonPath, SourcePosition> at = new HashMap<>();
    for (JsonPath path : OwnReader.placesOf(tree)) {
      at.put(path, locate(document.index(), path));
    }
    own.add(
        new ParsedOwn(
            new ParsedObject(
                new Manifest(key, OwnKinds.API_VERSION, tree),
                document.index(),
                document.position()),
            at));
  }

  private void markOwn(String kind, boolean own) {
    brokenMesh |= own && kind.equals("Mesh");
    brokenCluster |= own && kind.equals("MeshCluster");
  }

  private void mesh(
      YamlDocument document,
      String name,
      Map<String, Object> tree,
      Map<String, Object> metadata,
      Problems found) {
    MeshName mesh = name.isEmpty() ? null : OwnKinds.meshName(name, found);
    OwnKinds.check(tree, OwnShapes.MESH, found);
    if (mesh == null || !found.isEmpty() || !document.sound()) {
      brokenMesh = true;
      return;
    }
    meshes.add(
        new Mesh(
            mesh,
            ParsedFile.folderOf(file.path()),
            document.position(),
            Metadata.annotations(metadata),
            OwnKinds.meshSpec(tree)));
  }

  private void cluster(
      YamlDocument document,
      String name,
      Map<String, Object> tree,
      Map<String, Object> metadata,
      Problems found) {
    ClusterName cluster = name.isEmpty() ? null : OwnKinds.clusterName(name, found);
    OwnKinds.check(tree, OwnShapes.CLUSTER, found);
    if (cluster == null || !found.isEmpty() || !document.sound()) {
      brokenCluster = true;
      return;
    }
    clusters.add(
        new ParsedCluster(
            cluster,
            document.position(),
            Metadata.annotations(metadata),
            OwnKinds.clusterSpec(tree)));
  }

  private void waiver(
      YamlDocument document, String name, Map<String, Object> tree, Problems found) {
    OwnKinds.check(tree, OwnShapes.WAIVER, found);
    if (!file.path().startsWith(WaiverReader.FOLDER)) {
      found.add(
          DeclarationError.WAIVER,
          JsonPath.of("kind"),
          "a Waiver must be below " + WaiverReader.FOLDER,
          "move it there, so that the repository's owners can say who reviews exceptions");
    }
    if (!name.isEmpty() && found.isEmpty() && document.sound()) {
      waivers.add(WaiverReader.read(name, document.position(), tree));
    }
  }

  private void applied(
      YamlDocument document,
      String apiVersion,
      String group,
      String kind,
      String name,
      Map<String, Object> tree,
      Map<String, Object> metadata,
      Problems found) {
    boolean clusterScoped = group.equals(GATEWAY_API) && kind.equals("GatewayClass");
    String namespace = "";
    if (!clusterScoped) {
      namespace = Metadata.namespace(metadata, found);
    } else if (metadata.containsKey("namespace")) {
      found.add(
          DeclarationError.NAMESPACE,
          JsonPath.of("metadata", "namespace"),
          "a " + kind + " is in no namespace",
          "remove metadata.namespace");
    }
    if (name.isEmpty()) {
      return;
    }
    ResourceKey key = new ResourceKey(group, kind, namespace, name);
    found.about(key);
    Metadata.check(metadata, found);
    Map<String, Object> annotations = JsonTree.map(metadata, "annotations");
    Annotations.check(kind, false, annotations, found);
    if (tree.containsKey("status")) {
      found.add(
          DeclarationError.SERVER_FIELD,
          JsonPath.of("status"),
          "'status' is written by controllers",
          "remove it; a declaration holds what is wanted, not what a cluster answered");
    }
    if (!found.isEmpty() || !document.sound()) {
      return;
    }
    Manifest manifest = new Manifest(key, apiVersion, tree);
    objects.add(new ParsedObject(manifest, document.index(), document.position()));
    if (annotations.get(Annotations.CLUSTERS) instanceof String names) {
      JsonPath at = JsonPath.of("metadata", "annotations", Annotations.CLUSTERS);
      narrowed.add(new Narrowed(manifest, Metadata.names(names), locate(document.index(), at)));
    }
  }
}
