package io.meshkeel.corpus;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A place of a reduced schema, references followed.
 *
 * @param tree the keywords that stand there
 * @param definitions what {@code $ref} may name
 */
record SchemaNode(Map<String, Object> tree, Map<String, Object> definitions) {
  static SchemaNode of(Map<String, Object> tree, Map<String, Object> definitions) {
    Map<String, Object> at = tree;
    while (at.get("$ref") instanceof String name) {
      at = JsonTree.map(definitions, name);
    }
    return new SchemaNode(at, definitions);
  }

  String type() {
    return Boolean.TRUE.equals(tree.get("x-kubernetes-int-or-string"))
        ? "string"
        : JsonTree.string(tree, "type", "");
  }

  /** The fields of an object, sorted. */
  Map<String, SchemaNode> properties() {
    Map<String, SchemaNode> properties = new TreeMap<>();
    Map<String, Object> stored = JsonTree.map(tree, "properties");
    stored
        .keySet()
        .forEach(name -> properties.put(name, of(JsonTree.map(stored, name), definitions)));
    return properties;
  }

  List<String> required() {
    return JsonTree.strings(tree, "required");
  }

  Optional<SchemaNode> items() {
    return below("items");
  }

  /** What the values of a map are. */
  Optional<SchemaNode> values() {
    return below("additionalProperties");
  }

  private Optional<SchemaNode> below(String keyword) {
    return tree.get(keyword) instanceof Map<?, ?>
        ? Optional.of(of(JsonTree.map(tree, keyword), definitions))
        : Optional.empty();
  }

  List<Object> allowed() {
    return JsonTree.list(tree, "enum");
  }

  Optional<Object> standard() {
    return Optional.ofNullable(tree.get("default"));
  }

  boolean open() {
    return Boolean.TRUE.equals(tree.get("x-kubernetes-preserve-unknown-fields"));
  }

  long number(String keyword, long fallback) {
    return tree.get(keyword) instanceof Number value ? value.longValue() : fallback;
  }

  /** The rules of this place, as one text. */
  String rules() {
    List<String> rules = new ArrayList<>();
    JsonTree.maps(tree, "x-kubernetes-validations")
        .forEach(rule -> rules.add(JsonTree.string(rule, "rule", "")));
    return String.join("\n", rules);
  }
}
