package io.meshkeel.policy;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Verdict.NotJudged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what rules could not judge, so that nobody takes their silence for consent. */
final class NotJudgedRules {
  /** Told where no cluster was looked at. */
  static final String NO_INVENTORY = "nothing is known of what the clusters hold";

  private NotJudgedRules() {}

  /**
   * By rule, then by reason.
   *
   * @param gaps in what was told of each object
   */
  static List<NotJudged> of(RuleIndex rules, MeshDeclarations mesh, Evidence evidence, Gaps gaps) {
    boolean blind =
        mesh.clusters().stream()
            .noneMatch(cluster -> evidence.inventory().of(cluster.name()).isPresent());
    List<NotJudged> counted = counted(rules, gaps, blind);
    if (!blind) {
      return counted;
    }
    List<NotJudged> all = new ArrayList<>(withoutEvidence(rules, mesh));
    all.addAll(counted);
    return List.copyOf(all);
  }

  private static List<NotJudged> withoutEvidence(RuleIndex rules, MeshDeclarations mesh) {
    Map<GroupKind, Integer> declared = new HashMap<>();
    for (Declaration object : mesh.objects()) {
      declared.merge(object.manifest().key().groupKind(), 1, Integer::sum);
    }
    mesh.own()
        .forEach(
            own -> declared.merge(own.declaration().manifest().key().groupKind(), 1, Integer::sum));
    declared.merge(
        new GroupKind("meshkeel.io", "MeshCluster"), mesh.clusters().size(), Integer::sum);
    List<NotJudged> all = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      if (rule.inventory()) {
        int objects = rule.kinds().stream().mapToInt(kind -> declared.getOrDefault(kind, 0)).sum();
        all.add(new NotJudged(rule.id(), objects, NO_INVENTORY));
      }
    }
    return List.copyOf(all);
  }

  /**
   * @param blind rules that need an inventory are told otherwise
   */
  private static List<NotJudged> counted(RuleIndex rules, Gaps gaps, boolean blind) {
    List<NotJudged> all = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      if (blind && rule.inventory()) {
        continue;
      }
      gaps.of(rule.id())
          .forEach((reason, count) -> all.add(new NotJudged(rule.id(), count, reason)));
    }
    return List.copyOf(all);
  }
}
