package io.meshkeel.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * A node of a YAML text with the places of its first and behind its last character, counted in code
 * points from the start of the text. Filled while the text is read, then left as it is.
 */
final class YamlNode {
  /** What stands there. */
  enum Form {
    SCALAR,
    MAP,
    LIST,
    ALIAS
  }

  /** A field of a map. */
  record Entry(YamlNode key, YamlNode value, boolean merge) {}

  final Form form;
  final int start;
  int end;
  final String anchor;
  boolean tagged;
  boolean flow;
  String text = "";
  ScalarStyle style = ScalarStyle.PLAIN;
  final List<Entry> entries = new ArrayList<>(0);
  final List<YamlNode> items = new ArrayList<>(0);

  YamlNode(Form form, int start, int end, String anchor) {
    this.form = form;
    this.start = start;
    this.end = end;
    this.anchor = anchor;
  }

  /** The field with this name, if the map itself has it and no merge key brings it in. */
  Optional<Entry> field(String name) {
    return entries.stream()
        .filter(entry -> !entry.merge() && entry.key().form == Form.SCALAR)
        .filter(entry -> entry.key().keyText().equals(name))
        .findFirst();
  }

  private String keyText() {
    return style == ScalarStyle.PLAIN && !tagged ? Scalars.key(Scalars.resolve(text)) : text;
  }

  /** Behind the last character that isn't white space or comment. */
  int contentEnd() {
    if (!flow && form == Form.MAP && !entries.isEmpty()) {
      return Math.max(entries.getLast().key().end, entries.getLast().value().contentEnd());
    }
    if (!flow && form == Form.LIST && !items.isEmpty()) {
      return Math.max(start, items.getLast().contentEnd());
    }
    return end;
  }
}
