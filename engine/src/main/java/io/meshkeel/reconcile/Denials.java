package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was denied by what clusters held then: it is to be judged again once they hold something
 * else, since that may be what it lacked. A cluster that is seen less of than before is no reason:
 * nothing turns good because nobody knows any more. The thread of its loop, but for {@link #seen}.
 *
 * @param <K> what names a judged revision
 */
@SuppressWarnings("ReferenceEquality") // What is seen is another thing if it is another instance.
final class Denials<K extends Comparable<K>> {
  /** A loop spends at most a fourth of its time on this. */
  private static final int REST_TIMES = 3;

  private record Denied(MeshDeclarations mesh, Evidence evidence) {}

  private final Function<MeshDeclarations, Evidence> live;
  private final Duration pause;
  private final Map<K, Map<MeshName, Denied>> denied = new TreeMap<>();
  private final Set<K> changed = new LinkedHashSet<>();
  private Instant notBefore = Instant.MIN;
  private volatile boolean any;
  private volatile boolean stirred;

  /**
   * @param live what is known of the clusters of a mesh; the same instances while nothing changed
   * @param pause shortest time between two looks
   */
  Denials(Function<MeshDeclarations, Evidence> live, Duration pause) {
    this.live = live;
    this.pause = pause;
  }

  /** What is known of the clusters, taken before a judgement: what comes later is a change. */
  final class Glance {
    private final Map<MeshName, Denied> taken = new HashMap<>();
    private final Instant since;

    private Glance(Declarations declarations, Instant since) {
      this.since = since;
      declarations
          .meshes()
          .forEach((name, mesh) -> taken.put(name, new Denied(mesh, live.apply(mesh))));
    }

    /**
     * The judgement came to this.
     *
     * @param what was judged; what was known of its other meshes is forgotten
     * @param verdicts of which an error leaves what was known
     */
    void judged(K what, Map<MeshName, Verdict> verdicts, Instant now) {
      Map<MeshName, Denied> before = denied.getOrDefault(what, Map.of());
      Map<MeshName, Denied> after = new HashMap<>();
      taken.forEach((name, one) -> {
        Verdict verdict = verdicts.get(name);
        if (verdict != null && verdict.outcome() == Verdict.Outcome.DENIED) {
          after.put(name, one);
        } else if (verdict == null || verdict.outcome() == Verdict.Outcome.ERROR) {
          after.put(name, before.getOrDefault(name, one));
        }
      });
      after.values().removeIf(one -> one.evidence().isEmpty());
      denied.remove(what);
      if (!after.isEmpty()) {
        denied.put(what, after);
      }
      changed.remove(what);
      any = !denied.isEmpty();
      stirred = any;
      Duration rest = Duration.between(since, now).multipliedBy(REST_TIMES);
      notBefore = now.plus(rest.compareTo(pause) > 0 ? rest : pause);
    }
  }

  Glance glance(Declarations declarations, Instant now) {
    return new Glance(declarations, now);
  }

  /** Only these are of interest any more. */
  void keepOnly(Collection<K> these) {
    denied.keySet().retainAll(these);
    changed.retainAll(these);
    any = !denied.isEmpty();
  }

  /**
   * Something was seen in a cluster. Any thread.
   *
   * @return whether that may matter
   */
  boolean seen() {
    stirred = true;
    return any;
  }

  /** What is to be judged again now. */
  List<K> due(Instant now) {
    if (any && stirred && !now.isBefore(notBefore)) {
      stirred = false;
      notBefore = now.plus(pause);
      denied.forEach((what, meshes) -> {
        if (meshes.values().stream().anyMatch(this::holdsOther)) {
          changed.add(what);
        }
      });
    }
    return List.copyOf(changed);
  }

  private boolean holdsOther(Denied one) {
    Map<ClusterName, ClusterInventory> before = one.evidence().inventory().clusters();
    Map<ClusterName, ClusterInventory> now = live.apply(one.mesh()).inventory().clusters();
    boolean other = now.size() > before.size();
    for (Map.Entry<ClusterName, ClusterInventory> entry : before.entrySet()) {
      ClusterInventory holds = now.get(entry.getKey());
      if (holds == null || !holds.known().containsAll(entry.getValue().known())) {
        return false;
      }
      other |= holds != entry.getValue();
    }
    return other;
  }

  /** When to look next without being woken; {@link Instant#MAX} if nothing is waited for. */
  Instant next() {
    return any && stirred ? notBefore : Instant.MAX;
  }

  /** The meshes of a revision that wait. */
  Set<MeshName> meshes(K what) {
    return Set.copyOf(denied.getOrDefault(what, Map.of()).keySet());
  }
}
