package io.meshkeel.view;

import io.meshkeel.model.GroupKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One of the modules.
 *
 * @param name as commands and paths name it
 * @param title what a person calls it
 * @param needs kinds without which rows are missing
 * @param columns in their order
 * @param rows makes the rows of one mesh, in the order in which they are shown
 * @param <R> the rows
 */
public record Module<R extends Row>(
    String name,
    String title,
    Set<GroupKind> needs,
    List<Column<R>> columns,
    Function<Scene, List<R>> rows) {
  public Module {
    needs = Set.copyOf(needs);
    columns = List.copyOf(columns);
  }

  /** Stands among the needs for traffic that was observed, which no kind holds. */
  static final GroupKind TRAFFIC = new GroupKind("meshkeel.io", "Traffic");

  /**
   * Which rows are wanted.
   *
   * @param mesh only of this mesh; empty for all
   * @param cluster only about this cluster; empty for all
   * @param namespace only about this namespace; empty for all
   */
  public record Filter(String mesh, String cluster, String namespace) {
    /** Every row. */
    public static final Filter ALL = new Filter("", "", "");

    boolean takes(Row row) {
      return (mesh.isEmpty() || mesh.equals(row.mesh()))
          && (cluster.isEmpty() || row.clusters().contains(cluster))
          && (namespace.isEmpty() || namespace.equals(row.namespace()));
    }
  }

  /**
   * Rows as texts.
   *
   * @param headers of the columns
   * @param lines a text for each column, empty where there is nothing
   */
  public record Table(List<String> headers, List<List<String>> lines) {}

  /** What was not looked at, so that the rows don't tell it: in the order of the clusters. */
  public List<String> notes(List<Scene> scenes, Filter filter) {
    List<String> notes = new ArrayList<>();
    for (Scene scene : scenes) {
      if (needsTraffic()) {
        if (filter.mesh().isEmpty() || filter.mesh().equals(scene.mesh())) {
          notes.addAll(scene.trafficNotes());
        }
        continue;
      }
      if (asksIstiods() && (filter.mesh().isEmpty() || filter.mesh().equals(scene.mesh()))) {
        scene.proxies().ifPresent(told -> notes.addAll(told.notes()));
      }
      for (SceneCluster cluster : scene.clusters()) {
        String name = cluster.name().value();
        if ((filter.mesh().isEmpty() || filter.mesh().equals(scene.mesh()))
            && (filter.cluster().isEmpty() || filter.cluster().equals(name))) {
          note(cluster).ifPresent(note -> notes.add("cluster " + name + ": " + note));
        }
      }
    }
    return notes.stream().distinct().toList();
  }

  /** Whether its rows are about traffic that was observed. */
  public boolean needsTraffic() {
    return needs.contains(TRAFFIC);
  }

  /** Whether its rows tell what istiods say of their proxies. */
  public boolean asksIstiods() {
    return name.equals("clusters");
  }

  private Optional<String> note(SceneCluster cluster) {
    if (cluster.seen().isEmpty()) {
      return Optional.of("nothing is known of what it holds");
    }
    List<String> unknown =
        new TreeSet<>(needs)
            .stream().filter(kind -> !cluster.knows(kind)).map(GroupKind::toString).toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", unknown) + " not looked at, so rows may be missing");
  }

  private List<R> rows(List<Scene> scenes, Filter filter) {
    List<R> all = new ArrayList<>();
    for (Scene scene : scenes) {
      rows(scene).stream().filter(filter::takes).forEach(all::add);
    }
    return all;
  }

  @SuppressWarnings("unchecked") // rows are kept by the name of their module
  private List<R> rows(Scene scene) {
    return scene.keptRows(name).map(kept -> (List<R>) kept).orElseGet(() -> rows.apply(scene));
  }

  /** The wanted rows as a table. */
  public Table table(List<Scene> scenes, Filter filter, boolean wide) {
    List<Column<R>> shown = columns.stream().filter(column -> wide || !column.wide()).toList();
    return new Table(
        shown.stream().map(Column::header).toList(),
        rows(scenes, filter).stream()
            .map(row -> shown.stream().map(column -> column.text().apply(row)).toList())
            .toList());
  }

  /** The wanted rows as JSON content; the keys of each are in the order of the columns. */
  public List<Map<String, Object>> json(List<Scene> scenes, Filter filter) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (R row : rows(scenes, filter)) {
      Map<String, Object> item = new LinkedHashMap<>();
      for (Column<R> column : columns) {
        Object value = column.value().apply(row);
        if (value instanceof Optional<?> optional) {
          optional.ifPresent(known -> item.put(column.name(), known));
        } else {
          item.put(column.name(), value);
        }
      }
      items.add(item);
    }
    return items;
  }
}
