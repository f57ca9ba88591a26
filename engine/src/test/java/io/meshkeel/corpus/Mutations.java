package io.meshkeel.corpus;

import static io.meshkeel.corpus.MutableTrees.cast;
import static io.meshkeel.corpus.MutableTrees.mutable;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes objects at one or two places as people do by mistake, and as nobody would. The same
 * random numbers make the same changes.
 */
final class Mutations {
  private static final List<Long> NUMBERS =
      List.of(
          -1L,
          0L,
          1L,
          2L,
          80L,
          99L,
          100L,
          101L,
          199L,
          200L,
          299L,
          300L,
          399L,
          400L,
          600L,
          601L,
          1024L,
          65535L,
          65536L,
          65537L,
          5_000_011L,
          2_147_483_647L,
          2_147_483_648L,
          4_294_967_295L);
  private static final List<Double> FRACTIONS = List.of(-0.5, 0.0, 0.00005, 0.5, 1.5, 99.9, 100.5);
  private static final Map<String, List<String>> ANNOTATIONS =
      new TreeMap<>(
          Map.of(
              "istio.io/dry-run", List.of("true", "yes", "False", ""),
              "internal.istio.io/parents", List.of("a"),
              "internal.istio.io/parent-namespace", List.of("a"),
              "internal.istio.io/webhook-always-reject", List.of("true"),
              "internal.istio.io/gateway-semantics", List.of("gateway", "other"),
              "internal.istio.io/route-semantics", List.of("gateway")));

  private final CorpusKind kind;
  private final Random random;

  Mutations(CorpusKind kind, Random random) {
    this.kind = kind;
    this.random = random;
  }

  /** A place: the list or map that holds it, and what the schema says of it. */
  private record Place(Object holder, Object key, @Nullable SchemaNode schema) {
    Object value() {
      return Objects.requireNonNull(
          holder instanceof List<?> list ? list.get((Integer) key) : ((Map<?, ?>) holder).get(key));
    }
  }

  /** Another object; perhaps, by chance, the same. */
  Map<String, Object> change(Map<String, Object> seed) {
    Map<String, Object> made = mutable(seed);
    int changes = random.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(40) == 0) {
        metadata(made);
      } else {
        spec(made);
      }
    }
    return JsonTree.freeze(made);
  }

  private void metadata(Map<String, Object> made) {
    Map<String, Object> metadata = child(made, "metadata");
    if (random.nextInt(4) == 0) {
      child(metadata, "labels").put("istio.io/use-waypoint", "waypoint");
      return;
    }
    Map.Entry<String, List<String>> one =
        WrongTexts.pick(List.copyOf(ANNOTATIONS.entrySet()), random);
    child(metadata, "annotations").put(one.getKey(), WrongTexts.pick(one.getValue(), random));
  }

  private void spec(Map<String, Object> made) {
    made.putIfAbsent("spec", new HashMap<>());
    List<Place> places = new ArrayList<>();
    collect(made, "spec", kind.spec(), places);
    Place place = WrongTexts.pick(places, random);
    if (random.nextInt(6) == 0) {
      remove(place);
    } else {
      set(place, instead(place));
    }
  }

  private void collect(Object holder, Object key, @Nullable SchemaNode schema, List<Place> places) {
    Place place = new Place(holder, key, schema);
    places.add(place);
    switch (place.value()) {
      case Map<?, ?> map when schema == null || !schema.open() ->
          new TreeMap<>(map)
              .keySet()
              .forEach(name -> collect(map, name, below(schema, name), places));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          collect(list, i, schema == null ? null : schema.items().orElse(null), places);
        }
      }
      default -> {}
    }
  }

  private static @Nullable SchemaNode below(@Nullable SchemaNode schema, Object name) {
    return schema == null
        ? null
        : schema.properties().getOrDefault((String) name, schema.values().orElse(null));
  }

  private Object instead(Place place) {
    return switch (place.value()) {
      case String text -> text(text, place.schema());
      case Boolean flag -> !flag;
      case Double fraction -> WrongTexts.pick(FRACTIONS, random);
      case Number number -> WrongTexts.pick(NUMBERS, random);
      case List<?> list -> list(list, place.schema());
      case Map<?, ?> map -> map(map, place.schema());
      default -> "";
    };
  }

  private Object text(String text, @Nullable SchemaNode schema) {
    if (schema != null && !schema.allowed().isEmpty() && random.nextInt(10) > 0) {
      return WrongTexts.pick(schema.allowed(), random);
    }
    return WrongTexts.instead(text, random);
  }

  private Object list(List<?> list, @Nullable SchemaNode schema) {
    List<Object> copy = new ArrayList<>(list);
    int choice = random.nextInt(4);
    if (choice == 0 || copy.isEmpty() && choice < 3) {
      copy.clear();
    } else if (choice == 1) {
      copy.add(mutable(WrongTexts.pick(copy, random)));
    } else if (choice == 2) {
      copy = new ArrayList<>(copy.reversed());
    } else if (schema != null && schema.items().isPresent()) {
      copy.add(mutable(Corpus.something(kind, schema.items().get(), random)));
    }
    return copy;
  }

  private Object map(Map<?, ?> map, @Nullable SchemaNode schema) {
    Map<String, Object> copy = new HashMap<>(cast(map));
    if (schema != null && schema.values().isPresent()) {
      String key =
          WrongTexts.instead(copy.isEmpty() ? "a" : new TreeMap<>(copy).firstKey(), random);
      Object value =
          copy.isEmpty() || random.nextBoolean()
              ? mutable(Corpus.something(kind, schema.values().get(), random))
              : copy.remove(new TreeMap<>(copy).firstKey());
      // A longer key can't be written in one line of YAML.
      copy.put(key.substring(0, Math.min(key.length(), 400)), value);
    } else if (schema != null && !schema.properties().isEmpty() && random.nextInt(8) > 0) {
      List<String> names = new ArrayList<>(schema.properties().keySet());
      names.removeAll(copy.keySet());
      if (!names.isEmpty()) {
        String name = WrongTexts.pick(names, random);
        SchemaNode property = Objects.requireNonNull(schema.properties().get(name));
        copy.put(name, mutable(Corpus.something(kind, property, random)));
      }
    } else {
      copy.clear();
    }
    return copy;
  }

  private static void remove(Place place) {
    if (place.holder() instanceof List<?> list) {
      list.remove((int) (Integer) place.key());
    } else {
      ((Map<?, ?>) place.holder()).remove(place.key());
    }
  }

  @SuppressWarnings("unchecked") // trees made by mutable()
  private static void set(Place place, Object value) {
    if (place.holder() instanceof List<?> list) {
      ((List<Object>) list).set((Integer) place.key(), value);
    } else {
      ((Map<String, Object>) place.holder()).put((String) place.key(), value);
    }
  }

  @SuppressWarnings("unchecked") // trees made by mutable()
  private static Map<String, Object> child(Map<String, Object> map, String name) {
    return (Map<String, Object>) map.computeIfAbsent(name, key -> new HashMap<String, Object>());
  }
}
