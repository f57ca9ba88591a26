package io.meshkeel.policy;

import io.meshkeel.declaration.DeclarationError;
import io.meshkeel.policy.schema.SchemaError;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each id of a finding stands for, in a few words. */
public final class FindingTitles {
  private FindingTitles() {}

  /**
   * Titles of declaration errors, schema errors, rules, and what can be wrong with waivers, by id.
   */
  public static SortedMap<String, String> all() {
    SortedMap<String, String> titles = new TreeMap<>(RulePages.titles());
    for (DeclarationError error : DeclarationError.values()) {
      titles.put(error.id(), error.title());
    }
    for (SchemaError error : SchemaError.values()) {
      titles.put(error.id(), error.title());
    }
    for (PolicyError error : PolicyError.values()) {
      titles.put(error.id(), error.title());
    }
    for (GovernanceError error : GovernanceError.values()) {
      titles.put(error.id(), error.title());
    }
    return Collections.unmodifiableSortedMap(titles);
  }
}
