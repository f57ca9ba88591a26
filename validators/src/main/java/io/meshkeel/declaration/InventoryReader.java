package io.meshkeel.declaration;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a snapshot: plain Kubernetes objects, taken by {@code meshkeel snapshot} or
 * written by hand. {@code <cluster>.yaml} and all files below {@code <cluster>/} belong to one
 * cluster, {@link InventoryIndex#FILE} says what was looked at. A kind that neither the index names
 * nor any object has is unknown, not empty. Pure; any thread.
 */
public final class InventoryReader {
  /**
   * How much a snapshot may hold: files of 64 MiB and 1 GiB together, whole lists in one document.
   */
  public static final Limits LIMITS =
      new Limits(
          64L << 20,
          1L << 30,
          Limits.DEFAULT_FILES,
          Limits.DEFAULT_LINE_BYTES,
          Limits.DEFAULT_DOCUMENTS,
          200,
          Limits.DEFAULT_ALIASES,
          10_000_000,
          100_000);

  /** Files that hold no objects of a cluster. */
  private static final Set<String> SPECIAL =
      Set.of(InventoryIndex.FILE, TrafficFile.FILE, ProxyFile.FILE);

  private final List<Problem> problems = new ArrayList<>();
  private final Map<ClusterName, Map<ResourceKey, InventoryFile.Placed>> clusters = new TreeMap<>();

  private InventoryReader() {}

  /**
   * Reads all files; never throws because of what they hold.
   *
   * @param files bytes by path from the snapshot's folder, with {@code /}
   */
  public static InventoryReading read(Map<String, byte[]> files) {
    return new InventoryReader().run(new TreeMap<>(files));
  }

  private InventoryReading run(TreeMap<String, byte[]> files) {
    List<String> paths = new ArrayList<>();
    for (String path : files.keySet()) {
      if (isYaml(path) && !SPECIAL.contains(path)) {
        paths.add(path);
      }
    }
    InventoryIndex index =
        special(InventoryIndex.FILE, files.get(InventoryIndex.FILE), InventoryIndex::of);
    Traffic traffic = special(TrafficFile.FILE, files.get(TrafficFile.FILE), TrafficFile::read);
    ProxySync proxies = special(ProxyFile.FILE, files.get(ProxyFile.FILE), ProxyFile::read);
    @Nullable InventoryFile[] read = new InventoryFile[paths.size()];
    Workers.each(
        paths.size(),
        i ->
            read[i] =
                InventoryFile.read(
                    paths.get(i), files.getOrDefault(paths.get(i), NOTHING), index != null));
    for (InventoryFile file : read) {
      if (file != null) {
        add(file);
      }
    }
    if (paths.isEmpty() && index == null && problems.isEmpty()) {
      problem(
          "index.yaml",
          DeclarationError.NO_OBJECT,
          "the folder holds no snapshot",
          "name a folder with <cluster>/*.yaml or <cluster>.yaml, or take one by meshkeel"
              + " snapshot");
    }
    if (index == null) {
      reduceSecrets();
    }
    Map<ClusterName, ClusterInventory> found = inventories(index);
    List<Finding> findings =
        problems.stream().map(problem -> problem.finding(null)).sorted(Finding.ORDER).toList();
    return new InventoryReading(
        findings.isEmpty() ? new Inventory(found) : Inventory.NONE,
        Optional.ofNullable(index),
        Optional.ofNullable(traffic),
        Optional.ofNullable(proxies),
        findings);
  }

  private static final byte[] NOTHING = {};

  /** Whether a file of this name is read: {@code .yaml}, {@code .yml} and {@code .json}. */
  static boolean isYaml(String path) {
    return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
  }

  /** A file of our own kinds; null if it isn't there. */
  private <T> @Nullable T special(
      String file, byte @Nullable [] content, BiFunction<Map<String, Object>, Problems, T> of) {
    if (content == null) {
      return null;
    }
    PositionedYaml yaml = PositionedYaml.read(file, content);
    yaml.problems()
        .forEach(found ->
            problems.add(
                new Problem(
                    DeclarationError.SYNTAX,
                    found.message(),
                    found.remediation(),
                    0,
                    JsonPath.ROOT,
                    found.position(),
                    null)));
    Problems noted = new Problems(0);
    T read = of.apply(yaml.root(), noted);
    noted.found().forEach(problem -> problems.add(problem.at(yaml.position(problem.path()))));
    return read;
  }

  private void add(InventoryFile file) {
    problems.addAll(file.problems());
    ClusterName cluster = cluster(file.path());
    if (cluster == null) {
      return;
    }
    Map<ResourceKey, InventoryFile.Placed> objects =
        clusters.computeIfAbsent(cluster, c -> new HashMap<>());
    for (InventoryFile.Placed object : file.objects()) {
      ResourceKey key = object.manifest().key();
      InventoryFile.Placed before = objects.putIfAbsent(key, object);
      if (before != null && !before.manifest().equals(object.manifest())) {
        problems.add(
            new Problem(
                DeclarationError.DUPLICATE_OBJECT,
                "it is there twice in cluster "
                    + cluster
                    + ", first at "
                    + before.position()
                    + " with other content",
                "keep one of the two",
                0,
                JsonPath.ROOT,
                object.position(),
                key));
      }
    }
  }

  /** Takes the values away; what was written by hand tells by them which keys are empty. */
  private void reduceSecrets() {
    boolean written =
        clusters.values().stream()
            .flatMap(objects -> objects.values().stream())
            .map(InventoryFile.Placed::manifest)
            .anyMatch(object -> isSecret(object.key()) && SecretKeys.hasValues(object));
    for (Map<ResourceKey, InventoryFile.Placed> objects : clusters.values()) {
      objects.replaceAll((key, placed) -> {
        return isSecret(key)
            ? new InventoryFile.Placed(
                SecretKeys.reduced(placed.manifest(), written), placed.position())
            : placed;
      });
    }
  }

  private static boolean isSecret(ResourceKey key) {
    return key.groupKind().equals(ObservedKinds.SECRET);
  }

  private @Nullable ClusterName cluster(String path) {
    int slash = path.indexOf('/');
    String name = slash < 0 ? path.substring(0, path.lastIndexOf('.')) : path.substring(0, slash);
    try {
      return new ClusterName(name);
    } catch (IllegalArgumentException e) {
      problem(
          path,
          DeclarationError.NAME,
          "'" + Metadata.shortened(name) + "' is no name of a cluster (an RFC 1123 label)",
          "rename the " + (slash < 0 ? "file" : "folder") + " to the cluster's name");
      return null;
    }
  }

  private Map<ClusterName, ClusterInventory> inventories(@Nullable InventoryIndex index) {
    Map<ClusterName, Set<GroupKind>> looked = new HashMap<>();
    for (InventoryIndex.Entry entry :
        index == null ? List.<InventoryIndex.Entry>of() : index.clusters()) {
      looked.put(entry.cluster(), entry.looked().keySet());
      clusters.computeIfAbsent(entry.cluster(), c -> new HashMap<>());
      compare(entry);
    }
    Map<ClusterName, ClusterInventory> inventories = new TreeMap<>();
    clusters.forEach((cluster, objects) ->
        inventories.put(
            cluster,
            ClusterInventory.of(
                cluster,
                looked.getOrDefault(cluster, Set.of()),
                objects.values().stream().map(InventoryFile.Placed::manifest).toList())));
    return inventories;
  }

  /** Whether all that was written is there. */
  private void compare(InventoryIndex.Entry entry) {
    Map<GroupKind, Integer> found = new HashMap<>();
    for (ResourceKey key : clusters.getOrDefault(entry.cluster(), Map.of()).keySet()) {
      found.merge(key.groupKind(), 1, Integer::sum);
    }
    for (GroupKind kind : new TreeSet<>(entry.looked().keySet())) {
      int wanted = entry.looked().getOrDefault(kind, -1);
      int there = found.getOrDefault(kind, 0);
      if (wanted >= 0 && wanted != there) {
        problem(
            InventoryIndex.FILE,
            DeclarationError.BAD_VALUE,
            "cluster %s: the index says %,d objects of kind %s, the files hold %,d"
                .formatted(entry.cluster(), wanted, kind, there),
            "copy the whole folder, or take 'objects' of this kind out of the index if you changed"
                + " the files yourself");
      }
    }
  }

  private void problem(String file, DeclarationError error, String message, String remediation) {
    problems.add(
        new Problem(
            error,
            message,
            remediation,
            0,
            JsonPath.ROOT,
            new SourcePosition(file, 1, 1, false),
            null));
  }
}
