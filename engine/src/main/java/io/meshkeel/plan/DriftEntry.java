package io.meshkeel.plan;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A field, or a whole object, that is not as the applied revision declares it.
 *
 * @param key the object
 * @param sort what happened
 * @param path the field; the root if it is the whole object
 * @param live what the cluster holds, as one line of bounded length; empty if nothing
 * @param desired what is declared, as one line of bounded length; empty if nothing
 * @param manager the field manager whose hand it was; empty if the cluster doesn't tell
 * @param time when; empty if the cluster doesn't tell
 * @param mode what is to be done about it
 */
public record DriftEntry(
    ResourceKey key,
    Sort sort,
    JsonPath path,
    String live,
    String desired,
    Optional<String> manager,
    Optional<Instant> time,
    Mesh.DriftMode mode) {

  /** What happened. */
  public enum Sort {
    /** A declared field has another value or is gone. */
    CHANGED,
    /** A field was added that nothing declares. */
    ADDED,
    /** The object is gone. */
    DELETED,
    /** An object of ours is there that nothing declares. */
    LEFT_OVER
  }

  /** What drifted, from a plan of the revision that was applied, in the order of keys and paths. */
  public static List<DriftEntry> of(Plan plan) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code VirtualService shop/reviews: spec.http[0].timeout is "5s", declared "3s", by
   * kubectl-edit}.
   */
  public String oneLine() {
    throw new UnsupportedOperationException();
  }
}
