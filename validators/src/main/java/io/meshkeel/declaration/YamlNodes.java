package io.meshkeel.declaration;

import io.meshkeel.declaration.YamlEvents.Broken;
import io.meshkeel.declaration.YamlNode.Entry;
import io.meshkeel.declaration.YamlNode.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** The documents of one YAML text as they are written, aliases left as they are. */
final class YamlNodes {
  /**
   * A document.
   *
   * @param start where the one before it ends
   * @param end where the next one begins
   * @param line of its first character that is no comment, counted from 1
   * @param root its content
   * @param aliased the anchors that an alias of it names
   */
  record Document(int start, int end, int line, YamlNode root, Set<String> aliased) {
    Document {
      aliased = Set.copyOf(aliased);
    }
  }

  private final YamlEvents events;
  private final Limits limits;
  private final Set<String> aliased = new HashSet<>();

  private YamlNodes(String file, String text, Limits limits) {
    this.events = new YamlEvents(file, text);
    this.limits = limits;
  }

  /** All documents up to where the text is broken. */
  static List<Document> read(String file, String text, Limits limits) {
    List<Document> documents = new ArrayList<>();
    YamlNodes nodes = new YamlNodes(file, text, limits);
    int start = 0;
    try {
      nodes.events.next();
      for (Event e = nodes.events.next();
          e.is(Event.ID.DocumentStart) && documents.size() < limits.documents();
          e = nodes.events.next()) {
        nodes.aliased.clear();
        YamlNode root = nodes.node(nodes.events.next(), 1);
        Event end = nodes.events.next();
        documents.add(
            new Document(
                start,
                end.getEndMark().getIndex(),
                e.getStartMark().getLine() + 1,
                root,
                nodes.aliased));
        start = end.getEndMark().getIndex();
      }
    } catch (Broken e) {
      return documents;
    }
    return documents;
  }

  private YamlNode node(Event event, int depth) throws Broken {
    if (depth > limits.depth()) {
      throw new Broken("nested too deeply", events.start(event));
    }
    int start = event.getStartMark().getIndex();
    int end = event.getEndMark().getIndex();
    String anchor = YamlEvents.anchor(event);
    if (event instanceof AliasEvent alias) {
      aliased.add(alias.getAnchor());
      return new YamlNode(Form.ALIAS, start, end, "");
    }
    if (event instanceof ScalarEvent scalar) {
      YamlNode node = new YamlNode(Form.SCALAR, start, end, anchor);
      node.text = scalar.getValue();
      node.style = scalar.getScalarStyle();
      node.tagged = scalar.getTag() != null;
      return node;
    }
    CollectionStartEvent collection = (CollectionStartEvent) event;
    YamlNode node =
        new YamlNode(event.is(Event.ID.MappingStart) ? Form.MAP : Form.LIST, start, end, anchor);
    node.flow = collection.isFlow();
    node.tagged = collection.getTag() != null;
    node.end = fill(node, depth);
    return node;
  }

  /** Returns where it ends. */
  private int fill(YamlNode node, int depth) throws Broken {
    Event event = events.next();
    while (!event.is(Event.ID.MappingEnd) && !event.is(Event.ID.SequenceEnd)) {
      if (node.form == Form.LIST) {
        node.items.add(node(event, depth + 1));
      } else {
        boolean merge = event instanceof ScalarEvent scalar && YamlEvents.isMerge(scalar);
        YamlNode key = node(event, depth + 1);
        node.entries.add(new Entry(key, node(events.next(), depth + 1), merge));
      }
      event = events.next();
    }
    return event.getEndMark().getIndex();
  }
}
