package io.meshkeel.policy;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fingerprint;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what a revision brings in from what was there before. Pure. */
final class Ratchet {
  private Ratchet() {}

  /**
   * What came of a comparison.
   *
   * @param findings of the revision, those that the former has too marked as known
   * @param debt how many those are, and were
   */
  record Compared(List<Finding> findings, Debt debt) {
    Compared {
      findings = List.copyOf(findings);
    }

    /** Whether the revision brings nothing in. */
    boolean allIsKnown() {
      return findings.stream().noneMatch(finding -> finding.standing().equals(Standing.NEW));
    }
  }

  /**
   * Compares a revision with a former one.
   *
   * @param findings of the revision
   * @param mesh what it declares
   * @param before findings of the former, judged in the same way
   * @param former what that declares, with the waivers of its own time: what one of them, or one of
   *     today, was meant to except is no debt. So it denies again when the waiver has gone or
   *     expired
   */
  static Compared against(
      List<Finding> findings,
      MeshDeclarations mesh,
      List<Finding> before,
      MeshDeclarations former) {
    List<Finding> debts = new ArrayList<>(before);
    List<Waiver> waivers = new ArrayList<>(former.governance().waivers());
    waivers.addAll(mesh.governance().waivers());
    debts.removeIf(
        finding -> waivers.stream().anyMatch(waiver -> Waivers.matches(waiver, finding)));
    // What was found in an object that didn't change is the same instance, and known by that: only
    // of the rest is told what it is about.
    Set<Finding> same = both(findings, debts);
    List<Finding> others = findings.stream().filter(finding -> !same.contains(finding)).toList();
    Set<String> known =
        others.isEmpty()
            ? Set.of()
            : Set.copyOf(
                fingerprints(debts.stream().filter(debt -> !same.contains(debt)).toList(), former));
    Iterator<String> fingerprints = fingerprints(others, mesh).iterator();
    List<Finding> marked = new ArrayList<>(findings.size());
    List<Finding> taken = new ArrayList<>();
    for (Finding finding : findings) {
      boolean there = same.contains(finding) || known.contains(fingerprints.next());
      boolean debt = there && finding.resource() != null && finding.standing().equals(Standing.NEW);
      marked.add(debt ? finding.with(Standing.KNOWN) : finding);
      if (debt) {
        taken.add(finding);
      }
    }
    debts.removeIf(finding -> finding.resource() == null);
    return new Compared(marked, Debt.of(taken, debts));
  }

  private static Set<Finding> both(List<Finding> findings, List<Finding> debts) {
    Set<Finding> before = Collections.newSetFromMap(new IdentityHashMap<>(debts.size()));
    before.addAll(debts);
    Set<Finding> both = Collections.newSetFromMap(new IdentityHashMap<>());
    findings.stream().filter(before::contains).forEach(both::add);
    return both;
  }

  private static List<String> fingerprints(List<Finding> findings, MeshDeclarations mesh) {
    if (findings.isEmpty()) {
      return List.of();
    }
    Set<ResourceKey> about = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.resource() != null) {
        about.add(finding.resource());
      }
    }
    Map<ResourceKey, Map<String, Object>> contents = new HashMap<>();
    for (Declaration object : mesh.objects()) {
      if (about.contains(object.manifest().key())) {
        contents.put(object.manifest().key(), object.manifest().content());
      }
    }
    for (OwnDeclaration own : mesh.own()) {
      contents.put(own.declaration().manifest().key(), own.declaration().manifest().content());
    }
    return Fingerprint.ofAll(
        findings,
        finding ->
            finding.resource() == null
                ? Map.of()
                : contents.getOrDefault(finding.resource(), Map.of()));
  }
}
