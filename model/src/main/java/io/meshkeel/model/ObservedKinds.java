package io.meshkeel.model;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds that reports and policies look at in clusters, beside what is written there: a closed
 * list. A Secret is only ever seen reduced to its type, the names of its keys and the end of its
 * certificates.
 */
public final class ObservedKinds {
  public static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
  public static final GroupKind SERVICE = new GroupKind("", "Service");
  public static final GroupKind POD = new GroupKind("", "Pod");
  public static final GroupKind SERVICE_ACCOUNT = new GroupKind("", "ServiceAccount");
  public static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");
  public static final GroupKind SECRET = new GroupKind("", "Secret");
  public static final GroupKind DEPLOYMENT = new GroupKind("apps", "Deployment");
  public static final GroupKind STATEFUL_SET = new GroupKind("apps", "StatefulSet");
  public static final GroupKind DAEMON_SET = new GroupKind("apps", "DaemonSet");
  public static final GroupKind REPLICA_SET = new GroupKind("apps", "ReplicaSet");
  public static final GroupKind JOB = new GroupKind("batch", "Job");
  public static final GroupKind CRON_JOB = new GroupKind("batch", "CronJob");
  public static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");
  public static final GroupKind MUTATING_WEBHOOK =
      new GroupKind("admissionregistration.k8s.io", "MutatingWebhookConfiguration");
  public static final GroupKind VALIDATING_WEBHOOK =
      new GroupKind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration");

  public static final GroupKind ROLE = new GroupKind("rbac.authorization.k8s.io", "Role");
  public static final GroupKind ROLE_BINDING =
      new GroupKind("rbac.authorization.k8s.io", "RoleBinding");
  public static final GroupKind AUTOSCALER =
      new GroupKind("autoscaling", "HorizontalPodAutoscaler");
  public static final GroupKind DISRUPTION_BUDGET = new GroupKind("policy", "PodDisruptionBudget");

  /** What a gateway by injection consists of beside its Deployment, Service and account. */
  public static final Set<GroupKind> GATEWAY_PARTS =
      Set.of(ROLE, ROLE_BINDING, AUTOSCALER, DISRUPTION_BUDGET);

  /** What runs pods, the one that a person writes: a ReplicaSet of a Deployment is none. */
  public static final Set<GroupKind> WORKLOADS =
      Set.of(DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, JOB, CRON_JOB);

  /** Istio's 15 configuration kinds. */
  public static final Set<GroupKind> ISTIO =
      Stream.of(
              kinds(
                  "networking.istio.io",
                  "DestinationRule",
                  "EnvoyFilter",
                  "Gateway",
                  "ProxyConfig",
                  "ServiceEntry",
                  "Sidecar",
                  "VirtualService",
                  "WorkloadEntry",
                  "WorkloadGroup"),
              kinds(
                  "security.istio.io",
                  "AuthorizationPolicy",
                  "PeerAuthentication",
                  "RequestAuthentication"),
              kinds("telemetry.istio.io", "Telemetry"),
              kinds("extensions.istio.io", "TrafficExtension", "WasmPlugin"))
          .flatMap(s -> s)
          .collect(Collectors.toUnmodifiableSet());

  /** Gateway API kinds. */
  public static final Set<GroupKind> GATEWAY_API =
      kinds(
              "gateway.networking.k8s.io",
              "BackendTLSPolicy",
              "GRPCRoute",
              "Gateway",
              "GatewayClass",
              "HTTPRoute",
              "ListenerSet",
              "ReferenceGrant",
              "TCPRoute",
              "TLSRoute",
              "UDPRoute")
          .collect(Collectors.toUnmodifiableSet());

  /** All kinds that are looked at. */
  public static final Set<GroupKind> ALL =
      Stream.of(
              Stream.of(
                  NAMESPACE,
                  SERVICE,
                  POD,
                  SERVICE_ACCOUNT,
                  CONFIG_MAP,
                  SECRET,
                  DEFINITION,
                  MUTATING_WEBHOOK,
                  VALIDATING_WEBHOOK),
              WORKLOADS.stream(),
              GATEWAY_PARTS.stream(),
              ISTIO.stream(),
              GATEWAY_API.stream())
          .flatMap(s -> s)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<GroupKind> CLUSTER_SCOPED =
      Set.of(
          NAMESPACE,
          DEFINITION,
          MUTATING_WEBHOOK,
          VALIDATING_WEBHOOK,
          new GroupKind("gateway.networking.k8s.io", "GatewayClass"));

  /**
   * Annotation of a Secret as it is seen: {@code <key>=<RFC 3339 time>}, comma between, when the
   * first certificate in that key ends.
   */
  public static final String CERTIFICATE_EXPIRY = "meshkeel.io/certificate-expiry";

  /** The only annotations of a Secret that are seen: any other may hold its content. */
  public static final Set<String> SECRET_ANNOTATIONS =
      Set.of("networking.istio.io/cluster", CERTIFICATE_EXPIRY);

  private ObservedKinds() {}

  /** Whether objects of this kind, one of {@link #ALL}, live outside namespaces. */
  public static boolean clusterScoped(GroupKind kind) {
    return CLUSTER_SCOPED.contains(kind);
  }

  /** {@link #ALL}, by group and kind. */
  public static Set<GroupKind> sorted() {
    return new TreeSet<>(ALL);
  }

  private static Stream<GroupKind> kinds(String group, String... names) {
    return Stream.of(names).map(name -> new GroupKind(group, name));
  }
}
