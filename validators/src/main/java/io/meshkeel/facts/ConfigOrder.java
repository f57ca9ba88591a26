package io.meshkeel.facts;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.Comparator;

/**
 * The order in which istiod takes configuration, and which of it: {@code
 * configCompareByCreationTime} in {@code pilot/pkg/model/config.go} and {@code LabelsInRevision} in
 * {@code pkg/config/model.go} of istio/istio, release 1.31.
 */
public final class ConfigOrder {
  /** Sorts after every time that Kubernetes writes. */
  private static final String NOT_YET = "~";

  /**
   * Oldest first, then by name and namespace. What has no {@code metadata.creationTimestamp} isn't
   * created yet: it comes last.
   */
  public static final Comparator<Manifest> OLDEST_FIRST =
      Comparator.comparing(
              (Manifest object) -> JsonTree.string(object.metadata(), "creationTimestamp", NOT_YET))
          .thenComparing(object -> object.key().name())
          .thenComparing(object -> object.key().namespace());

  private ConfigOrder() {}

  /**
   * Whether istiod of this revision takes an object: its label {@code istio.io/rev} is missing or
   * names the revision.
   *
   * @param revision of the mesh
   */
  public static boolean isTaken(Manifest object, String revision) {
    String wanted = Labels.of(object.labels()).get("istio.io/rev");
    return wanted == null || revision.isEmpty() || wanted.equals(revision);
  }
}
