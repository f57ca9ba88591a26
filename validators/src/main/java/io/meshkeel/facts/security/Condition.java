package io.meshkeel.facts.security;

import java.util.List;

/**
 * One requirement of a rule: some of the values match, and none of the others.
 *
 * @param key what is compared, as {@code when} names it
 * @param values any of them; empty means no requirement
 * @param notValues none of them
 */
record Condition(Key key, List<String> values, List<String> notValues) {
  Condition {
    values = List.copyOf(values);
    notValues = List.copyOf(notValues);
  }

  /**
   * What is compared, and its parameter where it has one.
   *
   * @param attribute what
   * @param parameter the header's name, or the claim with its brackets; otherwise empty
   */
  record Key(Attribute attribute, String parameter) {}

  boolean isNothing() {
    return values.isEmpty() && notValues.isEmpty();
  }
}
