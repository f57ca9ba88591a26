package io.meshkeel.policy.admission;

import java.util.HashSet;
import java.util.Set;

/** The namespaces that an object is visible in. */
final class ExportTo {
  private ExportTo() {}

  /**
   * @param serviceEntry whether {@code ~}, nobody, may stand there
   * @param selected whether the object is for chosen workloads, and so for its own namespace alone
   */
  static void check(
      Node exportTo, String namespace, boolean serviceEntry, boolean selected, Refusals refusals) {
    Set<String> seen = new HashSet<>();
    for (Node entry : exportTo.each()) {
      String text = entry.text();
      String meant = text.equals(".") ? namespace : text;
      if (seen.contains(meant)) {
        refusals.value(entry, "is there twice", "keep it once");
      } else if (meant.equals("~") && !serviceEntry) {
        refusals.value(entry, "isn't allowed for this kind", "use '.' for its own namespace");
      } else if (meant.equals("~") || meant.equals("*") || Names.isDnsLabel(meant)) {
        seen.add(meant);
      } else {
        refusals.value(entry, "is no namespace", "use '.', '*' or the name of a namespace");
      }
    }
    if (selected && !seen.isEmpty() && !(seen.size() == 1 && seen.contains(namespace))) {
      refusals.add(
          exportTo,
          "a rule with a workload selector holds in its own namespace only",
          "write exportTo: ['.'], or leave it out");
    }
    for (String alone : new String[] {"*", "~"}) {
      if (seen.contains(alone) && exportTo.size() > 1) {
        refusals.add(
            exportTo,
            "'" + alone + "' stands beside other namespaces",
            "keep '" + alone + "' alone, or the others");
      }
    }
  }
}
