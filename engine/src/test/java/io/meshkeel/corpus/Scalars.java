package io.meshkeel.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values that a place of a schema takes. */
final class Scalars {
  private static final List<String> TEXTS =
      List.of(
          "example",
          "Example",
          "example.com",
          "example.com/name",
          "https://example.com/a",
          "3s",
          "IPAddress",
          "System",
          "/example",
          "0123456789abcdef".repeat(4),
          "*");

  private Scalars() {}

  /** One value, the usual one. */
  static Object one(SchemaNode node) {
    return all(node).getFirst();
  }

  /** Every value worth trying: all of an enumeration, the default, the ends of a range. */
  static List<Object> all(SchemaNode node) {
    List<Object> values = new ArrayList<>();
    node.standard().ifPresent(values::add);
    if (!node.allowed().isEmpty()) {
      values.addAll(node.allowed());
    } else {
      switch (node.type()) {
        case "boolean" -> values.addAll(List.of(true, false));
        case "integer" -> integers(node, values);
        case "number" -> values.addAll(List.of(0.5, 10L));
        case "string" -> values.add(text(node));
        default -> values.add(text(node));
      }
    }
    return values.stream().distinct().toList();
  }

  private static void integers(SchemaNode node, List<Object> values) {
    boolean port = node.rules().contains("65535");
    long least = port ? 1 : node.number("minimum", 0);
    long most = port ? 65535 : node.number("maximum", Integer.MAX_VALUE);
    values.add(Math.clamp(7, least, most));
    values.add(least);
    values.add(most);
  }

  private static String text(SchemaNode node) {
    String rules = node.rules();
    if (rules.contains("duration(self)")) {
      return "3s";
    }
    if (rules.contains("url(self)")) {
      return "https://example.com/a";
    }
    if (rules.contains("'HTTP'") || rules.contains("\"HTTP\"")) {
      return "HTTP";
    }
    if (rules.contains("self.size() == 0")) {
      return "";
    }
    if (node.tree().get("format") instanceof String format && format.equals("byte")) {
      return "ZXhhbXBsZQ==";
    }
    Pattern pattern =
        node.tree().get("pattern") instanceof String form ? Pattern.compile(form) : null;
    return TEXTS.stream()
        .filter(text -> pattern == null || pattern.matcher(text).find())
        .filter(text -> text.length() <= node.number("maxLength", Integer.MAX_VALUE))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no text fits " + node.tree()));
  }
}
