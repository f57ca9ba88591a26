package io.meshkeel.reconcile;

import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what came of looks at the branch: metrics first, so that who reads it in the forge finds
 * the same there. The thread of the repository loop.
 */
final class BranchReports {
  private static final Logger LOG = LoggerFactory.getLogger(BranchReports.class);

  private final EngineParts parts;
  private final Judging judging;

  BranchReports(EngineParts parts, Judging judging) {
    this.parts = parts;
    this.judging = judging;
  }

  /**
   * @param before the meshes that were accepted before
   * @param kept the revision that each mesh stays at
   */
  void tell(Look look, Set<MeshName> before, Map<MeshName, Revision> kept) {
    List<Verdict> fresh = new ArrayList<>();
    List<Verdict> known = new ArrayList<>();
    look.verdicts()
        .values()
        .forEach(verdict -> (look.judged().contains(verdict.mesh()) ? fresh : known).add(verdict));
    for (MeshName name : before) {
      boolean unreadable =
          !look.declarations().meshes().containsKey(name)
              && !look.declarations().problems().isEmpty();
      if (unreadable) {
        fresh.add(
            new Verdict(
                name,
                Optional.of(look.revision()),
                Verdict.Outcome.DENIED,
                List.of(),
                "",
                Optional.empty()));
      }
    }
    fresh.forEach(verdict -> count(look.revision(), verdict));
    List<Verdict> verdicts = new ArrayList<>(fresh);
    verdicts.addAll(known);
    List<Finding> others = judging.ofNoMesh(look.declarations(), look.verdicts());
    parts.reporter().judged(look.revision(), 0, verdicts, others, kept);
  }

  private void count(Revision revision, Verdict verdict) {
    parts
        .metrics()
        .verdict(verdict.mesh().value(), verdict.outcome().name().toLowerCase(Locale.ROOT));
    parts.metrics().debt(verdict);
    if (verdict.outcome() == Verdict.Outcome.ACCEPTED) {
      parts.metrics().findings(verdict.mesh().value(), verdict.findings());
    }
    LOG.info(
        "{}: {} {} with {} findings",
        revision.abbreviated(),
        verdict.mesh(),
        verdict.outcome(),
        verdict.findings().size());
  }
}
