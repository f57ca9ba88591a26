package io.meshkeel.view;

import io.meshkeel.model.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mesh.
 *
 * @param mesh its name; empty if nothing is declared
 * @param phase {@code InSync}, {@code Drifted} (a cluster holds something else than is declared),
 *     {@code Denied} (its declarations have errors) or {@code Unknown} (a control plane cluster
 *     wasn't looked at)
 * @param topology as declared
 * @param istio the declared version; empty if nothing is declared
 * @param istiod versions that run
 * @param seen clusters that were looked at
 * @param clusters all its clusters
 * @param desired declared objects, counted once for each cluster that should hold them
 * @param applied those that a cluster holds as declared
 * @param drifted those that a cluster lacks or holds otherwise
 * @param undeclared objects in namespaces of the mesh that nothing declares
 * @param errors findings that deny
 * @param warnings findings that warn
 * @param infos other findings
 * @param told what istiods say about objects in their status; no finding of ours, and no drift
 * @param revisions {@code cluster=revision} that clusters were last confirmed to hold; without the
 *     service the ones that last changed them, as they are recorded there
 */
public record OverviewRow(
    String mesh,
    String phase,
    String topology,
    String istio,
    List<String> istiod,
    long seen,
    List<String> clusters,
    long desired,
    long applied,
    long drifted,
    long undeclared,
    long errors,
    long warnings,
    long infos,
    long told,
    List<String> revisions)
    implements LinkedRow {
  static final List<Column<OverviewRow>> COLUMNS =
      List.of(
          Column.of("mesh", OverviewRow::mesh),
          Column.of("phase", OverviewRow::phase),
          new Column<>(
              "clusters",
              false,
              row -> row.seen() + "/" + row.clusters().size(),
              OverviewRow::clusters),
          Column.of("desired", OverviewRow::desired),
          Column.of("applied", OverviewRow::applied),
          Column.of("drifted", OverviewRow::drifted),
          Column.of("undeclared", OverviewRow::undeclared),
          Column.of("errors", OverviewRow::errors),
          Column.of("warnings", OverviewRow::warnings),
          Column.of("toldByIstiod", OverviewRow::told),
          Column.of("istiod", OverviewRow::istiod),
          Column.wide("istio", OverviewRow::istio),
          Column.wide("topology", OverviewRow::topology),
          Column.wide("revisions", OverviewRow::revisions),
          Column.wide("infos", OverviewRow::infos),
          Column.wide("seen", OverviewRow::seen));

  public OverviewRow {
    istiod = List.copyOf(istiod);
    revisions = List.copyOf(revisions);
    clusters = List.copyOf(clusters);
  }

  @Override
  public OverviewRow with(Map<ClusterName, ClusterLink> links) {
    Map<String, String> now = new TreeMap<>();
    for (String one : revisions) {
      int at = one.indexOf('=');
      now.put(one.substring(0, at), one.substring(at + 1));
    }
    links.forEach((cluster, link) -> {
      if (!link.revision().isEmpty()) {
        now.put(cluster.value(), link.revision());
      }
    });
    return new OverviewRow(
        mesh,
        phase,
        topology,
        istio,
        istiod,
        seen,
        clusters,
        desired,
        applied,
        drifted,
        undeclared,
        errors,
        warnings,
        infos,
        told,
        now.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
  }

  @Override
  public String namespace() {
    return "";
  }
}
