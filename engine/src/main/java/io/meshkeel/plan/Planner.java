package io.meshkeel.plan;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ResourceKey;
import java.util.Set;

/** Works out what is to be done. Pure; any thread. */
public final class Planner {
  private Planner() {}

  /**
   * A plan of everything that is desired or ours.
   *
   * @param desired what the accepted revision declares; a caller that has none must not plan, since
   *     an empty state prunes
   */
  public static Plan plan(DesiredState desired, LiveState live) {
    throw new UnsupportedOperationException();
  }

  /**
   * A plan of just these keys: those that a commit or a watch touched. Costs follow their number.
   * Says of each key what {@link #plan(DesiredState, LiveState)} says.
   */
  public static Plan plan(DesiredState desired, LiveState live, Set<ResourceKey> keys) {
    throw new UnsupportedOperationException();
  }
}
