package io.meshkeel.app.http;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict.NotJudged;
import io.meshkeel.report.AuditRun;
import io.meshkeel.report.ChangeRun;
import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DebtRun;
import io.meshkeel.report.DriftRun;
import io.meshkeel.report.MeshRun;
import io.meshkeel.report.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The full report of one revision: what the statuses link to. */
public final class RunPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final ForgeLinks links;

  public RunPage(ForgeLinks links) {
    this.links = links;
  }

  /** The page as HTML. */
  public String render(Run run) {
    return PageFrame.page(
        "Revision " + run.commit().abbreviated(),
        html -> {
          head(html, run);
          if (!run.failure().isEmpty()) {
            html.element("p", "box bad", run.failure());
          }
          if (!run.problems().isEmpty()) {
            html.element("h2", "Outside any mesh");
            findings(html, run, run.problems());
          }
          run.meshes().forEach(mesh -> mesh(html, run, mesh));
          if (run.meshes().isEmpty() && run.failure().isEmpty()) {
            html.element("p", "quiet", "No mesh has been judged yet.");
          }
        });
  }

  private void head(Html html, Run run) {
    html.raw("<h1>Revision ")
        .link(links.commit(run.revision()), run.commit().abbreviated())
        .raw("</h1><p class=\"quiet\">");
    if (run.onBranch()) {
      html.text("a commit of the branch");
    } else {
      html.text("the head of ")
          .link(links.pullRequest(run.pullRequest()), "pull request " + run.pullRequest());
    }
    html.text(", first seen " + time(run.startedAt()) + ", last change " + time(run.updatedAt()))
        .raw("</p>\n");
  }

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  private void mesh(Html html, Run run, MeshRun mesh) {
    html.raw("<section><h2>Mesh ").text(mesh.mesh()).raw(" ");
    States.outcome(html, mesh);
    html.raw("</h2>\n");
    if (!mesh.failure().isEmpty()) {
      html.element("p", "box bad", "Policy could not tell: " + mesh.failure());
    }
    if (!mesh.accepted() && !mesh.kept().isEmpty()) {
      html.element("p", "box", "The clusters keep revision " + shortened(mesh.kept()) + ".");
    }
    if (!mesh.supersededBy().isEmpty()) {
      html.element("p", "box", "Superseded by revision " + shortened(mesh.supersededBy()) + ".");
    }
    debt(html, mesh);
    findings(html, run, mesh.findings());
    notJudged(html, mesh.notJudged());
    audit(html, run, mesh.audit());
    if (!mesh.policyRevision().isEmpty()) {
      html.element("p", "quiet", "Judged by policies " + shortened(mesh.policyRevision()) + ".");
    }
    mesh.clusters().forEach(cluster -> cluster(html, cluster));
    mesh.drift().forEach(drift -> drift(html, drift));
    html.raw("</section>\n");
  }

  private void debt(Html html, MeshRun mesh) {
    Debt debt = mesh.debt();
    if (debt != null && (debt.total() > 0 || debt.change() != 0)) {
      html.element("p", "box", "Debt, known before and still there: " + debt + ".");
    }
    if (mesh.trend().size() < 2) {
      return;
    }
    html.raw("<details>")
        .element("summary", "What the last accepted revisions left to be put right")
        .raw(
            "<table><thead><tr><th>Revision<th>Errors<th>Warnings<th>Notes<th>Together</tr></thead>"
                + "<tbody>\n");
    for (DebtRun point : mesh.trend().reversed()) {
      html.raw("<tr><td>")
          .link(links.commit(point.revision()), shortened(point.revision()))
          .raw("<td>")
          .text(String.valueOf(point.errors()))
          .raw("<td>")
          .text(String.valueOf(point.warnings()))
          .raw("<td>")
          .text(String.valueOf(point.notes()))
          .raw("<td>")
          .text(String.valueOf(point.total()))
          .raw("</tr>\n");
    }
    html.raw("</tbody></table></details>\n");
  }

  private static void notJudged(Html html, List<NotJudged> all) {
    if (all.isEmpty()) {
      return;
    }
    html.raw("<details>")
        .element(
            "summary",
            all.stream().map(NotJudged::rule).distinct().count()
                + " rules did not judge everything, for want of knowledge of the clusters")
        .raw("<ul>\n");
    for (NotJudged one : all) {
      html.element("li", one.rule() + ": " + one.objects() + " objects, since " + one.reason())
          .raw("\n");
    }
    html.raw("</ul></details>\n");
  }

  private void audit(Html html, Run run, AuditRun audit) {
    if (audit.at() == 0) {
      return;
    }
    html.element("h3", "Since then, by what the clusters hold");
    html.element(
        "p",
        "box",
        "At "
            + time(audit.at())
            + ": "
            + audit.appeared().size()
            + " findings more and "
            + audit.gone()
            + " fewer than when it was judged. They deny nothing and take nothing back.");
    if (!audit.appeared().isEmpty()) {
      findings(html, run, audit.appeared());
    }
  }

  private static String shortened(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  private void findings(Html html, Run run, List<Finding> findings) {
    if (findings.isEmpty()) {
      html.element("p", "quiet", "No findings.");
      return;
    }
    html.raw("<table><thead><tr><th>Severity<th>Rule<th>Place<th>What</tr></thead><tbody>\n");
    for (Finding finding : findings) {
      html.raw("<tr><td>")
          .element("span", tone(finding.severity()), finding.severity().word())
          .text(standing(finding))
          .raw("<td>")
          .text(finding.ruleId())
          .raw("<td>");
      SourcePosition place = finding.position();
      if (place != null) {
        html.link(links.source(run.revision(), place), place.toString());
      }
      html.raw("<td>");
      if (finding.resource() != null) {
        html.element("strong", finding.resource().toString()).raw(": ");
      }
      html.text(finding.message());
      if (!finding.remediation().isEmpty()) {
        html.raw("<br>").element("span", "quiet", "Fix: " + finding.remediation());
      }
      html.raw("</tr>\n");
    }
    html.raw("</tbody></table>\n");
  }

  private static String standing(Finding finding) {
    return switch (finding.standing().state()) {
      case NEW -> "";
      case KNOWN -> " known";
      case WAIVED -> " waived by " + finding.standing().by();
    };
  }

  private static String tone(Severity severity) {
    return switch (severity) {
      case ERROR -> "state bad";
      case WARN -> "state warn";
      case INFO -> "state";
    };
  }

  private static void cluster(Html html, ClusterRun cluster) {
    html.raw("<h3>Cluster ").text(cluster.cluster()).raw(" ");
    States.cluster(html, cluster);
    html.raw("</h3>\n");
    if (!cluster.message().isEmpty()) {
      html.element(
          "p",
          "box bad",
          cluster.reason().isEmpty()
              ? cluster.message()
              : cluster.reason() + ": " + cluster.message());
    }
    if (cluster.settled() && cluster.millis() > 0) {
      html.element("p", "quiet", "Took " + cluster.millis() + " ms.");
    }
    changes(html, cluster);
  }

  private static void changes(Html html, ClusterRun cluster) {
    List<ChangeRun> changes = cluster.changes();
    if (changes.isEmpty()) {
      return;
    }
    int all = changes.size() + cluster.moreChanges();
    html.raw(all > 20 ? "<details>" : "<details open>")
        .element("summary", all == 1 ? "1 change" : all + " changes")
        .raw("<table><thead><tr><th>Change<th>Object<th>Fields<th>Outcome</tr></thead><tbody>\n");
    for (ChangeRun change : changes) {
      html.raw("<tr><td>")
          .text(change.verb())
          .raw("<td>")
          .text(change.object())
          .raw("<td>")
          .text(String.join(", ", change.fields()))
          .raw("<td>")
          .text(change.outcome());
      if (!change.message().isEmpty()) {
        html.text(": " + change.message());
      }
      html.raw("</tr>\n");
    }
    html.raw("</tbody></table>");
    if (cluster.moreChanges() > 0) {
      html.element("p", "quiet", "and " + cluster.moreChanges() + " more");
    }
    html.raw("</details>\n");
  }

  private static void drift(Html html, DriftRun drift) {
    if (!drift.failure().isEmpty()) {
      html.raw("<h3>Drift in ").text(drift.cluster()).raw("</h3>");
      html.element("p", "box bad", "It can't be told: " + drift.failure());
      return;
    }
    if (drift.count() == 0) {
      return;
    }
    html.raw("<h3>Drift in ").text(drift.cluster()).raw(" ");
    html.element("span", "state warn", String.valueOf(drift.count())).raw("</h3><ul>\n");
    drift.lines().forEach(line -> html.element("li", line).raw("\n"));
    html.raw("</ul>\n");
    if (drift.count() > drift.lines().size()) {
      html.element("p", "quiet", "and " + (drift.count() - drift.lines().size()) + " more");
    }
  }
}
