package io.meshkeel.app.http;

import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.MeshRun;
import io.meshkeel.report.Run;
import java.util.List;
import java.util.Optional;

/** The start page: the meshes and clusters as of the newest commit of the branch, and its runs. */
public final class OverviewPage {
  private final String repository;
  private final ForgeLinks links;

  /**
   * @param repository as people know it: owner, name and branch
   */
  public OverviewPage(String repository, ForgeLinks links) {
    this.repository = repository;
    this.links = links;
  }

  /**
   * The page as HTML.
   *
   * @param runs the newest first
   * @param unready why the service isn't ready; empty if it is
   */
  public String render(List<Run> runs, List<String> unready) {
    Optional<Run> head = runs.stream().filter(Run::onBranch).findFirst();
    return PageFrame.page(
        repository,
        html -> {
          html.element("h1", repository);
          unready.forEach(reason -> html.element("p", "box bad", "Not ready: " + reason));
          if (head.isEmpty()) {
            html.element("p", "quiet", "No commit of the branch has been looked at yet.");
          } else {
            meshes(html, head.get());
          }
          runs(html, runs);
        });
  }

  private void meshes(Html html, Run head) {
    html.raw("<p>The branch is at ")
        .link(links.commit(head.revision()), head.commit().abbreviated())
        .raw(": ")
        .link("/runs/" + head.id(), "report")
        .raw(".</p>\n");
    if (!head.failure().isEmpty()) {
      html.element("p", "box bad", head.failure());
    }
    html.raw("<table><thead><tr><th>Mesh<th>Policy<th>Cluster<th>State<th>Drift</tr></thead>")
        .raw("<tbody>\n");
    for (MeshRun mesh : head.meshes()) {
      if (mesh.clusters().isEmpty()) {
        html.raw("<tr><td>").text(mesh.mesh()).raw("<td>");
        States.outcome(html, mesh);
        html.raw("<td><td><td></tr>\n");
      }
      for (ClusterRun cluster : mesh.clusters()) {
        row(html, mesh, cluster);
      }
    }
    html.raw("</tbody></table>\n");
  }

  private static void row(Html html, MeshRun mesh, ClusterRun cluster) {
    html.raw("<tr><td>").text(mesh.mesh()).raw("<td>");
    States.outcome(html, mesh);
    html.raw("<td>").text(cluster.cluster()).raw("<td>");
    States.cluster(html, cluster);
    if (!cluster.message().isEmpty()) {
      html.raw(" ").text(cluster.message());
    }
    html.raw("<td>");
    mesh.drift().stream()
        .filter(drift -> drift.cluster().equals(cluster.cluster()))
        .forEach(drift -> States.drift(html, drift));
    html.raw("</tr>\n");
  }

  private static void runs(Html html, List<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    html.element("h2", "Last revisions")
        .raw("<table><thead><tr><th>Revision<th>Of<th>Last change<th>Meshes</tr></thead><tbody>\n");
    for (Run run : runs) {
      html.raw("<tr><td>")
          .link("/runs/" + run.id(), run.commit().abbreviated())
          .raw("<td>")
          .text(run.onBranch() ? "branch" : "pull request " + run.pullRequest())
          .raw("<td>")
          .text(RunPage.time(run.updatedAt()))
          .raw("<td>");
      for (MeshRun mesh : run.meshes()) {
        html.text(mesh.mesh()).raw(" ");
        States.outcome(html, mesh);
        html.raw(" ");
      }
      html.raw("</tr>\n");
    }
    html.raw("</tbody></table>\n");
  }
}
