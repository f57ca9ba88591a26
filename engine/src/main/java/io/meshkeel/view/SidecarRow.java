package io.meshkeel.view;

import io.meshkeel.facts.injection.SidecarState;
import java.util.List;

/**
 * The proxies of a namespace or of one workload in one cluster.
 *
 * @param mesh the mesh
 * @param cluster the cluster
 * @param namespace the namespace
 * @param kind of the workload; {@code Namespace} for all workloads of the namespace together
 * @param workload its name; empty for the namespace
 * @param expected whether a new pod would get a proxy: {@code YES}, {@code NO} or {@code UNKNOWN}
 * @param state {@code Injected}, {@code Uninjected} or {@code PendingRestart}
 * @param revision of the istiod that injects or injected; empty if none
 * @param injected pods with a proxy
 * @param pods pods that run
 * @param resources what the workload asks for its proxy by annotation; empty for the mesh's own
 * @param reason what decides, in plain words
 */
public record SidecarRow(
    String mesh,
    String cluster,
    String namespace,
    String kind,
    String workload,
    String expected,
    String state,
    String revision,
    long injected,
    long pods,
    String resources,
    String reason)
    implements Row {
  static final List<Column<SidecarRow>> COLUMNS =
      List.of(
          Column.of("cluster", SidecarRow::cluster),
          Column.of("namespace", SidecarRow::namespace),
          Column.of("kind", SidecarRow::kind),
          Column.of("workload", SidecarRow::workload),
          Column.of("state", SidecarRow::state),
          Column.of("injected", SidecarRow::injected),
          Column.of("pods", SidecarRow::pods),
          Column.of("revision", SidecarRow::revision),
          Column.wide("expected", SidecarRow::expected),
          Column.wide("resources", SidecarRow::resources),
          Column.of("reason", SidecarRow::reason),
          Column.wide("mesh", SidecarRow::mesh));

  /** The same, waiting for a restart. */
  SidecarRow pendingRestart(String why) {
    return new SidecarRow(
        mesh,
        cluster,
        namespace,
        kind,
        workload,
        expected,
        SidecarState.State.PENDING_RESTART.word(),
        revision,
        injected,
        pods,
        resources,
        why);
  }

  @Override
  public List<String> clusters() {
    return List.of(cluster);
  }
}
