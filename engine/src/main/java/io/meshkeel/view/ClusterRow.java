package io.meshkeel.view;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ProxySync;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster of a mesh.
 *
 * @param mesh the mesh
 * @param cluster its name
 * @param role {@code ControlPlane} or {@code DataPlane}
 * @param network as declared; empty if it isn't
 * @param state in a snapshot {@code Seen}, or {@code Unknown} if nothing was looked at; of the
 *     running service {@code Connected} or {@code Unreachable}
 * @param istiod versions of the istiods that run there
 * @param kinds the Istio and Gateway API kinds whose definitions it serves
 * @param versions {@code Kind.group=served versions} of them
 * @param proxies pods with a proxy
 * @param inSync proxies of this cluster that have all that was sent to them, of those that are
 *     connected, by the control plane cluster of the istiod that says so: {@code mcpc: 11/12};
 *     empty if no istiod was asked
 * @param rootCertificate whether it has the root certificate of the mesh's control plane: {@code
 *     Equal}, {@code Differs}, {@code Missing} or {@code Unknown}
 * @param remoteSecret whether the control plane clusters can reach a data plane cluster: {@code
 *     Present}, {@code Present until} the end of its token or certificate, {@code Missing}, {@code
 *     Unknown}; empty for a control plane cluster
 * @param withoutEffect Istio objects in it that no istiod reads
 * @param unseen kinds that were not looked at
 * @param revision the revision it was last confirmed to hold; without the service the one that last
 *     changed it, as it is recorded there
 * @param problem why the running service can't bring it there; empty if nothing is wrong
 * @param connectedSince when the running service's connection was made, in UTC; empty otherwise
 * @param heardAt when the quietest of its watches last heard from the cluster, in UTC, or else
 *     empty
 */
public record ClusterRow(
    String mesh,
    String cluster,
    String role,
    String network,
    String state,
    List<String> istiod,
    long kinds,
    List<String> versions,
    long proxies,
    List<String> inSync,
    String rootCertificate,
    String remoteSecret,
    long withoutEffect,
    List<String> unseen,
    String revision,
    String problem,
    String connectedSince,
    String heardAt)
    implements LinkedRow {
  static final List<Column<ClusterRow>> COLUMNS =
      List.of(
          Column.of("mesh", ClusterRow::mesh),
          Column.of("cluster", ClusterRow::cluster),
          Column.of("role", ClusterRow::role),
          Column.of("network", ClusterRow::network),
          Column.of("state", ClusterRow::state),
          Column.of("istiod", ClusterRow::istiod),
          Column.of("kinds", ClusterRow::kinds),
          Column.of("proxies", ClusterRow::proxies),
          Column.of("inSync", ClusterRow::inSync),
          Column.of("rootCertificate", ClusterRow::rootCertificate),
          Column.of("remoteSecret", ClusterRow::remoteSecret),
          Column.of("withoutEffect", ClusterRow::withoutEffect),
          Column.of("revision", ClusterRow::revision),
          Column.wide("problem", ClusterRow::problem),
          Column.wide("connectedSince", ClusterRow::connectedSince),
          Column.passing("heardAt", ClusterRow::heardAt),
          Column.wide("versions", ClusterRow::versions),
          Column.wide("unseen", ClusterRow::unseen));

  public ClusterRow {
    istiod = List.copyOf(istiod);
    versions = List.copyOf(versions);
    unseen = List.copyOf(unseen);
    inSync = List.copyOf(inSync);
  }

  /** To the second, as Kubernetes writes times; empty if there is none. */
  static String time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
  }

  @Override
  public ClusterRow with(Map<ClusterName, ClusterLink> links) {
    ClusterLink link = links.get(new ClusterName(cluster));
    return link == null
        ? this
        : new ClusterRow(
            mesh,
            cluster,
            role,
            network,
            link.connected() ? "Connected" : "Unreachable",
            istiod,
            kinds,
            versions,
            proxies,
            inSync,
            rootCertificate,
            remoteSecret,
            withoutEffect,
            unseen,
            link.revision().isEmpty() ? revision : link.revision(),
            link.problem(),
            time(link.since()),
            time(link.heard()));
  }

  /** The same row with what istiods say of the proxies of this cluster. */
  ClusterRow with(ProxySync told) {
    return new ClusterRow(
        mesh,
        cluster,
        role,
        network,
        state,
        istiod,
        kinds,
        versions,
        proxies,
        inSync(told, cluster),
        rootCertificate,
        remoteSecret,
        withoutEffect,
        unseen,
        revision,
        problem,
        connectedSince,
        heardAt);
  }

  /** What each istiod says of the proxies of a cluster. */
  private static List<String> inSync(ProxySync told, String cluster) {
    return told.istiods().stream()
        .map(istiod -> {
          ProxySync.Count count = istiod.proxies().getOrDefault(cluster, ProxySync.Count.ZERO);
          return istiod.cluster() + ": " + count.synced() + "/" + count.connected();
        })
        .toList();
  }

  @Override
  public List<String> clusters() {
    return List.of(cluster);
  }

  @Override
  public String namespace() {
    return "";
  }
}
