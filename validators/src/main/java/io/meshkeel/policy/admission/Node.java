package io.meshkeel.policy.admission;

import io.meshkeel.model.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place of an object, whether there is a value or not; what is missing reads as zero. The path is
 * only made when something is wrong.
 */
final class Node {
  private final @Nullable Node parent;
  private final Object segment;
  private final @Nullable Object value;

  private Node(@Nullable Node parent, Object segment, @Nullable Object value) {
    this.parent = parent;
    this.segment = segment;
    this.value = value;
  }

  static Node root(Map<String, Object> content) {
    return new Node(null, "", content);
  }

  /** A field; what isn't there is a place too. */
  Node at(String... names) {
    Node node = this;
    for (String name : names) {
      node = new Node(node, name, node.value instanceof Map<?, ?> map ? map.get(name) : null);
    }
    return node;
  }

  /** Whether there is a value, even an empty one. */
  boolean is() {
    return value != null;
  }

  /** Whether there is a field of this name. */
  boolean has(String name) {
    return value instanceof Map<?, ?> map && map.containsKey(name);
  }

  /** The items of a list, or the values of a map in the order of its keys. */
  List<Node> each() {
    int size = size();
    if (size == 0) {
      return List.of();
    }
    List<Node> nodes = new ArrayList<>(size);
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        nodes.add(new Node(this, i, list.get(i)));
      }
    } else if (value instanceof Map<?, ?> map) {
      (size == 1 ? map : new TreeMap<>(map))
          .forEach((name, each) -> nodes.add(new Node(this, name, each)));
    }
    return nodes;
  }

  /** How many items or fields. */
  int size() {
    return switch (value) {
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> 0;
    };
  }

  /** Whether there is an item or a field. */
  boolean any() {
    return size() > 0;
  }

  /** Whether a list or text is missing or empty. */
  boolean none() {
    return value instanceof String text ? text.isEmpty() : size() == 0;
  }

  /** The value as it was read. */
  @Nullable Object raw() {
    return value;
  }

  String text() {
    return value instanceof String text ? text : "";
  }

  /** The text of a field. */
  String text(String name) {
    return at(name).text();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(at(name).value);
  }

  long number() {
    return value instanceof Number number ? number.longValue() : 0;
  }

  long number(String name) {
    return at(name).number();
  }

  double decimal() {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  /** The name of the field that this is, or of the list that it is an item of. */
  String name() {
    Node node = this;
    while (node.segment instanceof Integer && node.parent != null) {
      node = node.parent;
    }
    return node.segment.toString();
  }

  /** The key of a map that this is the value of. */
  String key() {
    return segment.toString();
  }

  JsonPath path() {
    List<Object> segments = new ArrayList<>();
    for (Node node = this; node != null && node.parent != null; node = node.parent) {
      segments.addFirst(node.segment);
    }
    return new JsonPath(segments);
  }
}
