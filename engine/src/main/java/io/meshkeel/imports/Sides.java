package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.plan.ValueText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Shows side by side how an object differs between clusters. */
final class Sides {
  /** Fields that are shown. */
  private static final int MOST = 20;

  private final Map<String, Map<String, Object>> contents = new LinkedHashMap<>();
  private final Set<JsonPath> paths = new LinkedHashSet<>();

  private Sides() {}

  /** A line for each field that differs, at most {@value #MOST} and one that says so. */
  static List<String> of(Map<Map<String, Object>, List<ClusterName>> contents) {
    Sides sides = new Sides();
    contents.forEach((content, clusters) -> sides.contents.put(OwnDraft.names(clusters), content));
    sides.differ(JsonPath.ROOT, List.copyOf(sides.contents.values()));
    List<String> lines = new ArrayList<>();
    for (JsonPath path : sides.paths) {
      if (lines.size() == MOST) {
        lines.add("and " + (sides.paths.size() - MOST) + " more fields");
        break;
      }
      List<String> values = new ArrayList<>();
      sides.contents.forEach((clusters, content) -> {
        String value = ValueText.of(path.find(content));
        values.add(clusters + ": " + (value.isEmpty() ? "(none)" : value));
      });
      lines.add(path + "  " + String.join(" | ", values));
    }
    return lines;
  }

  private void differ(JsonPath at, List<? extends @Nullable Object> values) {
    if (new HashSet<>(values).size() <= 1) {
      return;
    }
    if (values.stream().allMatch(Map.class::isInstance)) {
      TreeSet<String> names = new TreeSet<>();
      values.forEach(map -> ((Map<?, ?>) map).keySet().forEach(k -> names.add(String.valueOf(k))));
      for (String name : names) {
        List<@Nullable Object> below = new ArrayList<>();
        values.forEach(map -> below.add(((Map<?, ?>) map).get(name)));
        differ(at.field(name), below);
      }
    } else if (values.stream().allMatch(List.class::isInstance) && sameSize(values)) {
      int size = ((List<?>) values.getFirst()).size();
      for (int i = 0; i < size; i++) {
        List<@Nullable Object> below = new ArrayList<>();
        for (Object list : values) {
          below.add(((List<?>) list).get(i));
        }
        differ(at.index(i), below);
      }
    } else {
      paths.add(at);
    }
  }

  private static boolean sameSize(List<? extends @Nullable Object> lists) {
    return lists.stream().map(list -> list instanceof List<?> l ? l.size() : -1).distinct().count()
        == 1;
  }
}
