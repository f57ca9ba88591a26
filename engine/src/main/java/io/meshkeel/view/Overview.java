package io.meshkeel.view;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Module {@code overview}: one line a mesh. */
final class Overview {
  private Overview() {}

  /**
   * How many objects are in each state.
   *
   * @param told messages of istiod about them
   */
  record Tally(Map<ConfigRow.State, Long> states, long told) {
    static Tally of(List<ConfigRow> objects) {
      Map<ConfigRow.State, Long> states = new EnumMap<>(ConfigRow.State.class);
      long told = 0;
      for (ConfigRow row : objects) {
        states.merge(row.state(), 1L, Long::sum);
        told += row.istiod().size();
      }
      return new Tally(states, told);
    }

    static Tally sum(Collection<Tally> parts) {
      Map<ConfigRow.State, Long> states = new EnumMap<>(ConfigRow.State.class);
      long told = 0;
      for (Tally part : parts) {
        part.states.forEach((state, count) -> states.merge(state, count, Long::sum));
        told += part.told;
      }
      return new Tally(states, told);
    }
  }

  static List<OverviewRow> rows(Scene scene) {
    return rows(scene, Tally.of(Configuration.rows(scene)));
  }

  /**
   * @param objects the rows of {@code config}, counted
   */
  static List<OverviewRow> rows(Scene scene, Tally objects) {
    Map<ConfigRow.State, Long> states = objects.states();
    Map<Severity, Long> findings = new EnumMap<>(Severity.class);
    for (Finding finding : scene.findings()) {
      findings.merge(finding.severity(), 1L, Long::sum);
    }
    TreeSet<String> istiod = new TreeSet<>();
    scene.clusters().forEach(cluster -> istiod.addAll(Clusters.istiods(cluster)));
    long drifted =
        sum(states, ConfigRow.State.DIFFERS, ConfigRow.State.MISSING, ConfigRow.State.NOT_OURS);
    long applied = sum(states, ConfigRow.State.IN_SYNC);
    long open = sum(states, ConfigRow.State.UNKNOWN, ConfigRow.State.WITHHELD);
    long awaited = sum(states, ConfigRow.State.AWAITED);
    long errors = findings.getOrDefault(Severity.ERROR, 0L);
    return List.of(
        new OverviewRow(
            scene.mesh(),
            phase(scene, errors, drifted, open),
            scene.declared().map(mesh -> mesh.mesh().spec().topology().word()).orElse(""),
            scene.spec().istioVersion(),
            List.copyOf(istiod),
            scene.clusters().stream().filter(cluster -> cluster.seen().isPresent()).count(),
            scene.clusters().stream().map(cluster -> cluster.name().value()).toList(),
            applied + drifted + open + awaited,
            applied,
            drifted,
            sum(states, ConfigRow.State.UNDECLARED),
            errors,
            findings.getOrDefault(Severity.WARN, 0L),
            findings.getOrDefault(Severity.INFO, 0L),
            objects.told(),
            revisions(scene)));
  }

  private static List<String> revisions(Scene scene) {
    List<String> revisions = new ArrayList<>();
    for (SceneCluster cluster : scene.clusters()) {
      String revision = Clusters.revision(scene, cluster);
      if (!revision.isEmpty()) {
        revisions.add(cluster.name() + "=" + revision);
      }
    }
    return revisions;
  }

  private static String phase(Scene scene, long errors, long drifted, long open) {
    if (scene.declared().isEmpty()) {
      return "Undeclared";
    }
    if (errors > 0) {
      return "Denied";
    }
    return drifted > 0 ? "Drifted" : open > 0 ? "Unknown" : "InSync";
  }

  private static long sum(Map<ConfigRow.State, Long> states, ConfigRow.State... which) {
    long sum = 0;
    for (ConfigRow.State state : which) {
      sum += states.getOrDefault(state, 0L);
    }
    return sum;
  }
}
