package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import java.util.List;

/** The README of an imported repository: what is in it, what is not, and what to do next. */
final class Guide {
  private final StringBuilder text = new StringBuilder();

  private Guide() {}

  static String of(Footing footing, ImportRequest request, List<ImportEntry> report, Proof proof) {
    Guide guide = new Guide();
    guide.head(footing, request, proof);
    guide.section(
        report,
        ImportEntry.Sort.DIFFERS,
        "Control planes that differ",
        "Written once for each content, with the annotation `meshkeel.io/clusters`. istiods of one"
            + " mesh should hold the same: make them equal and take the annotation out.");
    guide.section(
        report,
        ImportEntry.Sort.MANAGED,
        "Managed by somebody else",
        "Left out unless `--include-managed` was said. Two hands on one object fight; move it here"
            + " and take it out there in one go.");
    guide.section(
        report,
        ImportEntry.Sort.LEFT_OUT,
        "Left out",
        "These stay in the clusters as they are, and nothing here stands for them.");
    guide.section(
        report,
        ImportEntry.Sort.RECOGNISED,
        "Written as Meshkeel's own kinds",
        "Each renders exactly what is there.");
    return guide.text.toString();
  }

  private void head(Footing footing, ImportRequest request, Proof proof) {
    line("# Mesh " + footing.mesh());
    line("");
    line(
        "Imported from "
            + OwnDraft.names(footing.all())
            + " (control plane: "
            + OwnDraft.names(footing.controlPlanes())
            + "). Proven against what was read there: the plan takes over "
            + proof.adopted()
            + " objects, marks declared fields in "
            + proof.shared()
            + " objects of others with the label `meshkeel.io/mesh`, and changes nothing else.");
    line("");
    line("## What to do next");
    line("");
    line("1. Read what was left out below, and put right what should not stay so.");
    line("2. `meshkeel validate .` tells what the rules find in it.");
    StringBuilder plan = new StringBuilder("meshkeel plan .");
    for (ClusterName cluster : footing.all()) {
      plan.append(" --cluster ").append(cluster).append("=KUBECONFIG");
    }
    line("3. `" + plan + "` shows only adoption.");
    line("4. Commit it, and give the service this repository and its credentials.");
    line("");
    line(
        request.adoption() == ImportRequest.Adoption.mesh
            ? "`spec.adopt: true` of the Mesh lets everything that this mesh declares be taken over,"
                + " also what is declared later. Take it out once the first sync is done."
            : "Each object carries `meshkeel.io/adopt: \"true\"`, which lets this object be taken"
                + " over and no other. It does no harm if it stays; an object that is declared"
                + " later and belongs to somebody else is refused.");
    line("");
    line(
        "Never in the files: `status`, what the API server fills in (`uid`, `managedFields` …),"
            + " defaults of the CRDs, copies of the object in annotations, content of Secrets.");
  }

  private void section(
      List<ImportEntry> report, ImportEntry.Sort sort, String title, String about) {
    List<ImportEntry> entries = report.stream().filter(entry -> entry.sort() == sort).toList();
    if (entries.isEmpty()) {
      return;
    }
    line("");
    line("## " + title + " (" + entries.size() + ")");
    line("");
    line(about);
    line("");
    entries.forEach(entry -> line("* " + escaped(entry.oneLine())));
  }

  /** As Markdown that means the text itself. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#|!])", "\\\\$1");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
