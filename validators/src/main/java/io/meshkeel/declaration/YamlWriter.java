package io.meshkeel.declaration;

import io.meshkeel.model.JsonTree;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@link JsonTree} content as YAML that a person likes to read and that this package and
 * Kubernetes read back as the same content: what isn't plainly a text is quoted, a text of several
 * lines becomes a block. Keys in a fixed order: what identifies an object first, {@code status}
 * last. Any thread.
 */
public final class YamlWriter {
  private static final List<String> FIRST =
      List.of("apiVersion", "kind", "metadata", "name", "namespace");
  private static final Comparator<String> ORDER =
      Comparator.comparingInt(YamlWriter::rank).thenComparing(Comparator.naturalOrder());

  /** A longer key must be announced by {@code ?}. */
  private static final int SIMPLE_KEY = 120;

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /** One document, without a marker before it; ends with a line break. */
  public static String write(Map<String, Object> tree) {
    YamlWriter writer = new YamlWriter();
    if (tree.isEmpty()) {
      return "{}\n";
    }
    writer.map(tree, 0);
    return writer.out.toString();
  }

  /** Several documents, with a marker between each two. */
  public static String writeAll(List<Map<String, Object>> trees) {
    return trees.stream().map(YamlWriter::write).collect(Collectors.joining("---\n"));
  }

  private static int rank(String key) {
    int first = FIRST.indexOf(key);
    return first >= 0 ? first : key.equals("status") ? FIRST.size() + 1 : FIRST.size();
  }

  /** Begins where the first key stands. */
  private void map(Map<String, Object> map, int indent) {
    boolean first = true;
    for (Map.Entry<String, Object> field :
        map.entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).toList()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      String written = YamlScalars.oneLine(field.getKey());
      if (written.length() > SIMPLE_KEY) {
        out.append("? ").append(written).append('\n');
        indent(indent);
        out.append(':');
      } else {
        out.append(written).append(':');
      }
      below(field.getValue(), indent);
    }
  }

  /** What follows a colon or a dash that is indented this far. */
  @SuppressWarnings("unchecked") // keys are strings, items non-null, by the contract of JsonTree
  private void below(Object value, int indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        newLine(indent + 2);
        map((Map<String, Object>) map, indent + 2);
      }
      case List<?> list when !list.isEmpty() -> {
        for (Object item : list) {
          newLine(indent + 2);
          out.append('-');
          item(item, indent + 2);
        }
        out.append(endsLine() ? "" : "\n");
      }
      case Map<?, ?> _ -> out.append(" {}\n");
      case List<?> _ -> out.append(" []\n");
      case String text -> out.append(' ').append(YamlScalars.text(text, indent + 2)).append('\n');
      default -> out.append(' ').append(value).append('\n');
    }
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of JsonTree
  private void item(Object item, int indent) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append(' ');
      map((Map<String, Object>) map, indent + 2);
    } else {
      below(item, indent);
    }
  }

  private boolean endsLine() {
    return !out.isEmpty() && out.charAt(out.length() - 1) == '\n';
  }

  private void newLine(int indent) {
    if (!endsLine()) {
      out.append('\n');
    }
    indent(indent);
  }

  private void indent(int indent) {
    out.repeat(' ', indent);
  }
}
