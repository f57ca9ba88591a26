package io.meshkeel.declaration;

import io.meshkeel.declaration.YamlDocument.Stream;
import io.meshkeel.declaration.YamlEvents.Broken;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Builds the documents of one YAML text as {@link io.meshkeel.model.JsonTree} content, straight
 * from the parser's events. For one thread; used once.
 *
 * <p>Merge keys follow YAML 1.1's type repository: a key that is written wins over a merged one, an
 * earlier merged map over a later one. A field that is null is left out.
 */
final class YamlLoader {
  /** The first mistakes of a file are told, the rest follows from them more often than not. */
  static final int MAX_PROBLEMS = 100;

  private static final int POOL = 1 << 13;
  private static final int POOLED_LENGTH = 40;

  /** Field names and short values repeat in every object; a lost race costs a copy, no more. */
  private static final @Nullable String[] STRINGS = new String[POOL];

  private final String file;
  private final Limits limits;
  private final YamlEvents events;
  private final List<YamlDocument> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private String[] keys = new String[64];
  private Event[] keyEvents = new Event[64];
  private int keyCount;
  private int nodes;
  private int aliases;

  private YamlLoader(String file, String text, Limits limits) {
    this.file = file;
    this.limits = limits;
    this.events = new YamlEvents(file, text);
  }

  /** Never throws: what is wrong is in {@link Stream#problems()}. */
  static Stream load(String file, String text, Limits limits) {
    return new YamlLoader(file, text, limits).stream();
  }

  private Stream stream() {
    boolean complete = true;
    try {
      events.next();
      while (events.next().is(Event.ID.DocumentStart)) {
        if (documents.size() == limits.documents()) {
          throw new TooMuch(
              "the file holds more than " + limits.documents() + " YAML documents",
              "split the file",
              new SourcePosition(file, 1, 1));
        }
        document();
      }
    } catch (Broken e) {
      complete = false;
      problem(
          DeclarationError.SYNTAX,
          "the file is no YAML: " + e.why(),
          "correct the YAML here; what follows in this file could not be read",
          e.position());
    } catch (TooMuch e) {
      complete = false;
      problem(DeclarationError.TOO_LARGE, e.why(), e.remedy, e.position);
    }
    return new Stream(documents, problems, complete);
  }

  /** Reads from a document's start to its end. */
  private void document() throws Broken, TooMuch {
    Event event = events.next();
    anchors.clear();
    nodes = 0;
    aliases = 0;
    keyCount = 0;
    int before = problems.size();
    SourcePosition start = events.start(event);
    Object root = node(event, 1);
    documents.add(
        new YamlDocument(
            documents.size(),
            root == Scalars.NULL ? null : root,
            start,
            problems.size() == before));
    events.next();
  }

  private Object node(Event event, int depth) throws Broken, TooMuch {
    count(1, event);
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    int from = nodes;
    Object value;
    if (event instanceof ScalarEvent scalar) {
      value = scalar(scalar);
    } else if (depth > limits.depth()) {
      throw new TooMuch(
          "lists and maps are nested more than " + limits.depth() + " levels deep",
          "no kind that may be declared is that deep; look for a slip in the indentation",
          events.start(event));
    } else if (event instanceof SequenceStartEvent sequence) {
      value = sequence(sequence, depth);
    } else {
      value = mapping((MappingStartEvent) event, depth);
    }
    String anchor = YamlEvents.anchor(event);
    if (!anchor.isEmpty()) {
      anchors.put(anchor, new Anchored(value, nodes - from + 1));
    }
    return value;
  }

  private void count(int more, Event event) throws TooMuch {
    nodes += more;
    if (nodes > limits.nodes()) {
      throw new TooMuch(
          "the document has more than " + limits.nodes() + " values, aliases expanded",
          "split it, or use fewer aliases",
          events.start(event));
    }
  }

  private Object alias(AliasEvent alias) throws TooMuch {
    if (++aliases > limits.aliases()) {
      throw new TooMuch(
          "the document uses more than " + limits.aliases() + " aliases",
          "write the values out, or split the document",
          events.start(alias));
    }
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      problem(
          DeclarationError.SYNTAX,
          "the alias *" + alias.getAnchor() + " names no anchor above it in this document",
          "write &" + alias.getAnchor() + " before the value that is meant",
          events.start(alias));
      return Scalars.NULL;
    }
    count(anchored.nodes() - 1, alias);
    return anchored.value();
  }

  private Object scalar(ScalarEvent event) {
    String tag = event.getTag();
    if (tag == null) {
      Object value = event.isPlain() ? Scalars.resolve(event.getValue()) : event.getValue();
      if (value == Scalars.NOT_JSON) {
        return notJson(event, event.getValue() + " is a number that JSON doesn't have");
      }
      return value instanceof String text ? pooled(text) : value;
    }
    Object resolved = Scalars.resolve(event.getValue());
    boolean fits =
        switch (tag) {
          case "!", YamlEvents.STR -> true;
          case YamlEvents.INT -> resolved instanceof Long;
          case YamlEvents.FLOAT -> resolved instanceof Number;
          case YamlEvents.BOOL -> resolved instanceof Boolean;
          case YamlEvents.NULL -> resolved == Scalars.NULL;
          default -> false;
        };
    if (!fits) {
      return notJson(event, "the tag " + shown(tag) + " doesn't fit here");
    }
    return tag.equals("!") || tag.equals(YamlEvents.STR) ? pooled(event.getValue()) : resolved;
  }

  private Object notJson(Event event, String message) {
    problem(
        DeclarationError.NOT_JSON,
        message,
        "write a plain text, number or boolean, without a tag",
        events.start(event));
    return Scalars.NULL;
  }

  private Object sequence(SequenceStartEvent start, int depth) throws Broken, TooMuch {
    checkTag(start, start.getTag(), YamlEvents.SEQ);
    ArrayList<Object> items = new ArrayList<>();
    for (Event e = events.next(); !e.is(Event.ID.SequenceEnd); e = events.next()) {
      int before = problems.size();
      Object item = node(e, depth + 1);
      if (item != Scalars.NULL) {
        items.add(item);
      } else if (problems.size() == before) {
        problem(
            DeclarationError.NULL_ITEM,
            "item " + items.size() + " of this list is empty (null)",
            "take the '-' away, or write a value behind it",
            events.start(e));
      }
    }
    return List.copyOf(items);
  }

  private Object mapping(MappingStartEvent start, int depth) throws Broken, TooMuch {
    checkTag(start, start.getTag(), YamlEvents.MAP);
    Map<String, Object> map = new HashMap<>();
    List<Map<?, ?>> merged = null;
    boolean nulls = false;
    int base = keyCount;
    for (Event e = events.next(); !e.is(Event.ID.MappingEnd); e = events.next()) {
      if (e instanceof ScalarEvent scalar && YamlEvents.isMerge(scalar)) {
        count(1, e);
        merged = merged == null ? new ArrayList<>() : merged;
        merge(e, node(events.next(), depth + 1), merged);
        continue;
      }
      String key = key(e, depth);
      Object value = node(events.next(), depth + 1);
      if (key == null) {
        continue;
      }
      nulls |= value == Scalars.NULL;
      if (map.putIfAbsent(key, value) == null) {
        remember(key, e);
      } else {
        twice(base, key, e);
      }
    }
    if (merged != null) {
      for (Map<?, ?> other : merged) {
        other.forEach((key, value) -> map.putIfAbsent((String) key, value));
      }
    }
    keyCount = base;
    if (map.size() > limits.fields()) {
      throw new TooMuch(
          "a map has more than " + limits.fields() + " fields",
          "no kind that may be declared needs that many; split the object",
          events.start(start));
    }
    if (nulls) {
      map.values().removeIf(value -> value == Scalars.NULL);
    }
    return Map.copyOf(map);
  }

  private void merge(Event key, Object value, List<Map<?, ?>> merged) {
    if (value instanceof Map<?, ?> map) {
      merged.add(map);
      return;
    }
    boolean maps = value instanceof List<?>;
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          merged.add(map);
        } else {
          maps = false;
        }
      }
    }
    if (!maps) {
      problem(
          DeclarationError.NOT_JSON,
          "'<<' merges maps, this is none",
          "give it an alias of a map, or a list of such",
          events.start(key));
    }
  }

  private @Nullable String key(Event event, int depth) throws Broken, TooMuch {
    Object key = node(event, depth + 1);
    if (key instanceof String text) {
      return text;
    }
    if (key == Scalars.NULL || key instanceof Map || key instanceof List) {
      problem(
          DeclarationError.NOT_JSON,
          "the key of a map is no text",
          "write a name; put it in quotes if it has special characters",
          events.start(event));
      return null;
    }
    return Scalars.key(key);
  }

  private void remember(String key, Event event) {
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
      keyEvents = Arrays.copyOf(keyEvents, keyCount * 2);
    }
    keys[keyCount] = key;
    keyEvents[keyCount++] = event;
  }

  private void twice(int base, String key, Event event) {
    int first = base;
    while (problems.size() < MAX_PROBLEMS && first < keyCount && !keys[first].equals(key)) {
      first++;
    }
    if (first < keyCount) {
      problem(
          DeclarationError.DUPLICATE_KEY,
          "the key '%s' is written twice, first in line %d, column %d"
              .formatted(
                  key,
                  events.start(keyEvents[first]).line(),
                  events.start(keyEvents[first]).column()),
          "keep one of the two",
          events.start(event));
    }
  }

  private void checkTag(Event event, @Nullable String tag, String own) {
    if (tag != null && !tag.equals(own) && !tag.equals("!")) {
      notJson(event, "the tag " + shown(tag) + " doesn't fit here");
    }
  }

  private static String shown(String tag) {
    return tag.replace("tag:yaml.org,2002:", "!!");
  }

  private void problem(
      DeclarationError error, String message, String remediation, SourcePosition position) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(
          new Problem(
              error, message, remediation, documents.size(), JsonPath.ROOT, position, null));
    }
  }

  private static String pooled(String text) {
    if (text.length() > POOLED_LENGTH) {
      return text;
    }
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (POOL - 1);
    String known = STRINGS[slot];
    if (text.equals(known)) {
      return known;
    }
    STRINGS[slot] = text;
    return text;
  }

  private record Anchored(Object value, int nodes) {}

  /** A limit is exceeded; reading stops. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;
    private final String remedy;
    private final transient SourcePosition position;

    TooMuch(String message, String remedy, SourcePosition position) {
      super(message, null, false, false);
      this.remedy = remedy;
      this.position = position;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }
}
