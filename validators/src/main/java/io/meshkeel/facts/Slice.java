package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What rules are told of an object's surroundings, while it is put together. */
public final class Slice {
  /** Nothing is told. */
  static final Slice EMPTY = new Slice();

  private final Map<String, Object> facts = new HashMap<>(4);
  private final Map<String, String> unjudged = new TreeMap<>();
  private final Map<String, String> partly = new TreeMap<>();
  private @Nullable Map<String, Object> told;

  /** Adds a list of facts; an empty one is left out. */
  public void put(String name, List<?> list) {
    if (!list.isEmpty()) {
      facts.put(name, list);
      told = null;
    }
  }

  /**
   * Says that a rule can't judge the object.
   *
   * @param rule its id
   * @param reason what isn't known, in plain words
   */
  public void unjudged(String rule, String reason) {
    unjudged.putIfAbsent(rule, reason);
  }

  /** Why rules can't judge the object, by their ids. */
  public Map<String, String> unjudged() {
    return Collections.unmodifiableMap(unjudged);
  }

  /**
   * Says that a rule judges the object, but not all of it.
   *
   * @param rule its id
   * @param reason what isn't known, in plain words
   */
  public void partly(String rule, String reason) {
    partly.putIfAbsent(rule, reason);
  }

  /** Why rules judge only part of the object, by their ids. */
  public Map<String, String> partly() {
    return Collections.unmodifiableMap(partly);
  }

  /** Whether some rule can't judge the object, or only part of it. */
  public boolean hasGaps() {
    return !unjudged.isEmpty() || !partly.isEmpty();
  }

  /** What was put so far; the same instance until more is. */
  public Map<String, Object> toMap() {
    Map<String, Object> known = told;
    if (known == null) {
      known = Map.copyOf(facts);
      told = known;
    }
    return known;
  }

  /** What both tell; they must not tell of the same. */
  public Slice and(Slice other) {
    if (other.facts.isEmpty() && other.unjudged.isEmpty() && other.partly.isEmpty()) {
      return this;
    }
    Slice both = new Slice();
    both.facts.putAll(facts);
    both.facts.putAll(other.facts);
    both.unjudged.putAll(unjudged);
    other.unjudged.forEach(both.unjudged::putIfAbsent);
    both.partly.putAll(partly);
    other.partly.forEach(both.partly::putIfAbsent);
    return both;
  }

  /** The path of another field of the same parent. */
  static List<Object> sibling(List<Object> path, String name) {
    List<Object> other = new ArrayList<>(path);
    other.set(other.size() - 1, name);
    return List.copyOf(other);
  }
}
