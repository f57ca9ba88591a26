package io.meshkeel.plan;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Kinds;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.SchemaError;
import io.meshkeel.policy.schema.SchemaViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Refuses, before anything is written, what a cluster doesn't serve: a version, or a field that the
 * API server would refuse or drop. What refers to a refused object waits with it.
 */
final class Serving {
  private final DesiredState desired;
  private final LiveState live;

  Serving(DesiredState desired, LiveState live) {
    this.desired = desired;
    this.live = live;
  }

  /** Refuses an object whose kind isn't served at all. */
  Change withoutKind(DesiredObject object) {
    return new Change.Skipped(
        object.key(),
        FailureReason.KIND_NOT_SERVED,
        "cluster "
            + desired.clusterName()
            + " doesn't serve "
            + object.key().groupKind()
            + "; install its CRD",
        Optional.of(
            new Change.Unserved(
                path(object, JsonPath.of("kind")),
                new Change.Create(object.key(), object.manifest()))));
  }

  /** What a declaration of an own kind stands for is placed at the declaration. */
  private static JsonPath path(DesiredObject object, JsonPath path) {
    return object.origin().manifest().key().equals(object.key()) ? path : JsonPath.ROOT;
  }

  /** The change, or why it is refused. Only a change that writes is looked at. */
  Change check(DesiredObject object, Change change) {
    if (!change.writes()) {
      return change;
    }
    List<SchemaViolation> wrong = live.schemas().check(object.manifest());
    if (wrong.isEmpty()) {
      return change;
    }
    SchemaViolation first = wrong.getFirst();
    return new Change.Skipped(
        object.key(),
        FailureReason.FIELD_NOT_SERVED,
        message(object, first) + (wrong.size() == 1 ? "" : more(wrong.size() - 1)),
        Optional.of(new Change.Unserved(path(object, first.path()), change)));
  }

  private String message(DesiredObject object, SchemaViolation wrong) {
    if (wrong.error() == SchemaError.VERSION) {
      return "cluster "
          + desired.clusterName()
          + ": "
          + wrong.message()
          + "; "
          + wrong.remediation();
    }
    String upgrade =
        Kinds.GATEWAY.contains(object.key().groupKind())
            ? "bring the cluster's Gateway API CRDs up to date"
            : "bring the cluster's CRDs to Istio " + desired.mesh().spec().istioVersion();
    return "cluster "
        + desired.clusterName()
        + " doesn't serve "
        + wrong.path()
        + "; its "
        + object.manifest().apiVersion()
        + " is older"
        + (wrong.error() == SchemaError.UNKNOWN_FIELD ? "" : " (" + wrong.message() + ")")
        + ": "
        + upgrade
        + ", take it out, or keep the object from this cluster with "
        + Labels.CLUSTERS;
  }

  private static String more(int count) {
    return count == 1 ? " (1 more field)" : " (" + count + " more fields)";
  }

  /** What waits for something that is refused, directly or not. */
  List<Change> waiting(Collection<Change> changes) {
    List<Change> writing = new ArrayList<>();
    List<ResourceKey> refused = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Skipped skipped && skipped.unserved().isPresent()) {
        refused.add(skipped.key());
        writing.add(skipped.unserved().get().instead());
      } else if (change.writes()) {
        writing.add(change);
      }
    }
    List<Change> waiting = new ArrayList<>();
    if (!refused.isEmpty()) {
      Order.waiting(desired, writing, refused)
          .forEach((key, missing) ->
              waiting.add(
                  new Change.Skipped(
                      key,
                      FailureReason.FIELD_NOT_SERVED,
                      "it waits for " + missing + ", which is refused")));
    }
    return waiting;
  }
}
