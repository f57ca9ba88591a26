package io.meshkeel.declaration;

import io.meshkeel.declaration.YamlNode.Entry;
import io.meshkeel.declaration.YamlNode.Form;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * Which pieces of a document's text a fix replaces.
 *
 * @param document the document
 * @param steps one for each edit
 */
record FixPlan(YamlNodes.Document document, List<Step> steps) {
  FixPlan {
    steps = List.copyOf(steps);
  }

  /**
   * A piece of text that is replaced; both places count code points from the start of the text.
   *
   * @param start of the piece
   * @param end behind it
   * @param added what stands there instead
   */
  record Splice(int start, int end, String added) {
    boolean touches(Splice other) {
      return start <= other.end && other.start <= end;
    }
  }

  /**
   * An edit and its piece.
   *
   * @param edit the edit
   * @param written what stands at its path now, as it is written
   * @param splice the piece
   */
  record Step(Fix.Edit edit, String written, Splice splice) {
    int start() {
      return splice.start();
    }
  }

  /** The fix can't be written here. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  List<Splice> splices() {
    return steps.stream().map(Step::splice).toList();
  }

  /** Whether two plans change the same text. */
  boolean touches(FixPlan other) {
    return splices().stream()
        .anyMatch(splice -> other.splices().stream().anyMatch(splice::touches));
  }

  /**
   * Looks the places up.
   *
   * @param text of the whole file
   */
  static FixPlan of(Fix fix, YamlNodes.Document document, CountedText text) throws Refused {
    List<Step> steps = new ArrayList<>(fix.edits().size());
    for (Fix.Edit edit : fix.edits()) {
      steps.add(new Finder(document, text).step(edit));
    }
    return new FixPlan(document, steps);
  }

  private record Finder(YamlNodes.Document document, CountedText text) {
    Step step(Fix.Edit edit) throws Refused {
      JsonPath path = edit.path();
      return switch (edit) {
        case Fix.Put put -> {
          YamlNode scalar = scalar(path);
          String added =
              put.value() instanceof String word
                  ? YamlScalars.like(scalar.style, word)
                  : String.valueOf(put.value());
          yield new Step(edit, scalar.text, new Splice(scalar.start, scalar.end, added));
        }
        case Fix.Quote _ -> {
          YamlNode scalar = scalar(path);
          String added = YamlScalars.like(ScalarStyle.DOUBLE_QUOTED, scalar.text);
          yield new Step(edit, scalar.text, new Splice(scalar.start, scalar.end, added));
        }
        case Fix.Rename rename -> {
          YamlNode map = node(path.parent());
          if (map.field(rename.name()).isPresent() || map.entries.stream().anyMatch(Entry::merge)) {
            throw new Refused("the field '" + rename.name() + "' may be there already");
          }
          YamlNode key = entry(map, path).key();
          requireChangeable(key);
          yield new Step(
              edit,
              key.text,
              new Splice(key.start, key.end, YamlScalars.like(key.style, rename.name())));
        }
        case Fix.Remove _ -> new Step(edit, "", removal(node(path.parent()), path));
      };
    }

    private YamlNode scalar(JsonPath path) throws Refused {
      YamlNode node = node(path);
      if (node.form != Form.SCALAR || node.start == node.end) {
        throw new Refused("there is no single value");
      }
      requireChangeable(node);
      return node;
    }

    private static void requireChangeable(YamlNode scalar) throws Refused {
      boolean simple =
          scalar.style == ScalarStyle.PLAIN
              || scalar.style == ScalarStyle.SINGLE_QUOTED
              || scalar.style == ScalarStyle.DOUBLE_QUOTED;
      if (!simple || scalar.tagged || !scalar.anchor.isEmpty()) {
        throw new Refused("it is written as a block, or with an anchor or a tag");
      }
    }

    private YamlNode node(JsonPath path) throws Refused {
      YamlNode at = open(document.root());
      for (Object segment : path.segments()) {
        if (segment instanceof Integer index) {
          if (at.form != Form.LIST || index >= at.items.size()) {
            throw new Refused("the item " + index + " isn't there");
          }
          at = open(at.items.get(index));
        } else {
          at = open(field(at, (String) segment).value());
        }
      }
      return at;
    }

    /** Text that stands for several places must not change for one of them. */
    private YamlNode open(YamlNode node) throws Refused {
      if (node.form == Form.ALIAS || document.aliased().contains(node.anchor)) {
        throw new Refused("an alias shares what is written there");
      }
      return node;
    }

    private static Entry entry(YamlNode map, JsonPath path) throws Refused {
      return field(map, (String) path.segments().getLast());
    }

    private static Entry field(YamlNode map, String name) throws Refused {
      Optional<Entry> own = map.form == Form.MAP ? map.field(name) : Optional.empty();
      return own.orElseThrow(() -> new Refused("the field '" + name + "' is written elsewhere"));
    }

    private Splice removal(YamlNode map, JsonPath path) throws Refused {
      Entry entry = entry(map, path);
      open(entry.value());
      if (map.entries.size() == 1) {
        throw new Refused("it is the only field there");
      }
      int index = map.entries.indexOf(entry);
      int end = Math.max(entry.key().end, entry.value().contentEnd());
      return map.flow ? inFlow(map, index, end) : inBlock(map, index, end);
    }

    private Splice inFlow(YamlNode map, int index, int end) throws Refused {
      boolean last = index == map.entries.size() - 1;
      Entry before = map.entries.get(Math.max(0, index - 1));
      Splice splice =
          last
              ? new Splice(Math.max(before.key().end, before.value().contentEnd()), end, "")
              : new Splice(
                  map.entries.get(index).key().start, map.entries.get(index + 1).key().start, "");
      if (text.between(splice.start(), splice.end()).indexOf('#') >= 0) {
        throw new Refused("a comment may stand within it");
      }
      return splice;
    }

    private Splice inBlock(YamlNode map, int index, int end) throws Refused {
      int start = map.entries.get(index).key().start;
      int line = start;
      while (line > 0 && text.at(line - 1) == ' ') {
        line--;
      }
      int content = end;
      while (content > start && Character.isWhitespace(text.at(content - 1))) {
        content--;
      }
      if (line == document.start() || text.isBreak(line - 1)) {
        return new Splice(line, behindLine(content), "");
      }
      // It shares its line with the '-' of a list item, which the next field takes over.
      if (index + 1 == map.entries.size()) {
        throw new Refused("it stands on the line of a list item");
      }
      int next = map.entries.get(index + 1).key().start;
      if (!text.between(content, next).isBlank()) {
        throw new Refused("a comment stands behind it");
      }
      return new Splice(start, next, "");
    }

    /** Behind the end of the line, a comment included. */
    private int behindLine(int from) throws Refused {
      int end = text.behindLine(from);
      String rest = text.between(from, end).strip();
      if (!rest.isEmpty() && !rest.startsWith("#")) {
        throw new Refused("something else stands on its line");
      }
      return end;
    }
  }
}
