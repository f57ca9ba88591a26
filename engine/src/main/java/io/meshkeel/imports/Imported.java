package io.meshkeel.imports;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an import comes to.
 *
 * @param files text by path from the repository's root
 * @param report what became of each object, in the order in which it is told
 * @param adopted objects that the plan of these files takes over
 * @param shared objects of others of which the plan only marks fields as declared
 */
public record Imported(
    Map<String, String> files, List<ImportEntry> report, long adopted, long shared) {
  public Imported {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    report = List.copyOf(report);
  }

  /** How many entries are of this sort. */
  public long count(ImportEntry.Sort sort) {
    return report.stream().filter(entry -> entry.sort() == sort).count();
  }
}
