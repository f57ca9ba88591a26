package io.meshkeel.facts.joined;

import io.meshkeel.facts.DestinationRuleView;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Client TLS settings that don't fit what the servers take: {@code
 * pilot/pkg/networking/core/cluster_tls.go} and {@code pilot/pkg/security/authn/policy_applier.go}
 * of istio/istio, release 1.31. A subset's settings count before those of the host, a port's before
 * both. Told as {@code plainToStrict} of a DestinationRule: {@code {path, mode, host, workload, by,
 * byPath, drop?}}, {@code drop} being the field without which the client uses mutual TLS by itself;
 * and as {@code aside} where the rule stands in a namespace in which nobody looks for it: {@code
 * {path, host, namespace}}.
 */
final class PlainToStrict extends KeptIndex {
  private static final Set<String> NO_MTLS = Set.of("DISABLE", "SIMPLE");

  private final JoinedMesh mesh;
  private final Optional<String> unknown;
  private final boolean auto;

  PlainToStrict(JoinedMesh mesh) {
    this.mesh = mesh;
    this.auto = !Boolean.FALSE.equals(MeshConfig.of(mesh).tree().get("enableAutoMtls"));
    this.unknown = mesh.unknownWorkloads();
  }

  /**
   * TLS settings, the port of the service that they are for, 0 for all, the labels of the
   * endpoints, none for all, and what holds nothing but these settings.
   */
  private record Settings(
      List<Object> path,
      String mode,
      long port,
      Map<String, String> labels,
      Optional<List<Object>> alone) {}

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof DestinationRuleView rule)) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M204", unknown.get());
      slice.unjudged("M206", unknown.get());
      return;
    }
    List<Object> told = new ArrayList<>();
    for (Settings settings : settings(rule)) {
      strict(rule, settings, slice).ifPresent(told::add);
    }
    slice.put("plainToStrict", List.copyOf(told));
    aside(rule, slice);
  }

  private static List<Settings> settings(DestinationRuleView rule) {
    Map<String, Object> spec = rule.declaration().manifest().spec();
    List<Settings> all = new ArrayList<>();
    add(all, List.of("spec", "trafficPolicy"), JsonTree.map(spec, "trafficPolicy"), Map.of());
    List<Map<String, Object>> subsets = JsonTree.maps(spec, "subsets");
    for (int i = 0; i < subsets.size(); i++) {
      add(
          all,
          List.of("spec", "subsets", i, "trafficPolicy"),
          JsonTree.map(subsets.get(i), "trafficPolicy"),
          Labels.of(JsonTree.map(subsets.get(i), "labels")));
    }
    return all;
  }

  private static void add(
      List<Settings> all,
      List<Object> path,
      Map<String, Object> policy,
      Map<String, String> labels) {
    String mode = JsonTree.string(JsonTree.map(policy, "tls"), "mode", "");
    if (NO_MTLS.contains(mode)) {
      all.add(new Settings(at(path, "tls", "mode"), mode, 0, labels, alone(path, policy)));
    }
    List<Map<String, Object>> ports = JsonTree.maps(policy, "portLevelSettings");
    for (int i = 0; i < ports.size(); i++) {
      String own = JsonTree.string(JsonTree.map(ports.get(i), "tls"), "mode", "");
      if (NO_MTLS.contains(own)
          && JsonTree.map(ports.get(i), "port").get("number") instanceof Long number) {
        List<Object> port = at(path, "portLevelSettings", i);
        all.add(
            new Settings(at(port, "tls", "mode"), own, number, labels, alone(port, ports.get(i))));
      }
    }
  }

  /** The largest field that says nothing but the mode; empty if the mode has others beside it. */
  private static Optional<List<Object>> alone(List<Object> path, Map<String, Object> policy) {
    if (JsonTree.map(policy, "tls").size() > 1) {
      return Optional.empty();
    }
    return Optional.of(policy.size() == 1 ? path : at(path, "tls"));
  }

  private static List<Object> at(List<Object> path, Object... more) {
    List<Object> longer = new ArrayList<>(path);
    longer.addAll(List.of(more));
    return List.copyOf(longer);
  }

  private Optional<Object> strict(DestinationRuleView rule, Settings settings, Slice slice) {
    String host = rule.host().fqdn();
    List<MeshService> services =
        Hosts.isWildcard(host)
            ? mesh.state().services().all().stream()
                .filter(service -> Hosts.covers(host, service.host()))
                .filter(service -> mesh.takes(rule.declaration().manifest(), service.host()))
                .toList()
            : mesh.state().services().byHost(host).stream().toList();
    for (MeshService service : services) {
      for (Workload workload : mesh.servers(service)) {
        if (!mesh.endpoints().isIn(workload, settings.labels())) {
          continue;
        }
        if (mesh.proxyUnknown(workload)) {
          slice.unjudged("M204", JoinedMesh.PROXY_UNKNOWN);
        }
        Optional<Object> found = strict(service, workload, settings);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Object> strict(MeshService service, Workload workload, Settings settings) {
    if (!mesh.hasProxy(workload) || mesh.ambient(workload)) {
      return Optional.empty();
    }
    EffectiveMtls mtls =
        mesh.state().peerAuthentications().of(service.key().namespace(), workload.proxyLabels());
    ClusterService held = Objects.requireNonNull(service.clusters().get(workload.key().cluster()));
    for (ServicePort port : held.ports()) {
      OptionalLong number = port.on(workload.shape());
      if (number.isEmpty() || (settings.port() != 0 && settings.port() != port.number())) {
        continue;
      }
      EffectiveMtls.Decided decided = mtls.of(number.getAsLong());
      if (decided.mode() == MtlsMode.STRICT && decided.by().isPresent()) {
        Map<String, Object> fact = new HashMap<>();
        fact.put("path", settings.path());
        fact.put("mode", settings.mode());
        fact.put("host", service.host());
        fact.put("workload", workload.key().toString());
        fact.put("by", decided.by().get().namespace() + "/" + decided.by().get().name());
        fact.put("byPath", decided.path());
        if (auto && settings.mode().equals("DISABLE")) {
          settings.alone().ifPresent(path -> fact.put("drop", path));
        }
        return Optional.of(Map.copyOf(fact));
      }
    }
    return Optional.empty();
  }

  /**
   * {@code destinationDestinationRule} looks in the client's, the service's, the root namespace.
   */
  private void aside(DestinationRuleView rule, Slice slice) {
    String host = rule.host().fqdn();
    String own = rule.namespace();
    if (Hosts.isWildcard(host)
        || own.equals(mesh.spec().rootNamespace())
        || mesh.state().hosts().exactly(host).isEmpty()
        || mesh.state().hosts().namespacesOf(host).contains(own)
        || hasClients(own, host)) {
      return;
    }
    if (mesh.workloads(own).stream().anyMatch(mesh::proxyUnknown)) {
      slice.unjudged("M206", JoinedMesh.PROXY_UNKNOWN);
      return;
    }
    slice.put(
        "aside",
        List.of(Map.of("path", List.of("metadata", "namespace"), "host", host, "namespace", own)));
  }

  /** Whether proxies of a namespace may call; where traffic was observed, whether they do. */
  private boolean hasClients(String namespace, String host) {
    boolean proxies = mesh.hasProxies(namespace);
    if (!proxies || mesh.traffic().isEmpty()) {
      return proxies;
    }
    List<TrafficEdge> edges = mesh.traffic().get().edges();
    return edges.isEmpty()
        || edges.stream().noneMatch(edge -> edge.service().equals(host))
        || edges.stream()
            .anyMatch(
                edge -> edge.service().equals(host) && edge.source().namespace().equals(namespace));
  }
}
