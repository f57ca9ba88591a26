package io.meshkeel.declaration;

import io.meshkeel.declaration.YamlEvents.Broken;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Where the fields of the documents of one YAML text stand. For one thread. */
final class YamlPlaces {
  private final YamlEvents events;
  private final Limits limits;
  private final Map<String, Place> anchors = new HashMap<>();
  private final List<Place> documents = new ArrayList<>();

  private YamlPlaces(String file, String text, Limits limits) {
    this.events = new YamlEvents(file, text);
    this.limits = limits;
  }

  /** The places of all documents up to and with {@code last}, or to where the text is broken. */
  static YamlPlaces read(String file, String text, int last, Limits limits) {
    YamlPlaces places = new YamlPlaces(file, text, limits);
    try {
      places.events.next();
      while (places.documents.size() <= last && places.events.next().is(Event.ID.DocumentStart)) {
        places.anchors.clear();
        places.documents.add(places.node(places.events.next(), 1));
        places.events.next();
      }
    } catch (Broken e) {
      return places;
    }
    return places;
  }

  /** Null if there is no such document. */
  @Nullable SourcePosition find(int document, JsonPath path) {
    if (document >= documents.size()) {
      return null;
    }
    Place root = documents.get(document);
    Place at = root;
    SourcePosition position = root.position;
    for (Object segment : path.segments()) {
      Place content = at.content();
      Place next =
          segment instanceof Integer index ? content.item(index) : content.field((String) segment);
      if (next == null) {
        return new SourcePosition(position.file(), position.line(), position.column(), false);
      }
      position = next.position;
      at = next;
    }
    return position;
  }

  private Place node(Event event, int depth) throws Broken {
    Place place = new Place(events.start(event));
    fill(place, event, depth);
    return place;
  }

  /** The content that begins with this event becomes the place's own. */
  private void fill(Place place, Event event, int depth) throws Broken {
    if (depth > limits.depth()) {
      throw new Broken("nested too deeply", events.start(event));
    }
    if (event instanceof AliasEvent alias) {
      place.target = anchors.get(alias.getAnchor());
      return;
    }
    if (event.is(Event.ID.SequenceStart)) {
      List<Place> items = new ArrayList<>();
      for (Event e = events.next(); !e.is(Event.ID.SequenceEnd); e = events.next()) {
        items.add(node(e, depth + 1));
      }
      place.items = items;
    } else if (event.is(Event.ID.MappingStart)) {
      mapping(place, depth);
    }
    String anchor = YamlEvents.anchor(event);
    if (!anchor.isEmpty()) {
      anchors.put(anchor, place);
    }
  }

  private void mapping(Place place, int depth) throws Broken {
    Map<String, Place> fields = new HashMap<>();
    List<Place> merged = new ArrayList<>();
    for (Event e = events.next(); !e.is(Event.ID.MappingEnd); e = events.next()) {
      if (e instanceof ScalarEvent scalar && YamlEvents.isMerge(scalar)) {
        merged.add(node(events.next(), depth + 1));
        continue;
      }
      String name = e instanceof ScalarEvent scalar ? keyOf(scalar) : "";
      Place field = node(e, depth + 1);
      if (e instanceof AliasEvent || e instanceof ScalarEvent) {
        field = new Place(field.position);
      }
      fill(field, events.next(), depth + 1);
      fields.putIfAbsent(name, field);
    }
    place.fields = fields;
    place.merged = merged;
  }

  private static String keyOf(ScalarEvent key) {
    return key.isPlain() && key.getTag() == null
        ? Scalars.key(Scalars.resolve(key.getValue()))
        : key.getValue();
  }

  /** A field (at its key), a list item or a document (at its first character). */
  private static final class Place {
    private final SourcePosition position;
    private Map<String, Place> fields = Map.of();
    private List<Place> items = List.of();
    private List<Place> merged = List.of();
    private @Nullable Place target;

    Place(SourcePosition position) {
      this.position = position;
    }

    /** What an alias stands for, else itself. */
    Place content() {
      Place at = this;
      while (at.target != null) {
        at = at.target;
      }
      return at;
    }

    @Nullable Place item(int index) {
      return index < items.size() ? items.get(index) : null;
    }

    @Nullable Place field(String name) {
      Place own = fields.get(name);
      if (own != null) {
        return own;
      }
      for (Place alias : merged) {
        Place source = alias.content();
        Place found = source.field(name);
        for (int i = 0; found == null && i < source.items.size(); i++) {
          found = source.items.get(i).content().field(name);
        }
        if (found != null) {
          return found;
        }
      }
      return null;
    }
  }
}
