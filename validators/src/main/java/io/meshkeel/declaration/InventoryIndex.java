package io.meshkeel.declaration;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file {@code index.yaml} of a snapshot: what was looked at, so that a kind without objects can
 * be told from one that nobody asked for, and how much there must be, so that half a copy is
 * noticed. Hand-made folders need none.
 *
 * @param taken when, RFC 3339; empty if it isn't said
 * @param clusters by name, each once
 */
public record InventoryIndex(String taken, List<Entry> clusters) {
  /** Its name in the snapshot's folder. */
  public static final String FILE = "index.yaml";

  static final String KIND = "Snapshot";

  public InventoryIndex {
    clusters = List.copyOf(clusters);
  }

  /**
   * One cluster.
   *
   * @param cluster its name
   * @param looked kinds that were looked at, with the number of objects; below 0 if the number
   *     isn't said
   * @param unseen kinds that could not be looked at, with the reason in one line
   */
  public record Entry(
      ClusterName cluster, Map<GroupKind, Integer> looked, Map<GroupKind, String> unseen) {
    public Entry {
      looked = Map.copyOf(looked);
      unseen = Map.copyOf(unseen);
    }
  }

  /** An index that is without mistakes; empty if these bytes are none. */
  public static Optional<InventoryIndex> read(byte[] content) {
    PositionedYaml yaml = PositionedYaml.read(FILE, content);
    Problems problems = new Problems(0);
    InventoryIndex index = of(yaml.root(), problems);
    return yaml.problems().isEmpty() && problems.isEmpty() ? Optional.of(index) : Optional.empty();
  }

  /** What {@link #FILE} holds. */
  public Map<String, Object> tree() {
    Map<String, Object> spec = new TreeMap<>();
    if (!taken.isEmpty()) {
      spec.put("taken", taken);
    }
    spec.put("clusters", clusters.stream().map(InventoryIndex::tree).toList());
    return JsonTree.freeze(Map.of("apiVersion", OwnKinds.API_VERSION, "kind", KIND, "spec", spec));
  }

  private static Map<String, Object> tree(Entry entry) {
    List<Map<String, Object>> looked = new ArrayList<>();
    new TreeMap<>(entry.looked())
        .forEach((kind, count) ->
            looked.add(
                count < 0
                    ? Map.of("kind", kind.toString())
                    : Map.of("kind", kind.toString(), "objects", count)));
    List<Map<String, Object>> unseen = new ArrayList<>();
    new TreeMap<>(entry.unseen())
        .forEach((kind, why) -> unseen.add(Map.of("kind", kind.toString(), "reason", why)));
    return Map.of("name", entry.cluster().value(), "looked", looked, "unseen", unseen);
  }

  /** Reads it; what is wrong is noted. */
  static InventoryIndex of(Map<String, Object> tree, Problems problems) {
    Fields root =
        new Fields(tree, JsonPath.ROOT, problems)
            .allow(Set.of("apiVersion", "kind", "metadata", "spec"), Set.of());
    if (!KIND.equals(tree.get("kind")) || !OwnKinds.API_VERSION.equals(tree.get("apiVersion"))) {
      problems.add(
          DeclarationError.KIND,
          JsonPath.of("kind"),
          FILE + " is no Snapshot of " + OwnKinds.API_VERSION,
          "take the snapshot again, or remove the file: a hand-made folder needs none");
    }
    Fields spec = root.child("spec").allow(Set.of("taken", "clusters"), Set.of());
    List<Entry> entries = new ArrayList<>();
    JsonPath at = JsonPath.of("spec", "clusters");
    List<Map<String, Object>> items = JsonTree.maps(JsonTree.map(tree, "spec"), "clusters");
    for (int i = 0; i < items.size(); i++) {
      entry(items.get(i), at.index(i), problems, entries);
    }
    return new InventoryIndex(spec.text("taken").orElse(""), entries);
  }

  private static void entry(
      Map<String, Object> item, JsonPath at, Problems problems, List<Entry> entries) {
    Fields fields =
        new Fields(item, at, problems).allow(Set.of("name", "looked", "unseen"), Set.of());
    String name = fields.requiredText("name", "write the cluster's name");
    ClusterName cluster = name.isEmpty() ? null : OwnKinds.clusterName(name, problems);
    Map<GroupKind, Integer> looked = new TreeMap<>();
    Map<GroupKind, String> unseen = new TreeMap<>();
    List<Map<String, Object>> kinds = JsonTree.maps(item, "looked");
    for (int i = 0; i < kinds.size(); i++) {
      Fields kind =
          new Fields(kinds.get(i), at.field("looked").index(i), problems)
              .allow(Set.of("kind", "objects"), Set.of());
      String word = kind.requiredText("kind", "write Kind or Kind.group");
      int count = kind.number("objects", -1, 0, Integer.MAX_VALUE);
      if (!word.isEmpty()) {
        looked.put(kind(word), count);
      }
    }
    List<Map<String, Object>> others = JsonTree.maps(item, "unseen");
    for (int i = 0; i < others.size(); i++) {
      Fields kind =
          new Fields(others.get(i), at.field("unseen").index(i), problems)
              .allow(Set.of("kind", "reason"), Set.of());
      String word = kind.requiredText("kind", "write Kind or Kind.group");
      if (!word.isEmpty()) {
        unseen.put(kind(word), kind.text("reason").orElse(""));
      }
    }
    if (cluster != null) {
      entries.add(new Entry(cluster, looked, unseen));
    }
  }

  /** {@code Kind} or {@code Kind.group}. */
  private static GroupKind kind(String word) {
    int dot = word.indexOf('.');
    return dot < 0
        ? new GroupKind("", word)
        : new GroupKind(word.substring(dot + 1), word.substring(0, dot));
  }
}
