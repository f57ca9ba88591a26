package io.meshkeel.view;

import io.meshkeel.facts.security.Access;
import io.meshkeel.facts.security.Authorizations;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.PeerAuthentications;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.facts.workload.WorkloadPort;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Module {@code security}: every port of every workload. */
final class Security {
  private static final GroupKind TOKENS =
      new GroupKind("security.istio.io", "RequestAuthentication");

  private final Scene scene;
  private final SceneCluster cluster;
  private final PeerAuthentications peers;
  private final Authorizations authorizations;
  private final List<Manifest> tokens;
  private final List<SecurityRow> rows = new ArrayList<>();

  private Security(Scene scene, SceneCluster cluster) {
    this.scene = scene;
    this.cluster = cluster;
    Optional<SceneCluster> plane = scene.governing(cluster);
    this.peers =
        plane
            .map(one -> scene.state().peerAuthentications(one.name()))
            .orElseGet(() -> new PeerAuthentications(scene.spec()));
    this.authorizations =
        plane
            .map(one -> scene.state().authorizations(one.name()))
            .orElseGet(() -> new Authorizations(scene.spec()));
    this.tokens = plane.map(one -> scene.configuration(one, TOKENS)).orElse(List.of());
  }

  static List<SecurityRow> rows(Scene scene) {
    List<SecurityRow> rows = new ArrayList<>();
    for (SceneCluster cluster : scene.clusters()) {
      Security security = new Security(scene, cluster);
      scene.workloads(cluster).all().forEach(security::add);
      rows.addAll(security.rows);
    }
    return rows;
  }

  /** The rows of some workloads of a cluster, each by itself; none of one that is gone. */
  static Map<WorkloadKey, List<SecurityRow>> rows(
      Scene scene, SceneCluster cluster, Collection<WorkloadKey> keys) {
    Security security = new Security(scene, cluster);
    Map<WorkloadKey, List<SecurityRow>> all = new HashMap<>();
    for (WorkloadKey key : keys) {
      security.rows.clear();
      scene.workloads(cluster).get(key).ifPresent(security::add);
      all.put(key, List.copyOf(security.rows));
    }
    return all;
  }

  private void add(Workload workload) {
    if (workload.key().namespace().startsWith("kube-")) {
      return;
    }
    Map<Long, Optional<Protocol>> ports = new TreeMap<>();
    WorkloadPorts served = WorkloadPorts.of(scene.services(), workload);
    for (WorkloadPort port : workload.shape().ports()) {
      if (!port.protocol().equals("UDP")) {
        ports.put(port.number(), served.protocol(port.number()));
      }
    }
    served.numbers().forEach(port -> ports.put(port, served.protocol(port)));
    EffectiveMtls mtls = peers.of(workload.key().namespace(), workload.labels());
    mtls.ports().keySet().forEach(port -> ports.putIfAbsent(port, served.protocol(port)));
    if (ports.isEmpty()) {
      ports.put(0L, Optional.empty());
    }
    ports.forEach((port, protocol) -> add(workload, port, protocol, mtls.of(port)));
  }

  private void add(
      Workload workload, long port, Optional<Protocol> protocol, EffectiveMtls.Decided mtls) {
    String namespace = workload.key().namespace();
    boolean proxied = workload.proxied() || workload.outside().isPresent();
    Access access =
        authorizations.access(
            namespace,
            workload.labels(),
            workload.role(),
            port,
            protocol.map(p -> p.wire() != Protocol.Wire.TCP).orElse(true),
            mtls.mode());
    rows.add(
        new SecurityRow(
            scene.mesh(),
            cluster.name().value(),
            namespace,
            workload.key().kind(),
            workload.key().name(),
            port,
            protocol.map(Protocol::word).orElse(""),
            proxied ? mode(workload, mtls) : "NONE",
            proxied && workload.role() == Proxy.Role.SIDECAR
                ? mtls.by().map(ResourceKey::toString).orElse("")
                : "",
            proxied ? access.verdict().name() : Access.Verdict.ANYONE.name(),
            proxied ? access.words() : "anyone: no proxy enforces anything",
            proxied ? policies(access) : List.of(),
            proxied ? tokens(workload) : List.of()));
  }

  /** What a gateway takes is said by the servers of its Gateways. */
  private static String mode(Workload workload, EffectiveMtls.Decided mtls) {
    return workload.role() == Proxy.Role.GATEWAY ? "GATEWAY" : mtls.mode().name();
  }

  private static List<String> policies(Access access) {
    return Stream.of(access.custom(), access.deny(), access.allow())
        .flatMap(List::stream)
        .map(key -> key.namespace() + "/" + key.name())
        .distinct()
        .toList();
  }

  /**
   * Those of the workload's own and the root namespace whose selector takes it; one with targets is
   * for gateways alone.
   */
  private List<String> tokens(Workload workload) {
    return tokens.stream()
        .filter(object ->
            object.key().namespace().equals(workload.key().namespace())
                || object.key().namespace().equals(scene.spec().rootNamespace()))
        .filter(object ->
            !object.spec().containsKey("targetRefs")
                && !object.spec().containsKey("targetRef")
                && Labels.select(
                    Labels.of(JsonTree.map(JsonTree.map(object.spec(), "selector"), "matchLabels")),
                    workload.labels()))
        .map(Gateways::id)
        .toList();
  }
}
