package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ObservedKinds;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds that Meshkeel looks at and writes: a closed list. */
public final class Kinds {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  public static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
  public static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");

  /** Istio's configuration kinds: ours, with exact ownership. */
  public static final Set<GroupKind> ISTIO = ObservedKinds.ISTIO;

  /** Gateway API kinds: ours; their CRDs have defaults. */
  public static final Set<GroupKind> GATEWAY = ObservedKinds.GATEWAY_API;

  /** Kinds of Kubernetes that a gateway consists of: ours if they carry our label. */
  public static final Set<GroupKind> RENDERED =
      Stream.of(
              ObservedKinds.GATEWAY_PARTS,
              Set.of(
                  ObservedKinds.DEPLOYMENT, ObservedKinds.SERVICE, ObservedKinds.SERVICE_ACCOUNT))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Kinds of which some fields may be ours while the object is not. */
  public static final Set<GroupKind> SHARED =
      Set.of(
          NAMESPACE,
          ObservedKinds.SERVICE,
          ObservedKinds.DEPLOYMENT,
          ObservedKinds.STATEFUL_SET,
          ObservedKinds.DAEMON_SET);

  /** Kinds of which objects may be ours. */
  public static final Set<GroupKind> APPLIED =
      Stream.of(ISTIO, GATEWAY, RENDERED)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Kinds that may be read at all. ConfigMap: only our own parents, by name. */
  public static final Set<GroupKind> LISTED =
      Stream.of(APPLIED, SHARED, Set.of(CONFIG_MAP))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Read and written one by one, by name: remote secrets. Of what they hold only digests are kept.
   */
  public static final GroupKind SECRET = ObservedKinds.SECRET;

  private Kinds() {}

  /** Whether objects of this kind may be ours. */
  static boolean mayBeOurs(GroupKind kind) {
    return APPLIED.contains(kind) || kind.equals(SECRET);
  }

  /** Whether objects of this kind live outside namespaces. */
  public static boolean clusterScoped(GroupKind kind) {
    return kind.equals(NAMESPACE) || kind.equals(new GroupKind(GATEWAY_API, "GatewayClass"));
  }

  static void requireListed(GroupKind kind) {
    if (!LISTED.contains(kind) && !kind.equals(SECRET)) {
      throw new IllegalArgumentException(kind + " is not a kind that Meshkeel looks at");
    }
  }
}
