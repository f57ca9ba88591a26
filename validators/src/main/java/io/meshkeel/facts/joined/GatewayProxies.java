package io.meshkeel.facts.joined;

import io.meshkeel.facts.GatewayView;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.gateway.CredentialAnswer;
import io.meshkeel.facts.gateway.Credentials;
import io.meshkeel.facts.gateway.GatewayWorkloads;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of an Istio Gateway at the proxies that take it: {@code mergeGateways} in {@code
 * pilot/pkg/model/gateway.go} and {@code pilot/pkg/xds/sds.go} of istio/istio, release 1.31. Told
 * of a Gateway: {@code noProxy} {@code {path, selector, others, usual}}, {@code credentials} {@code
 * {path, name, why, workload}}, {@code closedPorts} {@code {path, port, services}}.
 */
final class GatewayProxies extends KeptIndex {
  private static final Set<String> USUAL =
      Set.of("ingressgateway", "egressgateway", "eastwestgateway");
  private static final Set<String> TERMINATING = Set.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "");

  private final JoinedMesh mesh;
  private final Optional<String> unknown;
  private final Optional<String> unknownServices;
  private final GatewayWorkloads gateways;

  GatewayProxies(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
    this.unknownServices = mesh.unknown(ObservedKinds.SERVICE);
    this.gateways = mesh.state().gateways();
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof GatewayView gateway)) {
      return;
    }
    Manifest manifest = gateway.declaration().manifest();
    List<Workload> taking = mesh.taking(manifest);
    if (taking.isEmpty() && !gateway.selector().isEmpty()) {
      if (unknown.isPresent()) {
        slice.unjudged("M302", unknown.get());
      } else {
        slice.put("noProxy", List.of(noProxy(manifest)));
      }
    }
    credentials(manifest, taking, slice);
    if (unknownServices.isPresent()) {
      slice.unjudged("M306", unknownServices.get());
    } else {
      closedPorts(manifest, taking, slice);
    }
  }

  private Map<String, Object> noProxy(Manifest gateway) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(GatewayWorkloads.selector(gateway))
        .forEach((key, value) -> words.add(key + "=" + value));
    List<String> others =
        gateways.mistaken(gateway).stream()
            .map(workload -> workload.key().toString())
            .distinct()
            .sorted()
            .limit(MeshFacts.MAX_RELATED)
            .toList();
    return Map.of(
        "path",
        List.of("spec", "selector"),
        "selector",
        String.join(", ", words),
        "others",
        others,
        "usual",
        !mesh.complete() && isUsual(GatewayWorkloads.selector(gateway)));
  }

  /**
   * Whether it selects what the charts of Istio install, and no gateway is told but such: who
   * writes down by hand what a cluster holds may leave those out. Beside a gateway of another name,
   * or one that is called nearly so, the label is a mistake.
   */
  private boolean isUsual(Map<String, String> selector) {
    for (Workload told : gateways.all()) {
      Map<String, String> labels = told.proxyLabels();
      boolean other =
          !labels.containsKey(PodShape.GATEWAY_NAME)
              && !USUAL.contains(labels.getOrDefault("istio", ""));
      if (other
          || selector.entrySet().stream()
              .anyMatch(label ->
                  bare(label.getValue()).equals(bare(labels.getOrDefault(label.getKey(), ""))))) {
        return false;
      }
    }
    return selector.entrySet().stream()
        .allMatch(label ->
            switch (label.getKey()) {
              case "istio" -> USUAL.contains(label.getValue());
              case "app" ->
                  label.getValue().startsWith("istio-")
                      && USUAL.contains(label.getValue().substring("istio-".length()));
              default -> false;
            });
  }

  private static String bare(String value) {
    return value.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private void credentials(Manifest gateway, List<Workload> taking, Slice slice) {
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> servers = JsonTree.maps(gateway.spec(), "servers");
    for (int s = 0; s < servers.size(); s++) {
      Map<String, Object> tls = JsonTree.map(servers.get(s), "tls");
      String mode = JsonTree.string(tls, "mode", "");
      Map<List<Object>, String> names = new LinkedHashMap<>();
      String name = JsonTree.string(tls, "credentialName", "");
      if (!name.isEmpty()) {
        names.put(List.of("spec", "servers", s, "tls", "credentialName"), name);
      }
      List<String> more = JsonTree.strings(tls, "credentialNames");
      for (int i = 0; i < more.size(); i++) {
        names.put(List.of("spec", "servers", s, "tls", "credentialNames", i), more.get(i));
      }
      if (!TERMINATING.contains(mode) || names.isEmpty()) {
        continue;
      }
      boolean mutual = mode.endsWith("MUTUAL");
      String authority = JsonTree.string(tls, "caCertCredentialName", "");
      names.forEach((path, named) ->
          ask(taking, path, named, mutual && authority.isEmpty(), false, told, slice));
      if (mutual && !authority.isEmpty()) {
        ask(
            taking,
            List.of("spec", "servers", s, "tls", "caCertCredentialName"),
            authority,
            false,
            true,
            told,
            slice);
      }
    }
    slice.put("credentials", List.copyOf(told));
  }

  private void ask(
      List<Workload> taking,
      List<Object> path,
      String name,
      boolean withAuthority,
      boolean onlyAuthority,
      List<Object> told,
      Slice slice) {
    for (Workload workload : taking) {
      Credentials credentials =
          new Credentials(
              mesh.expected().reading(ObservedKinds.SECRET),
              mesh.istiodsOf(workload.key().cluster()));
      String namespace = workload.key().namespace();
      List<CredentialAnswer> answers = new ArrayList<>();
      if (onlyAuthority) {
        answers.add(credentials.authority(name, namespace, workload.key().cluster()));
      } else {
        answers.add(credentials.certificate(name, namespace, workload.key().cluster()));
        if (withAuthority) {
          answers.add(credentials.authority(name, namespace, workload.key().cluster()));
        }
      }
      for (CredentialAnswer answer : answers) {
        if (answer instanceof CredentialAnswer.Unknown) {
          slice.unjudged("M303", "Secrets of some clusters were not looked at");
        }
        Optional<String> why = why(answer);
        if (why.isPresent()) {
          told.add(
              Map.of(
                  "path",
                  path,
                  "name",
                  name,
                  "why",
                  why.get(),
                  "workload",
                  workload.key() + " of cluster " + workload.key().cluster()));
          return;
        }
      }
    }
  }

  static Optional<String> why(CredentialAnswer answer) {
    return switch (answer) {
      case CredentialAnswer.Found found -> Optional.empty();
      case CredentialAnswer.Unknown unknown -> Optional.empty();
      case CredentialAnswer.Refused refused -> Optional.of(refused.reason());
      case CredentialAnswer.Missing missing ->
          Optional.of(
              "there is no Secret %s/%s in cluster %s"
                  .formatted(
                      missing.namespace(),
                      missing.name(),
                      String.join(
                          " or ", missing.clusters().stream().map(c -> c.value()).toList())));
      case CredentialAnswer.Incomplete incomplete ->
          Optional.of(
              "the Secret in cluster %s lacks %s"
                  .formatted(incomplete.cluster(), String.join(", or ", incomplete.needed())));
    };
  }

  /** A port is open if a Service leads to it, by its own number or by the pod's. */
  private void closedPorts(Manifest gateway, List<Workload> taking, Slice slice) {
    List<ClusterService> services = new ArrayList<>();
    List<Object> open = new ArrayList<>();
    for (Workload workload : taking) {
      for (ClusterService service : mesh.state().services().selecting(workload)) {
        services.add(service);
        for (ServicePort port : service.ports()) {
          open.add(port.number());
          port.on(workload.shape()).ifPresent(open::add);
        }
      }
    }
    if (services.isEmpty()) {
      return;
    }
    List<Object> closed = new ArrayList<>();
    List<Map<String, Object>> servers = JsonTree.maps(gateway.spec(), "servers");
    for (int s = 0; s < servers.size(); s++) {
      if (JsonTree.map(servers.get(s), "port").get("number") instanceof Long number
          && !open.contains(number)) {
        closed.add(
            Map.of(
                "path", List.of("spec", "servers", s, "port", "number"),
                "port", number.toString(),
                "services",
                    services.stream()
                        .map(service -> service.key().toString())
                        .distinct()
                        .sorted()
                        .limit(MeshFacts.MAX_RELATED)
                        .toList()));
      }
    }
    slice.put("closedPorts", List.copyOf(closed));
  }
}
