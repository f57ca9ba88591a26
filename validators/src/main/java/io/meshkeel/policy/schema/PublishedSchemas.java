package io.meshkeel.policy.schema;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.policy.schema.Schema.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an API server publishes of one group and version, as OpenAPI v3 ({@code
 * /openapi/v3/apis/<group>/<version>}): which fields the kinds of Istio and of the Gateway API have
 * there, of which types and with which enumerations. Bounds, patterns and conditions are left to
 * the server: it is nobody whose patterns should be run here. Any thread.
 *
 * <p>Where a schema says {@code x-kubernetes-preserve-unknown-fields}, the server keeps whatever is
 * written, so any field is taken; below it, a field that is described is still held to its
 * description, as the server does (Kubernetes documentation, "Field pruning").
 */
public final class PublishedSchemas {
  /** Nesting up to which a schema is read: 64; below it everything is taken. */
  static final int MAX_DEPTH = 64;

  /** Of these every server takes what it takes. */
  private static final Set<String> EVERY_OBJECT =
      Set.of("apiVersion", "kind", "metadata", "status");

  private final Map<GroupKind, Schema> kinds;

  private PublishedSchemas(Map<GroupKind, Schema> kinds) {
    this.kinds = Map.copyOf(kinds);
  }

  /**
   * Reads a document. Kinds that Meshkeel doesn't write are left out, and so is a kind whose schema
   * says nothing of its fields.
   *
   * @param document as parsed from JSON
   */
  public static PublishedSchemas of(Map<String, Object> document) {
    Map<GroupKind, Schema> kinds = new HashMap<>();
    for (Object each : JsonTree.map(JsonTree.map(document, "components"), "schemas").values()) {
      if (each instanceof Map<?, ?>) {
        Map<String, Object> stored = JsonTree.map(Map.of("schema", each), "schema");
        List<Map<String, Object>> names = JsonTree.maps(stored, "x-kubernetes-group-version-kind");
        if (names.size() == 1 && stored.containsKey("properties")) {
          GroupKind kind =
              new GroupKind(
                  JsonTree.string(names.getFirst(), "group", ""),
                  JsonTree.string(names.getFirst(), "kind", ""));
          if (ObservedKinds.ISTIO.contains(kind) || ObservedKinds.GATEWAY_API.contains(kind)) {
            kinds.put(kind, object(stored));
          }
        }
      }
    }
    return new PublishedSchemas(kinds);
  }

  /** The schema of a kind; empty if the document has none. */
  Optional<Schema> schema(GroupKind kind) {
    return Optional.ofNullable(kinds.get(kind));
  }

  private static Schema object(Map<String, Object> stored) {
    Map<String, Object> own = new HashMap<>(JsonTree.map(stored, "properties"));
    own.keySet().removeAll(EVERY_OBJECT);
    Map<String, Object> without = new HashMap<>(stored);
    without.put("properties", own);
    return schema(without, 0);
  }

  private static Schema schema(Map<String, Object> stored, int depth) {
    Schema schema = new Schema();
    schema.type = type(stored);
    if (depth == MAX_DEPTH) {
      schema.type = Type.ANY;
      return schema;
    }
    Map<String, Schema> properties = new HashMap<>();
    JsonTree.map(stored, "properties")
        .forEach((name, each) -> properties.put(name, nested(each, depth)));
    schema.properties = Map.copyOf(properties);
    Object additional = stored.get("additionalProperties");
    schema.open =
        Boolean.TRUE.equals(stored.get("x-kubernetes-preserve-unknown-fields"))
            || Boolean.TRUE.equals(additional);
    schema.additional = additional instanceof Map<?, ?> ? nested(additional, depth) : null;
    Object items = stored.get("items");
    schema.items = items instanceof Map<?, ?> ? nested(items, depth) : null;
    schema.allowed = enumeration(stored);
    schema.allowedSet = Set.copyOf(schema.allowed);
    return schema;
  }

  private static Schema nested(Object stored, int depth) {
    return schema(JsonTree.map(Map.of("schema", stored), "schema"), depth + 1);
  }

  /** Only of texts: Istio's and the Gateway API's enumerations have nothing else. */
  private static List<Object> enumeration(Map<String, Object> stored) {
    List<String> texts = JsonTree.strings(stored, "enum");
    return texts.size() == JsonTree.list(stored, "enum").size() ? List.copyOf(texts) : List.of();
  }

  /** A reference stands for an object of Kubernetes' own: not read, so everything is taken. */
  private static Type type(Map<String, Object> stored) {
    if (Boolean.TRUE.equals(stored.get("x-kubernetes-int-or-string"))) {
      return Type.INT_OR_STRING;
    }
    return switch (JsonTree.string(stored, "type", "")) {
      case "object" -> Type.OBJECT;
      case "array" -> Type.ARRAY;
      case "string" -> Type.STRING;
      case "integer" -> Type.INTEGER;
      case "number" -> Type.NUMBER;
      case "boolean" -> Type.BOOLEAN;
      default -> Type.ANY;
    };
  }
}
