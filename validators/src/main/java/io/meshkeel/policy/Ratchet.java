package io.meshkeel.policy;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fingerprint;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    debts.removeIf(finding -> excepted(finding, former) || excepted(finding, mesh));
    Set<String> known = new HashSet<>(fingerprints(debts, former));
    List<String> fingerprints = fingerprints(findings, mesh);
    List<Finding> marked = new ArrayList<>(findings.size());
    List<Finding> taken = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      boolean debt =
          finding.resource() != null
              && finding.standing().equals(Standing.NEW)
              && known.contains(fingerprints.get(i));
      marked.add(debt ? finding.with(Standing.KNOWN) : finding);
      if (debt) {
        taken.add(finding);
      }
    }
    debts.removeIf(finding -> finding.resource() == null);
    return new Compared(marked, Debt.of(taken, debts));
  }

  private static boolean excepted(Finding finding, MeshDeclarations mesh) {
    return mesh.governance().waivers().stream()
        .anyMatch(waiver -> Waivers.matches(waiver, finding));
  }

  private static List<String> fingerprints(List<Finding> findings, MeshDeclarations mesh) {
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
