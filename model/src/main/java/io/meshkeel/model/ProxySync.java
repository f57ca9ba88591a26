package io.meshkeel.model;

import java.util.List;
import java.util.Map;

/**
 * What istiods say of the proxies that are connected to them.
 *
 * @param istiods one for each that answered
 * @param notes what is missing, and why
 */
public record ProxySync(List<OfIstiod> istiods, List<String> notes) {
  public ProxySync {
    istiods = List.copyOf(istiods);
    notes = List.copyOf(notes);
  }

  /**
   * The proxies of one istiod.
   *
   * @param cluster the control plane cluster that it is declared for
   * @param proxies by the cluster that they run in, as istiod calls it
   */
  public record OfIstiod(ClusterName cluster, Map<String, Count> proxies) {
    public OfIstiod {
      proxies = Map.copyOf(proxies);
    }
  }

  /**
   * How many.
   *
   * @param connected proxies that are connected
   * @param synced of these, those that took all that was sent to them
   */
  public record Count(long connected, long synced) {
    /** None. */
    public static final Count ZERO = new Count(0, 0);

    /** With one more. */
    public Count and(boolean inSync) {
      return new Count(connected + 1, synced + (inSync ? 1 : 0));
    }
  }
}
