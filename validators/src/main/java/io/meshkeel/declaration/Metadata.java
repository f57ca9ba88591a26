package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks {@code metadata}: what the API server would refuse, set itself, or we would. */
final class Metadata {
  private static final JsonPath METADATA = JsonPath.of("metadata");
  private static final Set<String> DECLARED = Set.of("name", "namespace", "labels", "annotations");
  private static final Set<String> SERVER =
      Set.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink",
          "generateName",
          "ownerReferences",
          "finalizers");
  private static final int MAX_NAME = 253;

  private Metadata() {}

  /** Notes everything about {@code metadata} that doesn't depend on the kind. */
  static void check(Map<String, Object> metadata, Problems problems) {
    for (String name : metadata.keySet()) {
      if (!DECLARED.contains(name)) {
        field(name, metadata, problems);
      }
    }
    texts(metadata, "labels", problems);
    texts(metadata, "annotations", problems);
    for (String label : JsonTree.map(metadata, "labels").keySet()) {
      if (label.startsWith("meshkeel.io/") || label.startsWith("applyset.kubernetes.io/")) {
        problems.add(
            DeclarationError.ANNOTATION,
            METADATA.field("labels").field(label),
            "the label '" + label + "' is set by Meshkeel",
            "remove it");
      }
    }
  }

  private static void field(String name, Map<String, Object> metadata, Problems problems) {
    if (SERVER.contains(name)) {
      problems.add(
          DeclarationError.SERVER_FIELD,
          METADATA.field(name),
          "'metadata." + name + "' is set by the API server or a controller",
          "remove it; a declaration holds what is wanted, not what a cluster answered");
    } else {
      problems.add(
          DeclarationError.UNKNOWN_FIELD,
          METADATA.field(name),
          "there is no field '" + name + "' in 'metadata'" + ClosestName.hint(name, DECLARED),
          "use one of " + String.join(", ", new TreeSet<>(DECLARED)),
          ClosestName.slip(name, DECLARED)
              .filter(meant -> !metadata.containsKey(meant))
              .map(meant -> Fix.of("write " + meant, new Fix.Rename(METADATA.field(name), meant)))
              .orElse(null));
    }
  }

  private static void texts(Map<String, Object> metadata, String field, Problems problems) {
    Object value = metadata.get(field);
    if (value == null) {
      return;
    }
    if (!(value instanceof Map<?, ?> map)) {
      problems.add(
          DeclarationError.WRONG_TYPE,
          METADATA.field(field),
          "'metadata." + field + "' must be a map, not " + Fields.typeOf(value),
          "write name: value pairs");
      return;
    }
    map.forEach((key, item) -> {
      if (!(item instanceof String)) {
        problems.add(
            DeclarationError.WRONG_TYPE,
            METADATA.field(field).field((String) key),
            "'" + key + "' must be a text, not " + Fields.typeOf(item),
            "put the value in quotes",
            quoted(METADATA.field(field).field((String) key), item));
      }
    });
  }

  private static @Nullable Fix quoted(JsonPath path, @Nullable Object value) {
    return value instanceof Number || value instanceof Boolean
        ? Fix.of("put it in quotes", new Fix.Quote(path))
        : null;
  }

  /** The name of an object; empty, and noted, if there is none that Kubernetes takes. */
  static String name(Map<String, Object> metadata, Problems problems) {
    Object value = metadata.get("name");
    if (value == null) {
      problems.add(
          DeclarationError.NAME,
          METADATA.field("name"),
          "the object has no name",
          "write metadata.name");
      return "";
    }
    if (!(value instanceof String name)) {
      problems.add(
          DeclarationError.NAME,
          METADATA.field("name"),
          "'metadata.name' must be a text, not " + Fields.typeOf(value),
          "put the name in quotes",
          quoted(METADATA.field("name"), value));
      return "";
    }
    if (!isSubdomain(name)) {
      problems.add(
          DeclarationError.NAME,
          METADATA.field("name"),
          "'" + shortened(name) + "' is no name that Kubernetes takes",
          "use lower-case letters, digits, '-' and '.', at most 253, letters or digits at the"
              + " ends");
      return "";
    }
    return name;
  }

  /** The namespace of an object; empty, and noted, if there is none that Kubernetes takes. */
  static String namespace(Map<String, Object> metadata, Problems problems) {
    Object value = metadata.get("namespace");
    if (value == null) {
      problems.add(
          DeclarationError.NAMESPACE,
          METADATA.field("namespace"),
          "the object has no namespace, and a mesh has no default one",
          "write metadata.namespace");
      return "";
    }
    if (!(value instanceof String name) || name.length() > 63 || !isLabel(name, 0, name.length())) {
      problems.add(
          DeclarationError.NAMESPACE,
          METADATA.field("namespace"),
          "'metadata.namespace' is no name of a namespace",
          "use lower-case letters, digits and '-', at most 63; put it in quotes if it looks like a"
              + " number",
          quoted(METADATA.field("namespace"), value));
      return "";
    }
    return name;
  }

  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** {@code metadata.annotations}, values that are no texts left out. */
  static Map<String, String> annotations(Map<String, Object> metadata) {
    Map<String, String> texts = new HashMap<>();
    JsonTree.map(metadata, "annotations")
        .forEach((name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  /** RFC 1123 subdomain. */
  private static boolean isSubdomain(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      if (!isLabel(name, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return isLabel(name, start, name.length());
  }

  private static boolean isLabel(String text, int from, int to) {
    if (from >= to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  static List<String> names(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1)).map(String::strip).toList();
  }
}
