package io.meshkeel.declaration;

import io.meshkeel.model.SourcePosition;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The events of one YAML stream. Events rather than SnakeYAML's nodes, since a node forgets where
 * an alias to it was used; nothing is ever constructed from a tag.
 */
final class YamlEvents {
  static final String STR = "tag:yaml.org,2002:str";
  static final String INT = "tag:yaml.org,2002:int";
  static final String FLOAT = "tag:yaml.org,2002:float";
  static final String BOOL = "tag:yaml.org,2002:bool";
  static final String NULL = "tag:yaml.org,2002:null";
  static final String MAP = "tag:yaml.org,2002:map";
  static final String SEQ = "tag:yaml.org,2002:seq";

  private static final LoaderOptions OPTIONS = new LoaderOptions();

  static {
    // The parser's own limit is per document; ours, on the bytes of a file, comes first.
    OPTIONS.setCodePointLimit(Integer.MAX_VALUE);
  }

  private final String file;
  private final Parser parser;

  YamlEvents(String file, String text) {
    this.file = file;
    this.parser = new ParserImpl(new StreamReader(text), OPTIONS);
  }

  /**
   * @throws Broken if the text is no YAML from here on
   */
  Event next() throws Broken {
    try {
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw new Broken(
          context + e.getProblem(), mark == null ? new SourcePosition(file, 1, 1) : at(mark));
    } catch (ReaderException e) {
      throw new Broken(
          "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()),
          new SourcePosition(file, 1, 1, false));
    } catch (RuntimeException e) {
      // The parser's own slips on hostile text; they must not hide what other files say.
      throw new Broken(String.valueOf(e.getMessage()), new SourcePosition(file, 1, 1, false));
    }
  }

  SourcePosition start(Event event) {
    return at(event.getStartMark());
  }

  private SourcePosition at(Mark mark) {
    return new SourcePosition(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** {@code <<} without quotes or tag. */
  static boolean isMerge(ScalarEvent key) {
    return key.isPlain() && key.getTag() == null && key.getValue().equals("<<");
  }

  static String anchor(Event event) {
    return event instanceof NodeEvent node && node.getAnchor() != null ? node.getAnchor() : "";
  }

  /** The text stops being YAML at a place. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SourcePosition position;

    Broken(String message, SourcePosition position) {
      super(message, null, false, false);
      this.position = position;
    }

    SourcePosition position() {
      return position;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }
}
