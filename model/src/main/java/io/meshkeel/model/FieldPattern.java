package io.meshkeel.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Places within an object: a JSON pointer (RFC 6901) in which {@code *} stands for every item of a
 * list and every field of a map, and {@code [name=x]} for the items of a list whose field {@code
 * name} is {@code x}.
 *
 * @param steps from the root of the object; at least one
 */
public record FieldPattern(List<Step> steps) {
  /** Most steps of a pattern. */
  public static final int DEFAULT_MAX_STEPS = 32;

  private static final Pattern ITEM = Pattern.compile("\\[([^=\\[\\]]+)=([^\\[\\]]*)]");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,5}");

  /** One step down. */
  public sealed interface Step {
    /** A field of a map; where it is a number, an item of a list. */
    record Name(String name) implements Step {}

    /** Every one. */
    record Every() implements Step {}

    /** The items of a list that have this text or number in a field. */
    record Item(String field, String value) implements Step {}
  }

  /**
   * @throws IllegalArgumentException without steps, or with too many
   */
  public FieldPattern {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > DEFAULT_MAX_STEPS) {
      throw new IllegalArgumentException("between 1 and " + DEFAULT_MAX_STEPS + " steps");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static FieldPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a JSON pointer begins with /");
    }
    List<Step> steps = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      if (part.isEmpty()) {
        throw new IllegalArgumentException("a name between two / is missing");
      }
      steps.add(step(part));
    }
    return new FieldPattern(steps);
  }

  private static Step step(String part) {
    Matcher item = ITEM.matcher(part);
    if (item.matches()) {
      return new Step.Item(unescaped(item.group(1)), unescaped(item.group(2)));
    }
    if (part.startsWith("[")) {
      throw new IllegalArgumentException("items of a list are chosen as in [name=x]");
    }
    return part.equals("*") ? new Step.Every() : new Step.Name(unescaped(part));
  }

  private static String unescaped(String part) {
    if (part.matches(".*~(?![01]).*")) {
      throw new IllegalArgumentException("in a JSON pointer ~ is written ~0, and / ~1");
    }
    return part.replace("~1", "/").replace("~0", "~");
  }

  /**
   * A tree in which these places hold what another tree has there, or nothing where it has nothing.
   * What holds such a place and isn't in the other tree stays as it is: an item of a list that the
   * other lacks, a map with all its fields. Items chosen by {@code *} are matched by their order.
   *
   * @param tree as {@link JsonTree}
   * @param other as {@link JsonTree}
   * @return as {@link JsonTree}; the same instance if nothing differs there
   */
  public Map<String, Object> taking(Map<String, Object> tree, Map<String, Object> other) {
    return taking(tree, other, 0) instanceof Map<?, ?> taken && !taken.equals(tree)
        ? JsonTree.freeze(taken)
        : tree;
  }

  private @Nullable Object taking(@Nullable Object tree, @Nullable Object other, int at) {
    if (at == steps.size()) {
      return other;
    }
    if (other instanceof Map<?, ?> have && (tree == null || tree instanceof Map<?, ?>)) {
      return map(tree instanceof Map<?, ?> want ? want : Map.of(), have, tree != null, at);
    }
    if (tree instanceof List<?> want && other instanceof List<?> have) {
      return list(want, have, at);
    }
    return tree;
  }

  private @Nullable Object map(Map<?, ?> want, Map<?, ?> have, boolean there, int at) {
    Map<String, Object> taken = new HashMap<>();
    want.forEach((name, value) -> taken.put((String) name, value));
    for (String name : names(steps.get(at), want, have)) {
      Object value = taking(want.get(name), have.get(name), at + 1);
      if (value == null) {
        taken.remove(name);
      } else {
        taken.put(name, value);
      }
    }
    return taken.isEmpty() && !there ? null : taken;
  }

  private static TreeSet<String> names(Step step, Map<?, ?> want, Map<?, ?> have) {
    TreeSet<String> names = new TreeSet<>();
    switch (step) {
      case Step.Name name -> names.add(name.name());
      case Step.Every _ -> {
        want.keySet().forEach(name -> names.add((String) name));
        have.keySet().forEach(name -> names.add((String) name));
      }
      case Step.Item _ -> {}
    }
    return names;
  }

  private List<Object> list(List<?> want, List<?> have, int at) {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < want.size(); i++) {
      Object item = want.get(i);
      Object there = counterpart(steps.get(at), i, item, have);
      Object value = there == null ? item : taking(item, there, at + 1);
      if (value != null) {
        taken.add(value);
      }
    }
    return taken;
  }

  /** The item of the other list that a chosen one stands for; null if it isn't chosen. */
  private static @Nullable Object counterpart(Step step, int index, Object item, List<?> have) {
    boolean byOrder =
        switch (step) {
          case Step.Every _ -> true;
          case Step.Name name ->
              INDEX.matcher(name.name()).matches() && Integer.parseInt(name.name()) == index;
          case Step.Item _ -> false;
        };
    if (byOrder) {
      return index < have.size() ? have.get(index) : null;
    }
    return step instanceof Step.Item chosen && isChosen(chosen, item)
        ? have.stream().filter(there -> isChosen(chosen, there)).findFirst().orElse(null)
        : null;
  }

  private static boolean isChosen(Step.Item chosen, Object item) {
    return item instanceof Map<?, ?> map
        && map.get(chosen.field()) != null
        && chosen.value().equals(String.valueOf(map.get(chosen.field())));
  }
}
