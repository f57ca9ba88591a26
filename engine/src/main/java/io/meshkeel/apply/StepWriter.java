package io.meshkeel.apply;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.JsonPatch;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Comparison;
import io.meshkeel.plan.FieldDifference;
import java.util.ArrayList;
import java.util.List;

/** Writes one change to a cluster. */
final class StepWriter {
  private final Cluster cluster;

  StepWriter(Cluster cluster) {
    this.cluster = cluster;
  }

  void write(Change change) throws ClusterException {
    switch (change) {
      case Change.Create create -> {
        if (create.key().groupKind().equals(Kinds.NAMESPACE)) {
          cluster.createNamespace(create.key().name());
        } else {
          settle(create.manifest(), cluster.apply(create.manifest(), false));
        }
      }
      case Change.Update update -> {
        if (update.differences().stream().allMatch(StepWriter::removable)) {
          removeForeign(update.live(), update.differences());
        } else {
          settle(update.manifest(), cluster.apply(update.manifest(), update.force()));
        }
      }
      case Change.Adopt adopt -> settle(adopt.manifest(), cluster.apply(adopt.manifest(), true));
      case Change.Delete delete -> cluster.delete(delete.key(), delete.live().uid());
      case Change.Unchanged _, Change.Skipped _ ->
          throw new IllegalArgumentException("nothing is to be written for " + change.key());
    }
  }

  /** Server-side apply leaves fields of others: takes away those that nothing declares. */
  private void settle(Manifest desired, LiveObject applied) throws ClusterException {
    List<FieldDifference> left = Comparison.of(desired, applied);
    if (left.isEmpty()) {
      return;
    }
    for (FieldDifference difference : left) {
      if (!difference.foreign()) {
        throw new ClusterException(
            FailureReason.APPLY_FAILED,
            "apply "
                + desired.key()
                + ": "
                + difference.path()
                + " is not as declared even after it was applied; an admission webhook or another"
                + " controller changes it",
            false,
            null);
      }
    }
    removeForeign(applied, left);
  }

  /** From the end, so that indexes of lists stay true. */
  private void removeForeign(LiveObject object, List<FieldDifference> foreign)
      throws ClusterException {
    List<JsonPatch> operations = new ArrayList<>();
    operations.add(
        new JsonPatch.Test(JsonPath.of("metadata", "resourceVersion"), object.resourceVersion()));
    foreign.reversed().forEach(f -> operations.add(new JsonPatch.Remove(f.path())));
    cluster.patch(object.key(), operations);
  }

  /** A foreign field outside of lists: inside, server-side apply puts the whole list right. */
  private static boolean removable(FieldDifference difference) {
    return difference.foreign()
        && difference.path().segments().stream().allMatch(String.class::isInstance);
  }
}
