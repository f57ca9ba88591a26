package io.meshkeel.declaration;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes what clusters hold as the files that {@link InventoryReader} reads. Pure; any thread. */
public final class InventoryWriter {
  /** Objects of one file; of more, the next ones go to a second file. */
  static final int OBJECTS = 1_000;

  private InventoryWriter() {}

  /**
   * The files of a snapshot: one for each cluster and kind, and the index.
   *
   * @param taken when, RFC 3339
   * @param clusters what was seen
   * @param unseen kinds that could not be looked at, with the reason
   * @return text by path from the snapshot's folder
   */
  public static Map<String, String> write(
      String taken,
      List<ClusterInventory> clusters,
      Map<ClusterName, Map<GroupKind, String>> unseen) {
    Map<String, String> files = new TreeMap<>();
    List<InventoryIndex.Entry> entries = new ArrayList<>();
    for (ClusterInventory cluster : clusters) {
      Map<GroupKind, Integer> looked = new TreeMap<>();
      for (GroupKind kind : new TreeSet<>(cluster.known())) {
        List<Manifest> objects = cluster.of(kind);
        looked.put(kind, objects.size());
        for (int from = 0; from < objects.size(); from += OBJECTS) {
          String part = from == 0 ? "" : "-" + (from / OBJECTS + 1);
          files.put(
              cluster.cluster() + "/" + kind.toString().toLowerCase(Locale.ROOT) + part + ".yaml",
              YamlWriter.writeAll(
                  objects.subList(from, Math.min(objects.size(), from + OBJECTS)).stream()
                      .map(Manifest::content)
                      .toList()));
        }
      }
      entries.add(
          new InventoryIndex.Entry(
              cluster.cluster(), looked, unseen.getOrDefault(cluster.cluster(), Map.of())));
    }
    files.put(InventoryIndex.FILE, YamlWriter.write(new InventoryIndex(taken, entries).tree()));
    return files;
  }
}
