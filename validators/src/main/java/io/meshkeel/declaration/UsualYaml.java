package io.meshkeel.declaration;

import io.meshkeel.declaration.YamlDocument.Stream;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML that most files are written in, many times as fast as the parser of all YAML does:
 * maps and lists in block form, their scalars on one line, plain or in quotes without escapes, flow
 * collections on one line, comments, several documents. Whatever else there is, mistakes and
 * exceeded limits among it, is not judged here: the whole text is left to {@link YamlLoader}'s
 * events, which alone say what YAML means. A property test holds both to the same documents. Used
 * once, by one thread.
 */
final class UsualYaml {
  /** Beyond this many characters a key is no simple key; far below that of YAML, 1,024. */
  private static final int MAX_KEY = 500;

  private enum Line {
    CONTENT,
    MARK,
    END
  }

  private final String file;
  private final String text;
  private final Limits limits;
  private final List<YamlDocument> documents = new ArrayList<>(1);
  private int nodes;

  /** The line that is read: what kind of one, its number, and where it and the next one begin. */
  private Line kind = Line.END;

  private int line;
  private int start;
  private int end;
  private int next;

  /** Where reading stands, and how far its line, or the map in it, is indented. */
  private int at;

  private int column;

  private UsualYaml(String file, String text, Limits limits) {
    this.file = file;
    this.text = text;
    this.limits = limits;
  }

  /** What the text holds; null if it has anything unusual. */
  static @Nullable Stream read(String file, String text, Limits limits) {
    if (!isUsual(text)) {
      return null;
    }
    try {
      return new UsualYaml(file, text, limits).stream();
    } catch (Unusual e) {
      return null;
    }
  }

  /** No tab, carriage return, byte order mark or line break of Unicode's. */
  private static boolean isUsual(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || (c > '~' && c < 0xA1) || c > 0x1FFF) {
        return false;
      }
    }
    return true;
  }

  private Stream stream() throws Unusual {
    advance();
    while (kind != Line.END) {
      boolean marked = kind == Line.MARK;
      if (documents.size() == limits.documents()) {
        throw new Unusual();
      }
      if (marked) {
        advance();
      }
      SourcePosition position = new SourcePosition(file, line, at - start + 1);
      if (kind == Line.CONTENT) {
        document(position);
      } else {
        documents.add(new YamlDocument(documents.size(), null, position, true));
      }
    }
    return new Stream(documents, List.of(), true);
  }

  private void document(SourcePosition position) throws Unusual {
    nodes = 0;
    require(column == 0);
    Object root = node(1);
    require(kind != Line.CONTENT);
    documents.add(new YamlDocument(documents.size(), root, position, true));
  }

  /** Goes to the next line that isn't empty. */
  private void advance() throws Unusual {
    while (next < text.length()) {
      line++;
      start = next;
      int lineBreak = text.indexOf('\n', start);
      end = lineBreak < 0 ? text.length() : lineBreak;
      next = lineBreak < 0 ? end : end + 1;
      at = spaces(start);
      if (at < end && text.charAt(at) != '#') {
        column = at - start;
        kind = column == 0 && isMark() ? Line.MARK : Line.CONTENT;
        return;
      }
    }
    if (text.endsWith("\n")) {
      line++;
      start = text.length();
    }
    end = text.length();
    at = end;
    column = -1;
    kind = Line.END;
  }

  /** {@code ---} alone; what else begins like a mark is unusual. */
  private boolean isMark() throws Unusual {
    char first = text.charAt(at);
    if (first != '-' && first != '.') {
      return false;
    }
    if (first == '-' && text.startsWith("---", at)) {
      require(isBlank(at + 3));
      return true;
    }
    require(!text.startsWith("...", at));
    return false;
  }

  private Object node(int depth) throws Unusual {
    return isDash(at) ? sequence(column, depth) : mapping(column, depth);
  }

  private Object mapping(int col, int depth) throws Unusual {
    enter(depth);
    Map<String, Object> map = new HashMap<>();
    boolean nulls = false;
    do {
      String key = key(keyEnd(at));
      Object value = value(col, depth + 1);
      nulls |= value == Scalars.NULL;
      require(map.putIfAbsent(key, value) == null);
    } while (kind == Line.CONTENT && column == col && !isDash(at));
    require(column <= col);
    return frozen(map, nulls);
  }

  private Map<String, Object> frozen(Map<String, Object> map, boolean nulls) throws Unusual {
    require(map.size() <= limits.fields());
    if (nulls) {
      map.values().removeIf(value -> value == Scalars.NULL);
    }
    return Map.copyOf(map);
  }

  /** What stands behind a key of a map at this column; ends at the next line. */
  private Object value(int col, int depth) throws Unusual {
    if (!isBlank(at)) {
      return inLine(spaces(at), col, depth);
    }
    advance();
    if (kind == Line.CONTENT && column > col) {
      return node(depth);
    }
    if (kind == Line.CONTENT && column == col && isDash(at)) {
      return sequence(col, depth);
    }
    count();
    return Scalars.NULL;
  }

  private Object sequence(int col, int depth) throws Unusual {
    enter(depth);
    List<Object> items = new ArrayList<>();
    do {
      int from = spaces(at + 1);
      Object item;
      if (isBlank(at + 1)) {
        advance();
        require(kind == Line.CONTENT && column > col);
        item = node(depth + 1);
      } else if (isDash(from) || keyEnd(from) > 0) {
        at = from;
        column = from - start;
        item = node(depth + 1);
      } else {
        item = inLine(from, col, depth + 1);
      }
      require(item != Scalars.NULL);
      items.add(item);
    } while (kind == Line.CONTENT && column == col && isDash(at));
    require(column <= col);
    return List.copyOf(items);
  }

  /**
   * A value on one line, to which nothing in the next one belongs.
   *
   * @param col of the map or list that it stands in
   */
  private Object inLine(int from, int col, int depth) throws Unusual {
    at = from;
    char first = text.charAt(from);
    Object value =
        switch (first) {
          case '"', '\'' -> quoted();
          case '{', '[' -> flow(depth);
          default -> plain();
        };
    require(isBlank(at));
    advance();
    require(column <= col);
    return value;
  }

  private Object plain() throws Unusual {
    char first = text.charAt(at);
    require(isWord(first) || "/._+~$(".indexOf(first) >= 0 || (first == '-' && !isDash(at)));
    int from = at;
    int last = at;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c == '#' && text.charAt(at - 1) == ' ') {
        break;
      }
      require(c != ':' || (at + 1 < end && text.charAt(at + 1) != ' '));
      if (c != ' ') {
        last = at;
      }
    }
    at = last + 1;
    return resolved(text.substring(from, at));
  }

  private Object resolved(String scalar) throws Unusual {
    count();
    Object value = Scalars.resolve(scalar);
    require(value != Scalars.NOT_JSON);
    return value instanceof String string ? YamlLoader.pooled(string) : value;
  }

  private String quoted() throws Unusual {
    count();
    int close = closing(at);
    require(close > 0);
    String content = YamlLoader.pooled(text.substring(at + 1, close));
    at = close + 1;
    return content;
  }

  /** Where the quotes end that open here; −1 if not in this line, or not without an escape. */
  private int closing(int open) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return quote == '\'' && i + 1 < end && text.charAt(i + 1) == quote ? -1 : i;
      }
      if (c == '\\' && quote == '"') {
        return -1;
      }
    }
    return -1;
  }

  private Object flow(int depth) throws Unusual {
    return switch (text.charAt(at)) {
      case '{' -> flowMapping(depth);
      case '[' -> flowSequence(depth);
      case '"', '\'' -> quoted();
      default -> flowPlain();
    };
  }

  private Object flowMapping(int depth) throws Unusual {
    enter(depth);
    Map<String, Object> map = new HashMap<>();
    boolean nulls = false;
    for (boolean more = into('}'); more; more = behindItem('}')) {
      String key = key(keyEnd(at));
      at = spaces(at);
      require(at < end);
      Object value = flow(depth + 1);
      nulls |= value == Scalars.NULL;
      require(map.putIfAbsent(key, value) == null);
    }
    return frozen(map, nulls);
  }

  private Object flowSequence(int depth) throws Unusual {
    enter(depth);
    List<Object> items = new ArrayList<>();
    for (boolean more = into(']'); more; more = behindItem(']')) {
      Object item = flow(depth + 1);
      require(item != Scalars.NULL);
      items.add(item);
    }
    return List.copyOf(items);
  }

  /** Goes behind the opening bracket; false if the closing one follows, which is passed too. */
  private boolean into(char close) throws Unusual {
    at = spaces(at + 1);
    require(at < end);
    if (text.charAt(at) != close) {
      return true;
    }
    at++;
    return false;
  }

  /** Goes to the next item; false if there is none, then the closing bracket is passed. */
  private boolean behindItem(char close) throws Unusual {
    at = spaces(at);
    require(at < end);
    char c = text.charAt(at);
    require(c == close || c == ',');
    at = c == close ? at + 1 : spaces(at + 1);
    require(c == close || at < end);
    return c != close;
  }

  private Object flowPlain() throws Unusual {
    int from = at;
    char first = text.charAt(from);
    require(isWord(first) || first == '/' || first == '.');
    while (at < end && (isWord(text.charAt(at)) || "/._-*@+".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    require(at < end && " ,]}".indexOf(text.charAt(at)) >= 0);
    return resolved(text.substring(from, at));
  }

  /** The colon behind the key that begins here; −1 if it is no usual key. */
  private int keyEnd(int from) {
    char first = text.charAt(from);
    int colon = from;
    if (first == '"' || first == '\'') {
      int close = closing(from);
      if (close < 0) {
        return -1;
      }
      colon = close + 1;
    } else if (isWord(first)) {
      while (colon < end
          && (isWord(text.charAt(colon)) || "/._-".indexOf(text.charAt(colon)) >= 0)) {
        colon++;
      }
    }
    boolean isKey =
        colon > from
            && colon - from < MAX_KEY
            && colon < end
            && text.charAt(colon) == ':'
            && (colon + 1 == end || text.charAt(colon + 1) == ' ');
    return isKey ? colon : -1;
  }

  /** Goes behind the colon. */
  private String key(int colon) throws Unusual {
    require(colon > 0);
    char first = text.charAt(at);
    Object key = first == '"' || first == '\'' ? quoted() : resolved(text.substring(at, colon));
    at = colon + 1;
    require(key != Scalars.NULL);
    return key instanceof String string ? string : Scalars.key(key);
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private boolean isDash(int place) {
    return text.charAt(place) == '-' && (place + 1 == end || text.charAt(place + 1) == ' ');
  }

  /** Whether nothing but a comment stands from here to the end of the line. */
  private boolean isBlank(int from) {
    int place = spaces(from);
    return place == end || (place > from && text.charAt(place) == '#');
  }

  /** The first place from here on, within the line, that is no space. */
  private int spaces(int from) {
    int place = from;
    while (place < end && text.charAt(place) == ' ') {
      place++;
    }
    return place;
  }

  private void enter(int depth) throws Unusual {
    require(depth <= limits.depth());
    count();
  }

  private void count() throws Unusual {
    require(++nodes <= limits.nodes());
  }

  private static void require(boolean usual) throws Unusual {
    if (!usual) {
      throw new Unusual();
    }
  }

  /** Something that the parser of all YAML has to look at. */
  private static final class Unusual extends Exception {
    private static final long serialVersionUID = 1L;

    Unusual() {
      super("unusual", null, false, false);
    }
  }
}
