package io.meshkeel.imports;

import java.util.ArrayList;
import java.util.List;

/** Text for comments and reports: what a cluster says must not become more than a word in them. */
final class Lines {
  private static final int WIDTH = 110;
  private static final int LONGEST = 400;

  private Lines() {}

  /** On one line of bounded length, without control and format characters. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c ->
            plain.appendCodePoint(
                Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(c) == Character.SURROGATE
                    ? ' '
                    : c));
    return plain.toString();
  }

  /** Lines of a YAML comment. */
  static List<String> comment(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("#");
    for (String word : plain(text).split(" ", -1)) {
      if (line.length() > 1 && line.length() + word.length() >= WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#  ");
      }
      line.append(word.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
