package io.meshkeel.declaration;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a snapshot hold.
 *
 * @param inventory the clusters; {@link Inventory#NONE} if there are problems: half a snapshot is
 *     none
 * @param index the file {@code index.yaml}, if there is one that can be read
 * @param traffic the file {@code edges.yaml}, if there is one that can be read
 * @param proxies the file {@code proxies.yaml}, if there is one that can be read
 * @param problems what is wrong, each with its place
 */
public record InventoryReading(
    Inventory inventory,
    Optional<InventoryIndex> index,
    Optional<Traffic> traffic,
    Optional<ProxySync> proxies,
    List<Finding> problems) {
  /**
   * @throws IllegalArgumentException if there are problems and clusters too
   */
  public InventoryReading {
    problems = List.copyOf(problems);
    if (!problems.isEmpty() && !inventory.clusters().isEmpty()) {
      throw new IllegalArgumentException("an inventory with problems is none");
    }
  }
}
