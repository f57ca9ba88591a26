package io.meshkeel.reconcile;

import io.meshkeel.declaration.SourceLocator;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.git.GitException;
import io.meshkeel.git.GitMirror;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.live.LiveView;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.plan.Plan;
import io.meshkeel.policy.schema.ServedSchemas;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane's cluster serves of what is declared. Asked once per API version, again when the lane
 * looks at the whole cluster anyway, and before a plan is tried again that the cluster's schemas
 * stood against: a plan itself costs no call. The thread of the lane.
 */
final class Serves {
  private static final Logger LOG = LoggerFactory.getLogger(Serves.class);

  private final MeshCluster cluster;
  private final GitMirror mirror;
  private final ReconcilerOptions options;
  private @Nullable DesiredState last;
  private Set<String> wanted = Set.of();
  private Instant askAgain = Instant.MIN;
  private boolean refused;
  private String told = "";

  Serves(MeshCluster cluster, GitMirror mirror, ReconcilerOptions options) {
    this.cluster = cluster;
    this.mirror = mirror;
    this.options = options;
  }

  /**
   * Makes sure that it is known what the cluster serves of this state. A credential that may not
   * read it is no failure: then the API server judges while it applies.
   *
   * @throws ClusterException if the cluster can't be asked
   */
  void learn(LaneLink link, DesiredState desired, Instant now) throws ClusterException {
    LiveView live = link.live();
    Set<String> wanted = wanted(desired);
    if (wanted.isEmpty()) {
      return;
    }
    ServedSchemas known = live.schemas();
    if (known.asked().containsAll(wanted) && !refused && now.isBefore(askAgain)) {
      return;
    }
    try {
      live.serving(link.cluster().schemas(wanted, known));
      told = "";
    } catch (ClusterException e) {
      if (e.reason() != FailureReason.CLUSTER_FORBIDDEN) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      if (!message.equals(told)) {
        LOG.warn("{}/{}: {}", cluster.mesh(), cluster.name(), message);
        told = message;
      }
      live.serving(ServedSchemas.of(Map.of(), Map.of(), wanted));
    }
    last = null;
    refused = false;
    askAgain = now.plus(options.nextResync());
  }

  private Set<String> wanted(DesiredState desired) {
    DesiredState before = last;
    wanted = before == null ? desired.apiVersions() : desired.apiVersionsSince(before, wanted);
    last = desired;
    return wanted;
  }

  /** The plan with the places of what the cluster doesn't serve. */
  Plan placed(Plan plan, Revision revision) {
    refused = plan.unserved().findAny().isPresent();
    if (!refused) {
      return plan;
    }
    SourceLocator locator = new SourceLocator();
    Optional<Snapshot> files = files(revision);
    return plan.placed((declaration, path) ->
        files.flatMap(snapshot -> place(locator, snapshot, declaration, path)));
  }

  private Optional<Snapshot> files(Revision revision) {
    try {
      return Optional.of(mirror.snapshot(revision));
    } catch (GitException e) {
      LOG.warn("Revision {} can't be read any more: {}", revision, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<SourcePosition> place(
      SourceLocator locator, Snapshot files, Declaration declaration, JsonPath path) {
    try {
      return Optional.of(locator.locate(files, declaration, path));
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", declaration.file().path(), e.getMessage());
      return Optional.empty();
    }
  }
}
