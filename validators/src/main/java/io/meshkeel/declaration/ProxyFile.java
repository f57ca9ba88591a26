package io.meshkeel.declaration;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ProxySync.Count;
import io.meshkeel.model.ProxySync.OfIstiod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The file {@code proxies.yaml} of a snapshot: what istiods say of their proxies. */
public final class ProxyFile {
  /** Its name in the snapshot's folder. */
  public static final String FILE = "proxies.yaml";

  private static final String KIND = "Proxies";
  private static final String AGAIN = "take the snapshot again";

  private final Problems problems;

  private ProxyFile(Problems problems) {
    this.problems = problems;
  }

  /** The text of the file, with counts by which half of it is noticed. */
  public static String write(ProxySync told) {
    Map<String, Object> spec = new TreeMap<>();
    spec.put("asked", told.istiods().size() + told.notes().size());
    spec.put("istiods", told.istiods().stream().map(ProxyFile::tree).toList());
    if (!told.notes().isEmpty()) {
      spec.put("notes", told.notes());
    }
    return YamlWriter.write(
        JsonTree.freeze(Map.of("apiVersion", OwnKinds.API_VERSION, "kind", KIND, "spec", spec)));
  }

  private static Map<String, Object> tree(OfIstiod istiod) {
    List<Map<String, Object>> proxies = new ArrayList<>();
    long connected = 0;
    for (Map.Entry<String, Count> one : new TreeMap<>(istiod.proxies()).entrySet()) {
      Map<String, Object> tree = new TreeMap<>();
      if (!one.getKey().isEmpty()) {
        tree.put("cluster", one.getKey());
      }
      tree.put("connected", one.getValue().connected());
      tree.put("synced", one.getValue().synced());
      proxies.add(tree);
      connected += one.getValue().connected();
    }
    return Map.of("cluster", istiod.cluster().value(), "connected", connected, "proxies", proxies);
  }

  /** Reads the file; what is wrong is noted. */
  static ProxySync read(Map<String, Object> tree, Problems problems) {
    Fields spec =
        new Fields(tree, JsonPath.ROOT, problems)
            .allow(Set.of("apiVersion", "kind", "metadata", "spec"), Set.of())
            .child("spec")
            .allow(Set.of("asked", "istiods", "notes"), Set.of());
    if (!KIND.equals(tree.get("kind")) || !OwnKinds.API_VERSION.equals(tree.get("apiVersion"))) {
      problems.add(
          DeclarationError.KIND,
          JsonPath.of("kind"),
          FILE + " is no " + KIND + " of " + OwnKinds.API_VERSION,
          AGAIN + "; a cluster that is called proxies needs a folder, not a file");
    }
    return new ProxyFile(problems).sync(JsonTree.map(tree, "spec"), spec.texts("notes"));
  }

  private ProxySync sync(Map<String, Object> spec, List<String> notes) {
    JsonPath at = JsonPath.of("spec");
    List<OfIstiod> istiods = new ArrayList<>();
    Set<ClusterName> known = new TreeSet<>();
    List<Map<String, Object>> items = items(spec, "istiods", at);
    for (int i = 0; i < items.size(); i++) {
      JsonPath place = at.field("istiods").index(i);
      istiod(items.get(i), place)
          .ifPresent(istiod -> {
            istiods.add(istiod);
            if (!known.add(istiod.cluster())) {
              twice(place.field("cluster"), istiod.cluster().value());
            }
          });
    }
    compare(spec, "asked", at, items.size() + notes.size(), "the file tells of");
    return new ProxySync(istiods, notes);
  }

  private Optional<OfIstiod> istiod(Map<String, Object> item, JsonPath at) {
    String name =
        new Fields(item, at, problems)
            .allow(Set.of("cluster", "connected", "proxies"), Set.of())
            .requiredText("cluster", "write the cluster that the istiod runs in");
    Map<String, Count> proxies = new TreeMap<>();
    List<Map<String, Object>> items = items(item, "proxies", at);
    long connected = 0;
    for (int i = 0; i < items.size(); i++) {
      JsonPath place = at.field("proxies").index(i);
      String cluster =
          new Fields(items.get(i), place, problems)
              .allow(Set.of("cluster", "connected", "synced"), Set.of())
              .text("cluster")
              .orElse("");
      Count count = count(items.get(i), place);
      connected += count.connected();
      if (proxies.put(cluster, count) != null) {
        twice(place, cluster);
      }
    }
    compare(item, "connected", at, connected, "its proxies are");
    try {
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(new OfIstiod(new ClusterName(name), proxies));
    } catch (IllegalArgumentException e) {
      bad(at.field("cluster"), "'" + Metadata.shortened(name) + "' is no name of a cluster");
      return Optional.empty();
    }
  }

  private Count count(Map<String, Object> item, JsonPath at) {
    long connected = required(item, "connected", at);
    long synced = required(item, "synced", at);
    if (synced > connected) {
      bad(at.field("synced"), "more proxies are in sync than are connected");
    }
    return new Count(connected, synced);
  }

  private long required(Map<String, Object> item, String name, JsonPath at) {
    if (item.get(name) == null) {
      missing(at.field(name));
    }
    return new Fields(item, at, problems).number(name, 0, 0, Integer.MAX_VALUE);
  }

  /** Whether there is as much as the file says there must be, if it says. */
  private void compare(
      Map<String, Object> item, String name, JsonPath at, long found, String what) {
    long wanted = new Fields(item, at, problems).number(name, -1, 0, Integer.MAX_VALUE);
    if (wanted >= 0 && wanted != found) {
      bad(at.field(name), "'%s' is %,d, and %s %,d".formatted(at.field(name), wanted, what, found));
    }
  }

  private List<Map<String, Object>> items(Map<String, Object> item, String name, JsonPath at) {
    if (!(item.get(name) instanceof List<?> list)) {
      missing(at.field(name));
      return List.of();
    }
    List<Map<String, Object>> items = JsonTree.maps(item, name);
    if (items.size() != list.size()) {
      bad(at.field(name), "'" + at.field(name) + "' must be a list of maps");
    }
    return items;
  }

  private void twice(JsonPath at, String cluster) {
    bad(at, "cluster '" + cluster + "' is there twice");
  }

  private void missing(JsonPath at) {
    problems.add(DeclarationError.MISSING_FIELD, at, "the field '" + at + "' is missing", AGAIN);
  }

  private void bad(JsonPath at, String message) {
    problems.add(DeclarationError.BAD_VALUE, at, message, AGAIN);
  }
}
