package io.meshkeel.declaration;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of a snapshot.
 *
 * @param path from the snapshot's folder
 * @param objects in the order of the file, lists unfolded
 * @param problems what is wrong
 */
record InventoryFile(String path, List<Placed> objects, List<Problem> problems) {
  /** An object and the document, or the list's item, that it stands in. */
  record Placed(Manifest manifest, SourcePosition position) {}

  /**
   * Never throws.
   *
   * @param reduced whether it was written by {@code meshkeel snapshot}, so that a value of a Secret
   *     must not be there
   */
  static InventoryFile read(String path, byte[] content, boolean reduced) {
    return new Reading(path, reduced).read(content);
  }

  /** Reads one file, used once. */
  private static final class Reading {
    private final String path;
    private final boolean reduced;
    private final List<Placed> objects = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private String text = "";
    private @Nullable YamlPlaces places;

    Reading(String path, boolean reduced) {
      this.path = path;
      this.reduced = reduced;
    }

    InventoryFile read(byte[] content) {
      String decoded = SourceText.decode(content);
      int line = FileParser.tooLongLine(content, InventoryReader.LIMITS.lineBytes());
      if (decoded == null) {
        whole(DeclarationError.NOT_TEXT, 1, "the file is no UTF-8 text", "save it as UTF-8");
      } else if (line > 0) {
        whole(
            DeclarationError.TOO_LARGE,
            line,
            "the line has more than %,d bytes".formatted(InventoryReader.LIMITS.lineBytes()),
            "break it; a long text may be written as a block, with '|'");
      } else {
        text = decoded;
        documents(YamlLoader.load(path, text, InventoryReader.LIMITS));
      }
      return new InventoryFile(path, List.copyOf(objects), List.copyOf(problems));
    }

    private void whole(DeclarationError error, int line, String message, String remediation) {
      SourcePosition at = new SourcePosition(path, line, 1);
      problems.add(new Problem(error, message, remediation, 0, JsonPath.ROOT, at, null));
    }

    @SuppressWarnings("unchecked") // keys are strings by the contract of YamlDocument
    private void documents(YamlDocument.Stream stream) {
      problems.addAll(stream.problems());
      for (YamlDocument document : stream.documents()) {
        if (document.root() instanceof Map<?, ?> map) {
          unfold(document, (Map<String, Object>) map);
        } else if (document.root() != null) {
          tell(
              document,
              JsonPath.ROOT,
              "the document is " + Fields.typeOf(document.root()) + ", not a Kubernetes object");
        }
      }
    }

    private void tell(YamlDocument document, JsonPath at, String message) {
      Problems found = new Problems(document.index());
      found.add(
          DeclarationError.NO_OBJECT,
          at,
          message,
          "write apiVersion, kind and metadata, or remove it");
      tell(document, found);
    }

    private void tell(YamlDocument document, Problems found) {
      for (Problem problem : found.found()) {
        if (problems.size() < YamlLoader.MAX_PROBLEMS) {
          problems.add(problem.at(locate(document, problem.path())));
        }
      }
    }

    private SourcePosition locate(YamlDocument document, JsonPath at) {
      if (at.equals(JsonPath.ROOT)) {
        return document.position();
      }
      if (places == null) {
        places = YamlPlaces.read(path, text, Integer.MAX_VALUE, InventoryReader.LIMITS);
      }
      SourcePosition found = places.find(document.index(), at);
      return found == null ? document.position() : found;
    }

    @SuppressWarnings("unchecked") // keys are strings by the contract of YamlDocument
    private void unfold(YamlDocument document, Map<String, Object> tree) {
      String kind = JsonTree.string(tree, "kind", "");
      if (!kind.endsWith("List") || !(tree.get("items") instanceof List<?> items)) {
        object(document, tree, JsonPath.ROOT);
        return;
      }
      for (int i = 0; i < items.size(); i++) {
        JsonPath at = JsonPath.of("items", i);
        if (items.get(i) instanceof Map<?, ?> item) {
          Map<String, Object> whole = new HashMap<>((Map<String, Object>) item);
          if (!kind.equals("List")) {
            // The API server's own lists leave out what all items share.
            whole.putIfAbsent("kind", kind.substring(0, kind.length() - "List".length()));
            whole.putIfAbsent("apiVersion", JsonTree.string(tree, "apiVersion", ""));
          }
          object(document, whole, at);
        } else {
          tell(document, at, "the item is no object");
        }
      }
    }

    private void object(YamlDocument document, Map<String, Object> tree, JsonPath at) {
      Problems found = new Problems(document.index());
      Manifest manifest = manifest(tree, at, found);
      tell(document, found);
      if (manifest != null) {
        objects.add(new Placed(manifest, locate(document, at)));
      }
    }

    private @Nullable Manifest manifest(Map<String, Object> tree, JsonPath at, Problems found) {
      Map<String, Object> metadata = JsonTree.map(tree, "metadata");
      for (String field : List.of("apiVersion", "kind")) {
        if (JsonTree.string(tree, field, "").isEmpty()) {
          missing(at.field(field), found);
          return null;
        }
      }
      if (JsonTree.string(metadata, "name", "").isEmpty()) {
        missing(at.field("metadata").field("name"), found);
        return null;
      }
      Manifest manifest = Manifest.of(tree);
      ResourceKey key = manifest.key();
      found.about(key);
      GroupKind kind = key.groupKind();
      if (kind.group().equals(OwnKinds.GROUP)) {
        found.add(
            DeclarationError.KIND,
            at.field("kind"),
            "a " + key.kind() + " is declared in a repository, no cluster holds it",
            "remove it; only " + InventoryIndex.FILE + " may hold a " + InventoryIndex.KIND);
        return null;
      }
      if (ObservedKinds.ALL.contains(kind)
          && key.namespace().isEmpty() != ObservedKinds.clusterScoped(kind)) {
        found.add(
            DeclarationError.NAMESPACE,
            at.field("metadata").field("namespace"),
            key.namespace().isEmpty() ? "it has no namespace" : "its kind has no namespaces",
            key.namespace().isEmpty()
                ? "write metadata.namespace, 'default' if that is meant"
                : "remove metadata.namespace");
      }
      if (reduced && kind.equals(ObservedKinds.SECRET)) {
        refuseValues(manifest, at, found);
      }
      return manifest;
    }

    private static void missing(JsonPath at, Problems found) {
      found.add(
          DeclarationError.NO_OBJECT,
          at,
          "the object has no " + at.segments().getLast(),
          "write '" + at + "' as for any Kubernetes object, or remove it");
    }

    /** A value of a Secret must never have come this far. */
    private static void refuseValues(Manifest secret, JsonPath at, Problems found) {
      for (String field : List.of("data", "stringData")) {
        JsonTree.map(secret.content(), field)
            .forEach((key, value) -> {
              if (!value.equals("")) {
                leak(at.field(field).field(key), "the key holds a value", found);
              }
            });
      }
      secret.annotations().keySet().stream()
          .filter(name -> !ObservedKinds.SECRET_ANNOTATIONS.contains(name))
          .forEach(name ->
              leak(
                  at.field("metadata").field("annotations").field(name),
                  "an annotation may hold the Secret's values",
                  found));
      if (secret.metadata().containsKey("managedFields")) {
        leak(
            at.field("metadata").field("managedFields"),
            "managedFields may hold the Secret's values",
            found);
      }
    }

    private static void leak(JsonPath at, String message, Problems found) {
      found.add(
          DeclarationError.SECRET,
          at,
          message,
          "a snapshot holds no content of Secrets: write key names with empty values, replace what"
              + " is known now");
    }
  }
}
