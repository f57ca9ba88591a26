package io.meshkeel.policy;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What waivers except, and what is wrong with them. Pure: the day is told. */
public final class Waivers {
  /** 180 days: the farthest end of a waiver. */
  public static final int MOST_DAYS = 180;

  /** 14 days before its end a waiver is told of. */
  public static final int NOTICE_DAYS = 14;

  private Waivers() {}

  /**
   * The waiver that excepts a finding on this day; the first by name if several do. A waiver that
   * has expired, or ends too far away, excepts nothing.
   */
  static Optional<Waiver> of(Finding finding, List<Waiver> waivers, LocalDate today) {
    return waivers.stream()
        .filter(waiver -> holds(waiver, today) && matches(waiver, finding))
        .findFirst();
  }

  private static boolean holds(Waiver waiver, LocalDate today) {
    return !today.isAfter(waiver.expires()) && !tooLong(waiver, today);
  }

  private static boolean tooLong(Waiver waiver, LocalDate today) {
    return ChronoUnit.DAYS.between(today, waiver.expires()) > MOST_DAYS;
  }

  static boolean matches(Waiver waiver, Finding finding) {
    Waiver.Match match = waiver.match();
    ResourceKey resource = finding.resource();
    return waiver.rule().equals(finding.ruleId())
        && match.mesh().map(mesh -> mesh.equals(finding.mesh())).orElse(true)
        && match.cluster().map(cluster -> cluster.equals(finding.cluster())).orElse(true)
        && match.kind().map(kind -> resource != null && kind.equals(resource.kind())).orElse(true)
        && match
            .namespace()
            .map(namespace -> resource != null && namespace.equals(resource.namespace()))
            .orElse(true)
        && match.name().map(name -> resource != null && name.equals(resource.name())).orElse(true)
        && match.path().map(path -> within(finding.path(), path)).orElse(true);
  }

  /** Whether a place is the one named, or within it. */
  private static boolean within(JsonPath place, String named) {
    String path = place.toString();
    if (!path.startsWith(named)) {
      return false;
    }
    return path.length() == named.length()
        || path.charAt(named.length()) == '.'
        || path.charAt(named.length()) == '[';
  }

  /**
   * What the owners of waivers should know; of no mesh.
   *
   * @param waivers all of the repository
   * @param findings of all meshes, with their {@link Finding#standing()}
   * @param complete whether every mesh was judged; else nobody can say that a waiver is stale
   * @param rules ids of all rules that there are
   * @param today the day
   */
  public static List<Finding> notices(
      List<Waiver> waivers,
      Collection<Finding> findings,
      boolean complete,
      Set<String> rules,
      LocalDate today) {
    Set<String> used = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.standing().state() == Standing.State.WAIVED) {
        used.add(finding.standing().by());
      }
    }
    List<Finding> notices = new ArrayList<>();
    for (Waiver waiver : waivers) {
      notices.addAll(of(waiver, used, findings, complete, rules, today));
    }
    return notices;
  }

  private static List<Finding> of(
      Waiver waiver,
      Set<String> used,
      Collection<Finding> findings,
      boolean complete,
      Set<String> rules,
      LocalDate today) {
    List<Finding> notices = new ArrayList<>(1);
    if (!rules.contains(waiver.rule())) {
      notices.add(
          notice(
              waiver,
              GovernanceError.UNKNOWN_RULE,
              Severity.ERROR,
              "rule",
              "there is no rule '" + waiver.rule() + "'" + ClosestName.hint(waiver.rule(), rules),
              "name one rule; broken declarations (D…) and schema errors (S…) can't be waived"));
      return notices;
    }
    if (tooLong(waiver, today)) {
      notices.add(
          notice(
              waiver,
              GovernanceError.TOO_LONG,
              Severity.ERROR,
              "expires",
              "it ends on %s, more than %d days ahead, so it excepts nothing"
                  .formatted(waiver.expires(), MOST_DAYS),
              "write a day until " + today.plusDays(MOST_DAYS)));
      return notices;
    }
    if (waiver.match().wide()) {
      notices.add(
          notice(
              waiver,
              GovernanceError.TOO_WIDE,
              Severity.WARN,
              "match",
              "it excepts every finding of " + waiver.rule() + where(waiver),
              "name the objects: kind, namespace, name or path"));
    }
    if (today.isAfter(waiver.expires())) {
      boolean needed = findings.stream().anyMatch(finding -> matches(waiver, finding));
      notices.add(
          notice(
              waiver,
              GovernanceError.EXPIRED,
              Severity.WARN,
              "expires",
              "it ended on " + waiver.expires() + (needed ? ", and what it excepted is there" : ""),
              needed ? "put it right, or have the waiver reviewed again" : "remove it"));
    } else if (complete && !used.contains(waiver.name())) {
      notices.add(
          notice(
              waiver,
              GovernanceError.STALE,
              Severity.WARN,
              "match",
              "it excepts nothing: " + waiver.rule() + " finds nothing that it matches",
              "remove it, or correct what it matches"));
    } else if (ChronoUnit.DAYS.between(today, waiver.expires()) <= NOTICE_DAYS) {
      notices.add(
          notice(
              waiver,
              GovernanceError.ENDS_SOON,
              Severity.INFO,
              "expires",
              "it ends on " + waiver.expires() + ", then what it excepts denies again",
              "put right what it excepts until then"));
    }
    return notices;
  }

  private static String where(Waiver waiver) {
    return waiver.match().mesh().map(MeshName::value).map(mesh -> " in mesh " + mesh).orElse("")
        + waiver
            .match()
            .cluster()
            .map(ClusterName::value)
            .map(cluster -> " in cluster " + cluster)
            .orElse("");
  }

  private static Finding notice(
      Waiver waiver,
      GovernanceError error,
      Severity severity,
      String field,
      String message,
      String remediation) {
    return new Finding(
        error.id(),
        severity,
        message,
        null,
        new ResourceKey("meshkeel.io", "Waiver", "", waiver.name()),
        JsonPath.of("spec", field),
        waiver.position(),
        remediation);
  }
}
