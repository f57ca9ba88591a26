package io.meshkeel.model;

import java.util.Comparator;

/**
 * A place in a file of the repository.
 *
 * @param file path from the repository's root, with {@code /}
 * @param line counted from 1
 * @param column counted from 1, in Unicode code points
 * @param exact false if the thing itself is not there (a missing field) and this is the nearest
 *     parent
 */
public record SourcePosition(String file, int line, int column, boolean exact)
    implements Comparable<SourcePosition> {
  private static final Comparator<SourcePosition> ORDER =
      Comparator.comparing(SourcePosition::file)
          .thenComparingInt(SourcePosition::line)
          .thenComparingInt(SourcePosition::column)
          .thenComparing(SourcePosition::exact);

  /**
   * @throws IllegalArgumentException if line or column is below 1
   */
  public SourcePosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column are counted from 1");
    }
  }

  public SourcePosition(String file, int line, int column) {
    this(file, line, column, true);
  }

  @Override
  public int compareTo(SourcePosition other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
