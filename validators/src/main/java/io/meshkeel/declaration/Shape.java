package io.meshkeel.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a value of an own kind may be. The tables of {@link OwnShapes} are the one source of what is
 * checked when a document is read and of the published JSON Schemas.
 */
sealed interface Shape {
  /** A text of this form. */
  record Text(TextForm form) implements Shape {}

  /** One of these words. */
  record Word(List<String> words) implements Shape {
    static <E extends Enum<E>> Word of(E[] values, Function<E, String> word) {
      return new Word(Arrays.stream(values).map(word).toList());
    }
  }

  /** True or false. */
  record Flag() implements Shape {}

  /** A whole number, both ends allowed. */
  record Whole(int least, int most) implements Shape {}

  /**
   * A list.
   *
   * @param item what each item is
   * @param least how many there must be
   */
  record ListOf(Shape item, int least) implements Shape {}

  /** A map from any text to texts. */
  record Texts() implements Shape {}

  /** A map with these fields and no other. */
  record Struct(List<Field> fields) implements Shape {
    static Struct of(Field... fields) {
      return new Struct(List.of(fields));
    }
  }

  /** A map whose content Kubernetes checks; these are the names at its top. */
  record Foreign(List<String> names) implements Shape {}

  /** This very word, or else the other shape, which is no text. */
  record Or(String word, Shape other) implements Shape {}

  /**
   * A field of a map.
   *
   * @param name its name
   * @param shape what it may be
   * @param need whether it must be there
   * @param meaning what it means, and for a required field what to write
   * @param fallback what holds if it is missing, as the reference says it; empty: nothing
   */
  record Field(String name, Shape shape, Need need, String meaning, String fallback) {
    static Field required(String name, Shape shape, String meaning) {
      return new Field(name, shape, Need.REQUIRED, meaning, "");
    }

    static Field optional(String name, Shape shape, String meaning, String fallback) {
      return new Field(name, shape, Need.OPTIONAL, meaning, fallback);
    }

    /** A field that this version can't carry out: an error, never ignored. */
    static Field later(String name) {
      return new Field(name, new Foreign(List.of()), Need.LATER, "", "");
    }
  }

  /** Whether a field is to be written. */
  enum Need {
    REQUIRED,
    OPTIONAL,
    LATER
  }
}
