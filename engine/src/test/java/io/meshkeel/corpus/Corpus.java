package io.meshkeel.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of a kind from its schema: for every field and every value worth trying one that
 * holds it and as little else as the schema asks for, and some that hold many fields at once. The
 * same seed makes the same objects.
 */
public final class Corpus {
  /** How many objects of many fields each kind gets. */
  static final int WIDE = 20;

  /** How likely such an object holds a field, in percent. */
  private static final int LIKELY = 35;

  private static final String ITEM = "[]";
  private static final String ENTRY = "{}";

  private final CorpusKind kind;
  private final Companions companions;
  private final Random random;

  private Corpus(CorpusKind kind, long seed) {
    this.kind = kind;
    this.companions = new Companions(kind.kind());
    this.random = new Random(seed);
  }

  /** The objects of a kind. */
  public static List<Sample> of(CorpusKind kind, long seed) {
    return new Corpus(kind, seed).samples();
  }

  /** Something that stands at a place of the schema of a kind. */
  static Object something(CorpusKind kind, SchemaNode node, Random random) {
    return new Corpus(kind, random.nextLong()).any(node);
  }

  private List<Sample> samples() {
    Set<Sample> samples = new LinkedHashSet<>();
    samples.add(new Sample("as little as possible", least()));
    targets(kind.spec(), new ArrayList<>(), samples);
    for (int i = 0; i < WIDE; i++) {
      samples.add(new Sample("wide " + i, wide()));
    }
    return List.copyOf(samples);
  }

  private Map<String, Object> least() {
    return companions.complete(object(kind.spec(), List.of(), null), List.of());
  }

  /** Walks the schema and makes an object for every place. */
  private void targets(SchemaNode node, List<String> path, Set<Sample> samples) {
    node.standard().ifPresent(value -> add(path, value, samples));
    if (node.open()) {
      add(path, Companions.ANYTHING, samples);
    } else if (node.values().isPresent()) {
      if (node.number("minProperties", 0) == 0) {
        add(path, Map.of(), samples);
      }
      targets(node.values().get(), plus(path, ENTRY), samples);
    } else if (node.items().isPresent()) {
      if (node.number("minItems", 0) == 0) {
        add(path, List.of(), samples);
      }
      targets(node.items().get(), plus(path, ITEM), samples);
    } else if (node.type().equals("object") || !node.properties().isEmpty()) {
      if (!path.isEmpty() && node.required().isEmpty() && node.number("minProperties", 0) == 0) {
        add(path, Map.of(), samples);
      }
      node.properties().forEach((name, each) -> targets(each, plus(path, name), samples));
    } else {
      Scalars.all(node).forEach(value -> add(path, value, samples));
    }
  }

  private void add(List<String> path, Object value, Set<Sample> samples) {
    Map<String, Object> spec = companions.complete(object(kind.spec(), path, value), path);
    if (!holds(spec, path)) {
      throw new IllegalStateException(kind.kind() + " " + path + " isn't in " + spec);
    }
    samples.add(new Sample(String.join(".", path) + " = " + value, spec));
  }

  private static boolean holds(@Nullable Object value, List<String> path) {
    if (path.isEmpty()) {
      return value != null;
    }
    List<String> rest = path.subList(1, path.size());
    return switch (value) {
      case List<?> list -> !list.isEmpty() && holds(list.getFirst(), rest);
      case Map<?, ?> map when path.getFirst().equals(ENTRY) ->
          map.values().stream().anyMatch(each -> holds(each, rest));
      case Map<?, ?> map -> holds(map.get(path.getFirst()), rest);
      case null, default -> false;
    };
  }

  private static List<String> plus(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** What stands at a place: what must, and on the way to the target what leads there. */
  private Object value(SchemaNode node, List<String> path, @Nullable Object target) {
    if (path.isEmpty() && target != null) {
      return target;
    }
    if (node.open()) {
      return Companions.ANYTHING;
    }
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    if (node.values().isPresent()) {
      return path.isEmpty()
          ? Map.of()
          : Map.of(
              node.rules().contains("int(key)") ? "8080" : "example",
              value(node.values().get(), rest, target));
    }
    if (node.items().isPresent()) {
      return path.isEmpty() && node.number("minItems", 0) == 0 && !companions.itemNeeded(node)
          ? List.of()
          : List.of(value(node.items().get(), rest, target));
    }
    if (node.type().equals("object") || !node.properties().isEmpty()) {
      return object(node, path, target);
    }
    return Scalars.one(node);
  }

  private Map<String, Object> object(SchemaNode node, List<String> path, @Nullable Object target) {
    Map<String, Object> made = new LinkedHashMap<>();
    Map<String, SchemaNode> properties = node.properties();
    properties.forEach((name, each) -> {
      boolean onTheWay = !path.isEmpty() && path.getFirst().equals(name);
      if (onTheWay) {
        made.put(name, value(each, path.subList(1, path.size()), target));
      } else if (node.required().contains(name)) {
        made.put(name, value(each, List.of(), null));
      }
    });
    companions.unions(properties, path, target, made, each -> value(each, List.of(), null));
    return made;
  }

  private Map<String, Object> wide() {
    Map<String, Object> spec = new HashMap<>(fields(kind.spec()));
    return companions.complete(spec, List.of());
  }

  private Object any(SchemaNode node) {
    if (node.open()) {
      return Companions.ANYTHING;
    }
    if (node.values().isPresent()) {
      return Map.of(
          node.rules().contains("int(key)") ? "8080" : "example", any(node.values().get()));
    }
    if (node.items().isPresent()) {
      return List.of(any(node.items().get()));
    }
    if (node.type().equals("object") || !node.properties().isEmpty()) {
      return fields(node);
    }
    List<Object> values = Scalars.all(node);
    return values.get(random.nextInt(values.size()));
  }

  private Map<String, Object> fields(SchemaNode node) {
    Map<String, Object> made = new LinkedHashMap<>();
    Map<String, SchemaNode> properties = node.properties();
    Set<String> left = companions.exclusive(node, random);
    properties.forEach((name, each) -> {
      if (node.required().contains(name)
          || (random.nextInt(100) < LIKELY && !left.contains(name))) {
        made.put(name, any(each));
      }
    });
    companions.unions(properties, List.of(), null, made, this::any);
    return made;
  }
}
