package io.meshkeel.facts.joined;

import io.meshkeel.facts.injection.InjectionHooks;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The revisions and tags that clusters have. The injection webhooks of a cluster say it. Where
 * files written by hand have none of a cluster, the webhooks of other clusters, the istiods and the
 * mesh say which are likely: of these one is told that is a slip of a known one, that looks like a
 * version which no istiod has, or that no cluster with webhooks knows.
 */
final class KnownRevisions {
  private static final String REVISION = "istio.io/rev";
  private static final Pattern VERSION = Pattern.compile("v?[0-9]+([-.][0-9]+)+.*");

  /** Of shorter names two letters make another name, not a slip. */
  private static final int LONG_NAME = 5;

  private final JoinedMesh mesh;
  private final TreeSet<String> tagged = new TreeSet<>();
  private final TreeSet<String> installed = new TreeSet<>();

  /**
   * What a cluster makes of a revision.
   *
   * @param unknown why nobody can say; then the other two mean nothing
   * @param served whether it has it
   * @param known what it has, for people
   */
  record Answer(Optional<String> unknown, boolean served, String known) {}

  KnownRevisions(JoinedMesh mesh) {
    this.mesh = mesh;
    for (Held held : mesh.found().all()) {
      tagged.addAll(InjectionHooks.of(held.of(ObservedKinds.MUTATING_WEBHOOK)).revisions());
      for (Manifest deployment : Istiods.deployments(mesh, held)) {
        String revision = Labels.of(deployment.labels()).getOrDefault(REVISION, "");
        if (!revision.isEmpty()) {
          installed.add(revision);
        }
      }
    }
  }

  Answer of(ClusterName cluster, String revision) {
    Collection<Manifest> webhooks =
        mesh.found().of(cluster).map(held -> held.of(ObservedKinds.MUTATING_WEBHOOK)).orElseThrow();
    if (!mesh.complete() && webhooks.isEmpty()) {
      return guess(cluster, revision);
    }
    Optional<String> why = mesh.unknown(cluster, ObservedKinds.MUTATING_WEBHOOK);
    return why.isPresent()
        ? new Answer(why, false, "")
        : answer(revision, new TreeSet<>(InjectionHooks.of(webhooks).revisions()));
  }

  private static Answer answer(String revision, TreeSet<String> known) {
    return new Answer(
        Optional.empty(),
        known.contains(revision),
        known.isEmpty() ? "none" : String.join(", ", known));
  }

  private Answer guess(ClusterName cluster, String revision) {
    TreeSet<String> likely = new TreeSet<>(tagged);
    likely.addAll(installed);
    likely.add(mesh.spec().revision());
    boolean version = VERSION.matcher(revision).matches();
    boolean slip =
        !version && revision.length() >= LONG_NAME && ClosestName.of(revision, likely).isPresent();
    boolean gone = version && !installed.isEmpty();
    if (!likely.contains(revision) && (slip || gone || !tagged.isEmpty())) {
      return answer(revision, likely);
    }
    return new Answer(
        Optional.of("webhooks of cluster " + cluster + " were not looked at"), false, "");
  }
}
