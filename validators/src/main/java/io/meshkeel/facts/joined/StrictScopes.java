package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a strict PeerAuthentication shuts out: workloads of its scope without a proxy, and callers
 * that were seen to call without mutual TLS; istiod guards itself. Of one for the whole mesh only
 * namespaces count in which something has a proxy, or that are labelled for injection. Told as
 * {@code shutOut} of a PeerAuthentication: {@code {path, workloads, count}}, and {@code
 * plainCallers} {@code {path, callers}}, each {@code {name, share}}.
 */
final class StrictScopes extends KeptIndex {
  private static final Set<String> NO_SERVERS = Set.of("Job", "CronJob");

  private final JoinedMesh mesh;
  private final Optional<String> unknown;

  StrictScopes(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest policy = object.declaration().manifest();
    if (!policy.key().kind().equals("PeerAuthentication")) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M404", unknown.get());
      return;
    }
    List<Object> shutOut = new ArrayList<>();
    List<Object> callers = new ArrayList<>();
    for (PolicyReach.Made made : mesh.reach().madeStrictBy(policy.key())) {
      withoutProxy(policy, made, slice).ifPresent(shutOut::add);
      if (mesh.traffic().isEmpty()) {
        slice.partly("M404", "no traffic was observed: callers without mutual TLS aren't known");
      }
      Map<String, Double> plain = plainCallers(made.workloads());
      if (!plain.isEmpty()) {
        callers.add(
            Map.of(
                "path",
                made.path(),
                "callers",
                plain.entrySet().stream()
                    .limit(MeshFacts.MAX_RELATED)
                    .map(one -> Map.of("name", one.getKey(), "share", one.getValue()))
                    .toList()));
      }
    }
    slice.put("shutOut", shutOut);
    slice.put("plainCallers", callers);
  }

  private Optional<Object> withoutProxy(Manifest policy, PolicyReach.Made made, Slice slice) {
    boolean wide = policy.key().namespace().equals(mesh.spec().rootNamespace());
    Map<String, Boolean> meshed = new HashMap<>();
    List<String> out = new ArrayList<>();
    for (Workload workload : made.workloads()) {
      if (mesh.proxyUnknown(workload)) {
        slice.unjudged("M404", JoinedMesh.PROXY_UNKNOWN);
      }
      if (mesh.hasNoProxy(workload)
          && !NO_SERVERS.contains(workload.key().kind())
          && !Istiods.isIstiod(mesh, workload.key().namespace(), workload.key().name())
          && (!wide || isMeshed(workload, meshed) || isLabelled(workload))) {
        out.add(workload.key() + " of cluster " + workload.key().cluster());
      }
    }
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Map.of(
                "path", made.path(),
                "workloads", out.stream().limit(MeshFacts.MAX_RELATED).toList(),
                "count", Integer.toString(out.size())));
  }

  private boolean isLabelled(Workload workload) {
    Map<String, String> labels =
        mesh.state()
            .injection(workload.key().cluster())
            .namespaceLabels(workload.key().namespace())
            .orElse(Map.of());
    return labels.getOrDefault("istio-injection", "").equals("enabled")
        || labels.containsKey("istio.io/rev");
  }

  /** Whether something of its cluster and namespace has a proxy. */
  private boolean isMeshed(Workload workload, Map<String, Boolean> known) {
    ClusterName cluster = workload.key().cluster();
    String namespace = workload.key().namespace();
    return known.computeIfAbsent(
        cluster + "/" + namespace,
        home -> mesh.workloads(cluster, namespace).stream().anyMatch(mesh::hasProxy));
  }

  /** With the share of mutual TLS, the least of all that is seen. */
  private Map<String, Double> plainCallers(List<Workload> scope) {
    Map<String, Double> callers = new TreeMap<>();
    if (mesh.traffic().isEmpty()) {
      return callers;
    }
    Set<String> names = new HashSet<>();
    scope.forEach(workload -> names.add(workload.key().namespace() + "/" + workload.key().name()));
    for (TrafficEdge edge : mesh.traffic().get().edges()) {
      if (edge.figures().mtls().isPresent()
          && edge.figures().mtls().getAsDouble() < 1
          && names.contains(edge.destination().namespace() + "/" + edge.destination().workload())) {
        callers.merge(edge.source().toString(), edge.figures().mtls().getAsDouble(), Math::min);
      }
    }
    return callers;
  }
}
