package io.meshkeel.policy;

import io.meshkeel.facts.Slice;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.NotJudged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what each rule looked at: objects of its kinds, without those of which it can't judge. */
final class RuleCounts {
  /** Told of objects about which no rule is asked. */
  static final String BROKEN = "it breaks its schema";

  /** Told of a rule that nobody asked for. */
  static final String OFF = "it is off until policies/config.yaml turns it on";

  /** Rules about what is found of kinds that a repository declares too. */
  private static final Map<String, MeshCluster.Role> ONLY_FOUND =
      Map.of(
          "M1001", MeshCluster.Role.CONTROL_PLANE,
          "M1004", MeshCluster.Role.DATA_PLANE);

  private static final int MAX_KINDS = 4;
  private static final GroupKind CLUSTER = new GroupKind("meshkeel.io", "MeshCluster");

  private final MeshDeclarations mesh;
  private final Evidence evidence;
  private final Map<GroupKind, Integer> declared = new HashMap<>();
  private final Map<GroupKind, Integer> broken = new HashMap<>();
  private final Map<String, Map<GroupKind, Integer>> skipped = new HashMap<>();

  RuleCounts(MeshDeclarations mesh, Evidence evidence) {
    this.mesh = mesh;
    this.evidence = evidence;
    mesh.own().forEach(own -> one(declared, own.declaration().manifest().key().groupKind()));
    mesh.clusters().forEach(cluster -> one(declared, CLUSTER));
  }

  private static void one(Map<GroupKind, Integer> counts, GroupKind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /**
   * An Istio object of the repository.
   *
   * @param breaksSchema no rule was asked about it
   * @param slice what was told of it
   */
  void add(GroupKind kind, boolean breaksSchema, Slice slice) {
    one(declared, kind);
    if (breaksSchema) {
      one(broken, kind);
    } else {
      skip(kind, slice);
    }
  }

  /** Anything of which something was told. */
  void skip(GroupKind kind, Slice slice) {
    slice
        .unjudged()
        .keySet()
        .forEach(rule -> one(skipped.computeIfAbsent(rule, r -> new HashMap<>()), kind));
  }

  /** One for each rule, in their order. */
  List<RuleCount> of(RuleIndex rules, Verdict verdict) {
    return rules.rules().stream()
        .map(rule ->
            rules.offByDefault().contains(rule.id()) && !isTurnedOn(rule)
                ? new RuleCount(rule.id(), 0, 0, List.of(), OFF)
                : of(rule, verdict))
        .toList();
  }

  private boolean isTurnedOn(Rule rule) {
    return mesh.governance().settings().rules().stream()
        .filter(setting -> setting.rule().equals(rule.id()))
        .flatMap(setting -> setting.level().stream())
        .anyMatch(level -> level != PolicySettings.Level.OFF);
  }

  private RuleCount of(Rule rule, Verdict verdict) {
    boolean blind = rule.inventory() && held(null).isEmpty();
    int there = there(rule);
    int wrong = ONLY_FOUND.containsKey(rule.id()) ? 0 : sum(rule, broken);
    int unknown = sum(rule, skipped.getOrDefault(rule.id(), Map.of()));
    List<NotJudged> notJudged = new ArrayList<>();
    verdict.notJudged().stream()
        .filter(one -> one.rule().equals(rule.id()))
        .forEach(notJudged::add);
    if (wrong > 0) {
      notJudged.add(new NotJudged(rule.id(), wrong, BROKEN));
    }
    int judged = blind ? 0 : Math.max(0, there - wrong - unknown);
    int findings =
        (int)
            verdict.findings().stream()
                .filter(finding -> finding.ruleId().equals(rule.id()))
                .count();
    return new RuleCount(
        rule.id(), judged, findings, notJudged, there > 0 || blind ? "" : nothing(rule));
  }

  private static int sum(Rule rule, Map<GroupKind, Integer> counts) {
    return new HashSet<>(rule.kinds())
        .stream().mapToInt(kind -> counts.getOrDefault(kind, 0)).sum();
  }

  /** How many objects there are that the rule is about. */
  private int there(Rule rule) {
    MeshCluster.Role role = ONLY_FOUND.get(rule.id());
    if (role == null) {
      Set<GroupKind> found = new HashSet<>(rule.kinds());
      found.retainAll(ObservedKinds.ALL);
      found.removeAll(ObservedKinds.ISTIO);
      found.removeAll(ObservedKinds.GATEWAY_API);
      return sum(rule, declared) + (rule.inventory() ? keys(found, held(null), true) : 0);
    }
    List<ClusterInventory> held = held(role);
    boolean compared = role == MeshCluster.Role.DATA_PLANE || held.size() > 1;
    return compared
        ? keys(new HashSet<>(rule.kinds()), held, role == MeshCluster.Role.DATA_PLANE)
        : 0;
  }

  /** Objects of these kinds; each of its own in each cluster, or one of one name in all. */
  private static int keys(Set<GroupKind> kinds, List<ClusterInventory> held, boolean each) {
    Stream<ResourceKey> all =
        held.stream()
            .flatMap(one -> kinds.stream().flatMap(kind -> one.of(kind).stream()))
            .map(object -> object.key());
    return (int) (each ? all.count() : all.distinct().count());
  }

  /** What clusters of the mesh hold, those of one role or all. */
  private List<ClusterInventory> held(MeshCluster.@Nullable Role role) {
    return mesh.clusters().stream()
        .filter(cluster -> role == null || cluster.role() == role)
        .flatMap(cluster -> evidence.inventory().of(cluster.name()).stream())
        .toList();
  }

  private String nothing(Rule rule) {
    String kinds =
        rule.kinds().size() > MAX_KINDS
            ? "its " + rule.kinds().size() + " kinds"
            : rule.kinds().stream().map(GroupKind::toString).collect(Collectors.joining(", "));
    MeshCluster.Role role = ONLY_FOUND.get(rule.id());
    return role == null
        ? "there is none of " + kinds
        : role == MeshCluster.Role.DATA_PLANE
            ? "no data plane cluster holds any of " + kinds
            : "no two control plane clusters hold any of " + kinds;
  }
}
