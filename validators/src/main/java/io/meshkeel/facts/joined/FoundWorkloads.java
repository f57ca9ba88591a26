package io.meshkeel.facts.joined;

import io.meshkeel.facts.Subject;
import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.injection.InjectionHooks;
import io.meshkeel.facts.injection.SidecarState;
import io.meshkeel.facts.security.Authorizations;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServedPort;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workloads and their sidecars: {@code pkg/kube/inject/inject.go} of istio/istio, release 1.31. A
 * snapshot of a cluster in which no pod has a sidecar is taken as written without them. Told of a
 * workload: {@code disputedPorts} {@code {path, port, protocols, services}}, {@code proxyUser}
 * {@code {path, container}}, {@code uncheckedPorts} {@code {path, port, by}} (of the
 * WorkloadSidecar, where it is declared by one), {@code pending} {@code {path, reason}}.
 */
final class FoundWorkloads {
  private static final String EXCLUDED = "traffic.sidecar.istio.io/excludeInboundPorts";
  private static final long PROXY_USER = 1337;

  private final JoinedMesh mesh;
  private final FewPods fewPods;
  private final DeclaredProtocols declaredProtocols;

  FoundWorkloads(JoinedMesh mesh) {
    this.mesh = mesh;
    this.fewPods = new FewPods(mesh);
    this.declaredProtocols = new DeclaredProtocols(mesh);
  }

  /** Tells of a workload; of one that isn't there, nothing. */
  void tell(WorkloadKey key, Telling told) {
    mesh.state().workloads(key.cluster()).get(key).ifPresent(workload -> tell(workload, told));
  }

  private void tell(Workload workload, Telling told) {
    Optional<Manifest> manifest = manifest(workload.key());
    if (workload.outside().isPresent() || manifest.isEmpty()) {
      return;
    }
    Subject subject = Subject.found(workload.key().cluster(), manifest.get().key());
    List<ServedPort> ports = ServedPort.of(workload, mesh.state().services().selecting(workload));
    if (mesh.hasProxy(workload)) {
      disputed(subject, ports, told);
      if (workload.role() == Proxy.Role.SIDECAR) {
        put(subject, "proxyUser", proxyUser(manifest.get()), told);
        unchecked(subject, manifest.get(), workload, ports, told);
      }
    }
    pending(subject, workload, told);
  }

  /** As it was found; empty for one that is only rendered, or of which only pods were seen. */
  private Optional<Manifest> manifest(WorkloadKey key) {
    return mesh.found().of(key.cluster()).flatMap(held -> held.get(key.object()));
  }

  /** Where the pod stands in an object: its own, or the template of a controller. */
  static List<Object> podPath(Manifest manifest) {
    return switch (manifest.key().kind()) {
      case "Pod" -> List.of();
      case "CronJob" -> List.of("spec", "jobTemplate", "spec", "template");
      default -> List.of("spec", "template");
    };
  }

  static Map<String, Object> pod(Manifest manifest) {
    Map<String, Object> at = manifest.content();
    for (Object field : podPath(manifest)) {
      at = JsonTree.map(at, (String) field);
    }
    return at;
  }

  private void disputed(Subject subject, List<ServedPort> ports, Telling told) {
    for (ServedPort port : ports) {
      List<String> protocols =
          port.uses().stream()
              .map(use -> use.port().protocol())
              .filter(protocol -> protocol != Protocol.UNKNOWN)
              .distinct()
              .map(Protocol::word)
              .toList();
      if (protocols.size() > 1) {
        DeclaredProtocols.Place place =
            port.uses().stream()
                .flatMap(use -> declaredProtocols.of(use.service(), use.port().number()).stream())
                .findFirst()
                .orElseGet(() -> new DeclaredProtocols.Place(subject, List.of("spec")));
        told.dispute(
            place.subject(),
            Map.of(
                "path", place.path(),
                "port", Long.toString(port.number()),
                "protocols", protocols,
                "services",
                    port.uses().stream().map(use -> use.service().toString()).distinct().toList()));
      }
    }
  }

  private static void put(Subject subject, String name, List<Object> facts, Telling told) {
    if (!facts.isEmpty()) {
      told.of(subject).put(name, List.copyOf(facts));
    }
  }

  private static List<Object> proxyUser(Manifest manifest) {
    Map<String, Object> spec = JsonTree.map(pod(manifest), "spec");
    List<Object> at = PolicyFields.path(podPath(manifest), "spec");
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> containers = JsonTree.maps(spec, "containers");
    if (isProxyUser(spec) && containers.stream().anyMatch(FoundWorkloads::hasNoUser)) {
      told.add(
          Map.of(
              "path",
              PolicyFields.path(at, "securityContext", "runAsUser"),
              "container",
              "every container"));
    }
    for (int i = 0; i < containers.size(); i++) {
      String name = JsonTree.string(containers.get(i), "name", "");
      if (!name.equals("istio-proxy") && isProxyUser(containers.get(i))) {
        told.add(
            Map.of(
                "path",
                PolicyFields.path(at, "containers", i, "securityContext", "runAsUser"),
                "container",
                "container " + name));
      }
    }
    return told;
  }

  /** A container's own user counts before the pod's. */
  private static boolean hasNoUser(Map<String, Object> container) {
    return !JsonTree.string(container, "name", "").equals("istio-proxy")
        && !JsonTree.map(container, "securityContext").containsKey("runAsUser");
  }

  private static boolean isProxyUser(Map<String, Object> holder) {
    return JsonTree.map(holder, "securityContext").get("runAsUser") instanceof Long user
        && user == PROXY_USER;
  }

  private void unchecked(
      Subject subject, Manifest manifest, Workload workload, List<ServedPort> ports, Telling told) {
    Optional<WorkloadSidecar> declared = declared(workload.key(), manifest.key());
    String excluded = workload.shape().annotations().getOrDefault(EXCLUDED, "");
    List<Object> path =
        declared.isPresent()
            ? List.of("spec", "ports", "excludeInbound")
            : PolicyFields.path(podPath(manifest), "metadata", "annotations", EXCLUDED);
    List<Object> facts = new ArrayList<>();
    for (String word : excluded.split(",")) {
      String port = word.strip();
      protector(workload, ports, port)
          .ifPresent(by -> facts.add(Map.of("path", path, "port", port, "by", by)));
    }
    put(
        declared.map(own -> Subject.declared(own.declaration())).orElse(subject),
        "uncheckedPorts",
        facts,
        told);
  }

  private Optional<WorkloadSidecar> declared(WorkloadKey key, ResourceKey object) {
    return mesh.own().stream()
        .filter(WorkloadSidecar.class::isInstance)
        .map(WorkloadSidecar.class::cast)
        .filter(own -> own.clusters().includes(key.cluster()))
        .filter(own -> own.workload().key().equals(object))
        .filter(own -> own.traffic().containsKey("excludeInboundPorts"))
        .findFirst();
  }

  /** What guards a port: a policy that names it, or one of a workload whose Service leads there. */
  private Optional<String> protector(Workload workload, List<ServedPort> ports, String word) {
    if (word.isEmpty() || !word.chars().allMatch(Character::isDigit) || word.length() > 5) {
      return Optional.empty();
    }
    long number = Long.parseLong(word);
    boolean served =
        ports.stream().anyMatch(port -> port.number() == number && !port.uses().isEmpty());
    Authorizations authorizations = mesh.state().authorizations();
    for (ResourceKey policy : mesh.reach().policiesOf(workload)) {
      if ((served || authorizations.names(policy, number))
          && authorizations.guards(policy, number)) {
        return Optional.of("AuthorizationPolicy " + policy.namespace() + "/" + policy.name());
      }
    }
    EffectiveMtls mtls =
        mesh.state().peerAuthentications().of(workload.key().namespace(), workload.proxyLabels());
    EffectiveMtls.Decided decided = mtls.of(number);
    return decided.mode() == MtlsMode.STRICT && (served || mtls.ports().containsKey(number))
        ? decided.by().map(key -> "PeerAuthentication " + key.namespace() + "/" + key.name())
        : Optional.empty();
  }

  /** Who writes down webhooks by hand may leave out those that look at pods. */
  private boolean isHeardByHand(Workload workload) {
    if (mesh.complete() || mesh.injected(workload) == Expectation.Answer.YES) {
      return false;
    }
    List<String> known = mesh.state().injection(workload.key().cluster()).hooks().revisions();
    Map<String, String> labels = workload.labels();
    return known.contains(labels.getOrDefault("istio.io/rev", ""))
        || (labels.getOrDefault("sidecar.istio.io/inject", "").equals("true")
            && known.contains(InjectionHooks.DEFAULT_REVISION));
  }

  private void pending(Subject subject, Workload workload, Telling told) {
    Expectation.Answer expected = mesh.injected(workload);
    if (mesh.asksForNoRevision(workload) || isHeardByHand(workload)) {
      return;
    }
    if (workload.shape().awaitsProxy() && expected == Expectation.Answer.NO) {
      told.of(subject)
          .put(
              "pending",
              List.of(
                  Map.of(
                      "path",
                      List.of("spec", "template", "spec", "containers"),
                      "reason",
                      "image: auto waits for injection, which does not take place: "
                          + mesh.state()
                              .injection(workload.key().cluster())
                              .expected(workload)
                              .reason())));
      return;
    }
    boolean telling =
        mesh.workloads().hasSidecars(workload.key().cluster()) || fewPods.tells(workload);
    if (!telling || workload.role() != Proxy.Role.SIDECAR) {
      return;
    }
    SidecarState state = mesh.state().injection(workload.key().cluster()).state(workload);
    if (state.state() == SidecarState.State.PENDING_RESTART) {
      told.of(subject)
          .put("pending", List.of(Map.of("path", List.of("spec"), "reason", state.reason())));
    }
  }
}
