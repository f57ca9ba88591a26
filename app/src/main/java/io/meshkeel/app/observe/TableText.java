package io.meshkeel.app.observe;

import io.meshkeel.view.Module;
import java.util.Arrays;
import java.util.List;

/** A table for people: columns of even width, as kubectl prints them. */
final class TableText {
  private static final String GAP = "   ";
  private static final String NOTHING = "-";

  private TableText() {}

  /** Header and lines, each with a line break; empty if there are no lines. */
  static String of(Module.Table table) {
    if (table.lines().isEmpty()) {
      return "";
    }
    int columns = table.headers().size();
    int[] widths = new int[columns];
    measure(table.headers(), widths);
    table.lines().forEach(line -> measure(line, widths));
    StringBuilder text = new StringBuilder();
    append(text, table.headers(), widths);
    table.lines().forEach(line -> append(text, line, widths));
    return text.toString();
  }

  /** Columns that grow with what was printed before, and never shrink. */
  static final class Widths {
    private int[] widths = new int[0];

    /**
     * The lines of a table without their line breaks.
     *
     * @param header whether the header comes first
     */
    List<String> lines(Module.Table table, boolean header) {
      if (widths.length < table.headers().size()) {
        widths = Arrays.copyOf(widths, table.headers().size());
        measure(table.headers(), widths);
      }
      table.lines().forEach(line -> measure(line, widths));
      StringBuilder text = new StringBuilder();
      if (header) {
        append(text, table.headers(), widths);
      }
      table.lines().forEach(line -> append(text, line, widths));
      return text.toString().lines().toList();
    }
  }

  private static String shown(String cell) {
    return cell.isEmpty() ? NOTHING : cell.replaceAll("\\p{Cntrl}+", " ");
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(shown(cells.get(i))));
    }
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = shown(cells.get(i));
      text.append(cell);
      if (i < widths.length - 1) {
        text.repeat(' ', widths[i] - width(cell)).append(GAP);
      }
    }
    text.append('\n');
  }
}
