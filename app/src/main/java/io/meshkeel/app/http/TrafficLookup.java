package io.meshkeel.app.http;

import io.meshkeel.view.Module;
import io.meshkeel.view.Scene;
import java.util.List;

/** Finds what modules show of meshes at work: traffic, proxies. Any thread; blocks. */
@FunctionalInterface
public interface TrafficLookup {
  /** Asks nobody. */
  TrafficLookup NONE = (module, filter, scenes) -> scenes;

  /**
   * The scenes with what was observed in their meshes.
   *
   * @param module what is shown; only called if it {@linkplain Module#needsTraffic() needs traffic}
   *     or {@linkplain Module#asksIstiods() asks istiods}
   * @param filter of the rows; other meshes aren't asked about
   */
  List<Scene> observed(Module<?> module, Module.Filter filter, List<Scene> scenes);
}
