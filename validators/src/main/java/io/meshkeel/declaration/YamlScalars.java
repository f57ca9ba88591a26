package io.meshkeel.declaration;

import org.yaml.snakeyaml.DumperOptions;

/** How a text is written in YAML so that it is read back as the very same text. */
final class YamlScalars {
  /** A line within quotes is broken after this many characters, far below the reader's limit. */
  private static final int LINE = 16_000;

  private YamlScalars() {}

  /**
   * A text as a value.
   *
   * @param indent of the lines of a block, in spaces
   */
  static String text(String text, int indent) {
    return fitsBlock(text) ? block(text, indent) : isPlain(text) ? text : quoted(text, indent);
  }

  /** A text as a key: never a block, never broken into lines. */
  static String oneLine(String text) {
    return isPlain(text) ? text : quoted(text, -1);
  }

  /**
   * A text as a value in the place of another that was written in this style; on one line.
   *
   * @param style of the other: plain, in single or in double quotes
   */
  static String like(DumperOptions.ScalarStyle style, String text) {
    return switch (style) {
      case DOUBLE_QUOTED -> quoted(text, -1);
      case SINGLE_QUOTED ->
          text.codePoints().allMatch(c -> c != '\n' && isPrinted(c))
              ? "'" + text.replace("'", "''") + "'"
              : quoted(text, -1);
      default -> oneLine(text);
    };
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > LINE || !text.equals(Scalars.resolve(text))) {
      return false;
    }
    char first = text.charAt(0);
    if (!isWord(first) && first != '/') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner =
          (c == ' ' || c == ':')
              && i + 1 < text.length()
              && isWord(text.charAt(i + 1))
              && text.charAt(i - 1) != ':';
      if (!isWord(c) && "/.-_@()=+".indexOf(c) < 0 && !inner) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Several lines, none of which needs an escape, an indentation of its own or a broken line. */
  private static boolean fitsBlock(String text) {
    int end = text.indexOf('\n');
    if (end <= 0 || text.endsWith("\n\n") || !text.codePoints().allMatch(YamlScalars::isPrinted)) {
      return false;
    }
    return !Character.isWhitespace(text.charAt(0))
        && text.lines()
            .allMatch(line -> line.isEmpty() || (!line.isBlank() && line.length() <= LINE));
  }

  private static boolean isPrinted(int c) {
    return c == '\n' || (c >= ' ' && c <= '~') || (c >= 0xA1 && c <= 0x1FFF);
  }

  private static String block(String text, int indent) {
    StringBuilder block = new StringBuilder(text.endsWith("\n") ? "|" : "|-");
    text.lines()
        .forEach(line -> block.append('\n').repeat(' ', line.isEmpty() ? 0 : indent).append(line));
    return block.toString();
  }

  private static String quoted(String text, int indent) {
    StringBuilder quoted = new StringBuilder("\"");
    int line = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (indent >= 0 && ++line > LINE && isWord(c)) {
        quoted.append("\\\n").repeat(' ', indent);
        line = 0;
      }
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (isPrinted(c) || Character.isSurrogate(c)) {
            quoted.append(c);
          } else {
            quoted.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
