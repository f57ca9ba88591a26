package io.meshkeel.view;

import java.util.List;
import java.util.Map;

/**
 * A service: all Services of one name and namespace in the clusters of a mesh are one.
 *
 * @param mesh the mesh
 * @param namespace its namespace
 * @param name its name
 * @param clusters the clusters that hold it
 * @param host its name within the mesh
 * @param type {@code ClusterIP} and so on; where clusters differ, that of the first
 * @param ports {@code number/protocol}, as Istio takes it
 * @param workloads what its selector takes, as {@code cluster/Kind name}
 * @param ready pods that are ready
 * @param pods pods that run
 * @param state whether something is wrong
 * @param reason what is wrong; empty if nothing is
 * @param fix a declaration that mends it; empty if there is none
 */
public record ServiceRow(
    String mesh,
    String namespace,
    String name,
    List<String> clusters,
    String host,
    String type,
    List<String> ports,
    List<String> workloads,
    long ready,
    long pods,
    State state,
    String reason,
    Map<String, Object> fix)
    implements Row {
  static final List<Column<ServiceRow>> COLUMNS =
      List.of(
          Column.of("namespace", ServiceRow::namespace),
          Column.of("name", ServiceRow::name),
          Column.of("state", row -> row.state().word()),
          Column.of("type", ServiceRow::type),
          Column.of("ports", ServiceRow::ports),
          Column.of("ready", ServiceRow::ready),
          Column.of("pods", ServiceRow::pods),
          Column.of("clusters", ServiceRow::clusters),
          Column.of("reason", ServiceRow::reason),
          Column.wide("host", ServiceRow::host),
          Column.wide("workloads", ServiceRow::workloads),
          new Column<>(
              "fix",
              true,
              row -> row.fix().isEmpty() ? "" : String.valueOf(row.fix().get("kind")),
              ServiceRow::fix),
          Column.wide("mesh", ServiceRow::mesh));

  /** Whether something is wrong with a service. */
  public enum State {
    NORMAL("Normal"),
    /** It works, but not as a part of the mesh. */
    WARNING("Warning"),
    /** Its Services in several clusters are not one service. */
    ABNORMAL("Abnormal");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As reports write it. */
    public String word() {
      return word;
    }
  }

  public ServiceRow {
    clusters = List.copyOf(clusters);
    ports = List.copyOf(ports);
    workloads = List.copyOf(workloads);
    fix = Map.copyOf(fix);
  }
}
