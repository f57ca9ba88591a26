package io.meshkeel.forge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object must look like: which fields must be there, and what those that are there may
 * hold. Fields that aren't named may hold anything. Immutable.
 */
final class PayloadShape {
  /** Says what is wrong with a value; null if nothing is. */
  @FunctionalInterface
  interface Check extends Function<Object, @Nullable String> {
    /** The same, and null is fine too. */
    default Check orNull() {
      return new OrNull(this);
    }
  }

  private record OrNull(Check inner) implements Check {
    @Override
    public @Nullable String apply(Object value) {
      return inner.apply(value);
    }
  }

  private record Field(String name, boolean required, Check check) {}

  static final Check STRING = value -> value instanceof String ? null : "is not a string";
  static final Check NAME =
      value -> value instanceof String s && !s.isEmpty() ? null : "is not a name";
  static final Check SHA =
      value ->
          value instanceof String s && s.matches("[0-9a-f]{40}|[0-9a-f]{64}")
              ? null
              : "is not a commit id";
  static final Check STRINGS =
      value ->
          value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)
              ? null
              : "is not an array of strings";
  static final Check BOOLEAN = value -> value instanceof Boolean ? null : "is not a boolean";
  static final Check INTEGER = value -> whole(value) ? null : "is not a whole number";
  static final Check COUNT =
      value -> whole(value) && ((Number) value).longValue() >= 0 ? null : "is not a count";
  static final Check NUMBER =
      value -> whole(value) && ((Number) value).longValue() > 0 ? null : "is not a number above 0";

  private final List<Field> fields;

  private PayloadShape(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** A shape that asks for nothing. */
  static PayloadShape any() {
    return new PayloadShape(List.of());
  }

  /** With a field that must be there. */
  PayloadShape required(String name, Check check) {
    return with(new Field(name, true, check));
  }

  /** With a field that may be missing. */
  PayloadShape optional(String name, Check check) {
    return with(new Field(name, false, check));
  }

  /** With several fields of one kind that may be missing, their names separated by spaces. */
  PayloadShape optionals(Check check, String names) {
    PayloadShape shape = this;
    for (String name : names.split(" ", -1)) {
      shape = shape.optional(name, check);
    }
    return shape;
  }

  private PayloadShape with(Field field) {
    List<Field> more = new ArrayList<>(fields);
    more.add(field);
    return new PayloadShape(more);
  }

  /** A value that is an object of this shape. */
  Check object() {
    return value ->
        value instanceof JsonObject object ? problem(object).orElse(null) : "is not an object";
  }

  /** A value that is an array of objects of this shape. */
  Check array() {
    return value -> {
      if (!(value instanceof JsonArray array)) {
        return "is not an array";
      }
      Check item = object();
      for (int i = 0; i < array.size(); i++) {
        Object found = array.getValue(i);
        String problem = found == null ? "is null" : item.apply(found);
        if (problem != null) {
          return "[" + i + "] " + problem;
        }
      }
      return null;
    };
  }

  /** What is wrong, in the words "field is …"; empty if the object has the shape. */
  Optional<String> problem(JsonObject object) {
    for (Field field : fields) {
      Object value = object.getValue(field.name());
      String problem;
      if (value != null) {
        problem = field.check().apply(value);
      } else if (!object.containsKey(field.name())) {
        problem = field.required() ? "is missing" : null;
      } else {
        problem = field.check() instanceof OrNull ? null : "is null";
      }
      if (problem != null) {
        return Optional.of(field.name() + " " + problem);
      }
    }
    return Optional.empty();
  }

  private static boolean whole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }
}
