package io.meshkeel.policy;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes findings as a repository wants them taken: severities by its settings, exceptions by its
 * waivers. Pure: the day is told.
 *
 * @param rules ids of all rules that there are
 * @param params the parameters of the rules that have some and what they are by default, by id
 * @param today the day, in UTC
 * @param strict whether findings that are no errors deny too
 */
record Governing(
    Set<String> rules, Map<String, Map<String, Object>> params, LocalDate today, boolean strict) {
  /** The ids that settings and waivers name. */
  static Set<String> named(Governance governance) {
    Set<String> named = new HashSet<>();
    governance.settings().rules().forEach(setting -> named.add(setting.rule()));
    governance.waivers().forEach(waiver -> named.add(waiver.rule()));
    return named;
  }

  /**
   * Findings with their severity and standing, each mistake once; those that are turned off are
   * left out.
   */
  List<Finding> govern(MeshDeclarations mesh, List<Finding> findings) {
    Governance governance = mesh.governance();
    List<Finding> governed =
        new ArrayList<>(
            RuleSettings.problems(governance.settings(), rules, params, mesh.mesh().name()));
    RuleSettings settings = new RuleSettings(governance.settings());
    for (Finding finding : findings) {
      Optional<Finding> applied = settings.applied(finding);
      if (applied.isPresent()) {
        Finding taken = applied.get();
        governed.add(
            Waivers.of(taken, governance.waivers(), today)
                .map(waiver -> taken.with(Standing.waived(waiver.name())))
                .orElse(taken));
      }
    }
    return ToldOnce.of(governed);
  }

  /** Whether a finding denies. */
  boolean denies(Finding finding, Governance governance) {
    if (!strict && finding.severity() != Severity.ERROR) {
      return false;
    }
    return switch (finding.standing().state()) {
      case NEW -> true;
      case KNOWN -> governance.settings().enforce() == Enforce.ALL;
      case WAIVED -> false;
    };
  }
}
