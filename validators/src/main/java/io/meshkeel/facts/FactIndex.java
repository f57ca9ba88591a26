package io.meshkeel.facts;

/**
 * Facts of one topic: joined from all objects of a mesh, told of each. Building is linear in the
 * number of objects. Not thread-safe.
 */
public interface FactIndex {
  /** Takes one object in; the order of objects changes nothing. */
  void add(ObjectView object);

  /** Tells what is known of an object, after all were taken in; nothing if there is nothing. */
  void tell(ObjectView object, Slice slice);
}
