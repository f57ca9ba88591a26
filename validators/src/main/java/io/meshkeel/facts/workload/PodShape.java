package io.meshkeel.facts.workload;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a pod and the template of pods have in common.
 *
 * @param labels {@code metadata.labels}
 * @param annotations {@code metadata.annotations}
 * @param serviceAccount {@code default} if none is named, as Kubernetes fills it in
 * @param hostNetwork it uses the node's network, which can't be redirected to a proxy
 * @param ports of all containers but the proxy's
 * @param proxy the container {@code istio-proxy}, unless its image is still to be filled in
 * @param awaitsProxy it has a container {@code istio-proxy} with {@code image: auto}, which only
 *     injection makes into a proxy
 */
public record PodShape(
    Map<String, String> labels,
    Map<String, String> annotations,
    String serviceAccount,
    boolean hostNetwork,
    List<WorkloadPort> ports,
    Optional<Proxy> proxy,
    boolean awaitsProxy) {
  /** {@code ProxyContainerName} in {@code pkg/kube/inject/inject.go}. */
  public static final String PROXY_CONTAINER = "istio-proxy";

  /** The label by which a pod belongs to a Gateway of the Gateway API. */
  public static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  private static final String STATUS = "sidecar.istio.io/status";
  private static final String REVISION = "istio.io/rev";
  private static final String TEMPLATES = "inject.istio.io/templates";
  private static final String MANAGED = "gateway.istio.io/managed";

  /** The annotation is JSON that istiod writes: {@code SidecarInjectionStatus}. */
  private static final Pattern STATUS_REVISION =
      Pattern.compile("\"revision\"\\s*:\\s*\"([^\"]*)\"");

  public PodShape {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    ports = List.copyOf(ports);
  }

  /**
   * Reads a pod, or the {@code template} of a controller.
   *
   * @param pod with {@code metadata} and {@code spec}
   */
  public static PodShape of(Map<String, Object> pod) {
    Map<String, Object> metadata = JsonTree.map(pod, "metadata");
    Map<String, Object> spec = JsonTree.map(pod, "spec");
    Map<String, String> labels = Labels.of(JsonTree.map(metadata, "labels"));
    Map<String, String> annotations = Labels.of(JsonTree.map(metadata, "annotations"));
    List<WorkloadPort> ports = new ArrayList<>();
    Optional<Proxy> proxy = Optional.empty();
    boolean awaits = false;
    List<Map<String, Object>> containers = JsonTree.maps(spec, "containers");
    boolean alone = containers.size() == 1;
    for (String list : List.of("containers", "initContainers")) {
      for (Map<String, Object> container : JsonTree.maps(spec, list)) {
        if (!JsonTree.string(container, "name", "").equals(PROXY_CONTAINER)) {
          addPorts(container, ports);
        } else if (JsonTree.string(container, "image", "").equals("auto")) {
          awaits = true;
          addPorts(container, ports);
        } else {
          proxy = Optional.of(proxy(container, list, alone, labels, annotations));
          if (proxy.get().role() != Proxy.Role.SIDECAR) {
            addPorts(container, ports);
          }
        }
      }
    }
    boolean unseen = containers.isEmpty() && named(labels, annotations);
    return new PodShape(
        labels,
        annotations,
        JsonTree.string(
            spec, "serviceAccountName", JsonTree.string(spec, "serviceAccount", "default")),
        Boolean.TRUE.equals(spec.get("hostNetwork")),
        ports,
        unseen
            ? Optional.of(new Proxy(Proxy.Role.GATEWAY, false, false, revision(labels), ""))
            : proxy,
        awaits);
  }

  private static String revision(Map<String, String> labels) {
    return labels.getOrDefault(REVISION, "");
  }

  private static void addPorts(Map<String, Object> container, List<WorkloadPort> ports) {
    for (Map<String, Object> port : JsonTree.maps(container, "ports")) {
      if (port.get("containerPort") instanceof Long number) {
        ports.add(
            new WorkloadPort(
                JsonTree.string(port, "name", ""),
                number,
                JsonTree.string(port, "protocol", "TCP")));
      }
    }
  }

  private static Proxy proxy(
      Map<String, Object> container,
      String list,
      boolean alone,
      Map<String, String> labels,
      Map<String, String> annotations) {
    String status = annotations.getOrDefault(STATUS, "");
    Matcher revision = STATUS_REVISION.matcher(status);
    return new Proxy(
        role(
            JsonTree.strings(container, "args"),
            alone && list.equals("containers"),
            labels,
            annotations),
        !status.isEmpty(),
        list.equals("initContainers"),
        revision.find()
            ? revision.group(1)
            : annotations.getOrDefault(REVISION, labels.getOrDefault(REVISION, "")),
        JsonTree.string(container, "image", ""));
  }

  /**
   * The second argument of the container's command decides; else what asked for it; else whether it
   * stands beside anything.
   */
  private static Proxy.Role role(
      List<String> args,
      boolean alone,
      Map<String, String> labels,
      Map<String, String> annotations) {
    if (args.size() > 1 && args.getFirst().equals("proxy")) {
      return switch (args.get(1)) {
        case "router" -> Proxy.Role.GATEWAY;
        case "waypoint" -> Proxy.Role.WAYPOINT;
        default -> Proxy.Role.SIDECAR;
      };
    }
    Proxy.Role asked = asked(labels, annotations);
    return asked == Proxy.Role.SIDECAR && args.isEmpty() && alone && named(labels, annotations)
        ? Proxy.Role.GATEWAY
        : asked;
  }

  /**
   * Whether it is called a gateway, as Istio's charts do. Counts only where nothing better is
   * known: its containers, or what its proxy is started with.
   */
  private static boolean named(Map<String, String> labels, Map<String, String> annotations) {
    return !annotations.containsKey(STATUS)
        && (labels.containsKey("istio")
            || Stream.of("app", "app.kubernetes.io/name", "name")
                .anyMatch(label -> labels.getOrDefault(label, "").contains("gateway")));
  }

  private static Proxy.Role asked(Map<String, String> labels, Map<String, String> annotations) {
    if (labels.getOrDefault(MANAGED, "").equals("istio.io-mesh-controller")) {
      return Proxy.Role.WAYPOINT;
    }
    boolean gateway =
        labels.containsKey(GATEWAY_NAME)
            || Arrays.stream(annotations.getOrDefault(TEMPLATES, "").split(","))
                .anyMatch(template -> template.strip().equals("gateway"));
    return gateway ? Proxy.Role.GATEWAY : Proxy.Role.SIDECAR;
  }

  /** What its proxy does, or would do once it has one. */
  public Proxy.Role role() {
    return proxy.map(Proxy::role).orElseGet(() -> asked(labels, annotations));
  }

  /** Whether ztunnel takes its traffic: {@code ambient.istio.io/redirection: enabled}. */
  public boolean ambient() {
    return annotations.getOrDefault("ambient.istio.io/redirection", "").equals("enabled");
  }
}
