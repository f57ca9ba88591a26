package io.meshkeel.model;

import java.util.List;

/**
 * What puts a finding right for certain: changes of the object that it is about. A finding has one
 * only if there is a single thing that can have been meant.
 *
 * @param title what is done, as a command of few words
 * @param edits of the object as it was found: each path is one of that, whatever the others do
 */
public record Fix(String title, List<Edit> edits) {
  /** 20 edits: what takes more is no fix but a rewrite. */
  public static final int MOST_EDITS = 20;

  /**
   * @throws IllegalArgumentException if there is no title, or no edit, or more than {@link
   *     #MOST_EDITS}
   */
  public Fix {
    edits = List.copyOf(edits);
    if (title.isBlank() || edits.isEmpty() || edits.size() > MOST_EDITS) {
      throw new IllegalArgumentException(
          "a fix has a title and 1 to " + MOST_EDITS + " edits, not " + edits.size());
    }
  }

  /** A fix of one edit. */
  public static Fix of(String title, Edit edit) {
    return new Fix(title, List.of(edit));
  }

  /** One change. */
  public sealed interface Edit {
    /** The field. */
    JsonPath path();
  }

  /**
   * Another value in place of a scalar.
   *
   * @param path the field or list item
   * @param value {@code String}, {@code Long} or {@code Boolean}
   */
  public record Put(JsonPath path, Object value) implements Edit {
    /**
     * @throws IllegalArgumentException if the value is none of these
     */
    public Put {
      if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
        throw new IllegalArgumentException("a value that is put is a scalar, not " + value);
      }
    }
  }

  /**
   * The text that is written there, not the number or boolean that it is read as.
   *
   * @param path the field or list item
   */
  public record Quote(JsonPath path) implements Edit {}

  /**
   * Another name for a field.
   *
   * @param path the field as it is called
   * @param name as it should be
   */
  public record Rename(JsonPath path, String name) implements Edit {
    /**
     * @throws IllegalArgumentException if the path doesn't end in a field
     */
    public Rename {
      requireField(path);
    }
  }

  /**
   * A field less.
   *
   * @param path the field
   */
  public record Remove(JsonPath path) implements Edit {
    /**
     * @throws IllegalArgumentException if the path doesn't end in a field
     */
    public Remove {
      requireField(path);
    }
  }

  private static void requireField(JsonPath path) {
    if (path.segments().isEmpty() || !(path.segments().getLast() instanceof String)) {
      throw new IllegalArgumentException("'" + path + "' is no field");
    }
  }
}
