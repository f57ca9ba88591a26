package io.meshkeel.declaration;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Mesh.Conflicts;
import io.meshkeel.model.Mesh.DriftMode;
import io.meshkeel.model.Mesh.OnRemoval;
import io.meshkeel.model.Mesh.Prune;
import io.meshkeel.model.Mesh.Topology;
import io.meshkeel.model.MeshCluster.Role;
import io.meshkeel.model.MeshName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the documents of Meshkeel's own kinds; fields and defaults as in the reference pages. */
final class OwnKinds {
  static final String GROUP = "meshkeel.io";
  static final String API_VERSION = "meshkeel.io/v1alpha1";

  /** Kinds of later versions: known by name, so that the message can say so. */
  static final Set<String> LATER =
      Set.of(
          "NamespaceSidecar",
          "WorkloadSidecar",
          "MeshGateway",
          "ServicePort",
          "MeshTest",
          "Waiver");

  /** The Istio versions whose schemas and rules are known. */
  static final List<String> ISTIO_VERSIONS = List.of("1.29", "1.30", "1.31");

  private static final Set<String> ROOT_FIELDS = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final Set<String> MESH_FIELDS =
      Set.of(
          "istioVersion",
          "topology",
          "revision",
          "rootNamespace",
          "clusterDomain",
          "trustDomain",
          "drift",
          "conflicts",
          "onRemoval",
          "prune",
          "adopt",
          "suspend");
  private static final Set<String> CLUSTER_FIELDS =
      Set.of("role", "network", "credential", "namespaces", "suspend");

  private OwnKinds() {}

  /** {@code spec} of a Mesh; what is wrong is noted. */
  static Mesh.Spec meshSpec(Map<String, Object> tree, Problems problems) {
    Fields spec =
        root(tree, problems).child("spec").allow(MESH_FIELDS, Set.of("rollout", "observability"));
    String istioVersion =
        spec.requiredText(
            "istioVersion", "write the Istio version of the mesh in quotes, for example \"1.31\"");
    if (!istioVersion.isEmpty() && !ISTIO_VERSIONS.contains(istioVersion)) {
      spec.badValue("istioVersion", istioVersion, ISTIO_VERSIONS);
    }
    Fields drift = spec.child("drift").allow(Set.of("mode"), Set.of("issue"));
    Fields prune =
        spec.child("prune").allow(Set.of("enabled", "maxObjects", "maxPercent"), Set.of());
    return new Mesh.Spec(
        istioVersion,
        spec.word("topology", Topology.values(), Topology::word, Topology.PRIMARY_REMOTE),
        spec.text("revision").orElse("default"),
        spec.text("rootNamespace").orElse("istio-system"),
        spec.text("clusterDomain").orElse("cluster.local"),
        spec.text("trustDomain").orElse("cluster.local"),
        drift.word("mode", DriftMode.values(), DriftMode::word, DriftMode.REPORT),
        spec.word("conflicts", Conflicts.values(), Conflicts::word, Conflicts.FAIL),
        spec.word("onRemoval", OnRemoval.values(), OnRemoval::word, OnRemoval.RELEASE),
        new Prune(
            prune.flag("enabled", Prune.DEFAULT.enabled()),
            prune.number("maxObjects", Prune.DEFAULT.maxObjects(), 0, 1_000_000),
            prune.number("maxPercent", Prune.DEFAULT.maxPercent(), 0, 100)),
        spec.flag("adopt", false),
        spec.flag("suspend", false));
  }

  /** {@code spec} of a MeshCluster; what is wrong is noted. */
  static ClusterSpec clusterSpec(Map<String, Object> tree, Problems problems) {
    Fields spec =
        root(tree, problems).child("spec").allow(CLUSTER_FIELDS, Set.of("istiod", "remoteSecret"));
    if (!JsonPath.of("spec", "role").find(tree).isPresent()) {
      spec.requiredText("role", "write ControlPlane (istiod runs there) or DataPlane");
    }
    return new ClusterSpec(
        spec.word("role", Role.values(), Role::word, Role.DATA_PLANE),
        spec.text("network"),
        spec.requiredText(
            "credential", "write the name of a credential that the service was given"),
        spec.texts("namespaces"),
        spec.flag("suspend", false));
  }

  private static Fields root(Map<String, Object> tree, Problems problems) {
    return new Fields(tree, JsonPath.ROOT, problems).allow(ROOT_FIELDS, Set.of());
  }

  /** {@code metadata.name} as the name of a mesh; null, and noted, if it is none. */
  static @Nullable MeshName meshName(String name, Problems problems) {
    try {
      return new MeshName(name);
    } catch (IllegalArgumentException e) {
      badName(problems, e);
      return null;
    }
  }

  /** {@code metadata.name} as the name of a cluster; null, and noted, if it is none. */
  static @Nullable ClusterName clusterName(String name, Problems problems) {
    try {
      return new ClusterName(name);
    } catch (IllegalArgumentException e) {
      badName(problems, e);
      return null;
    }
  }

  private static void badName(Problems problems, IllegalArgumentException e) {
    problems.add(
        DeclarationError.NAME,
        JsonPath.of("metadata", "name"),
        String.valueOf(e.getMessage()),
        "choose a name of lower-case letters, digits and '-'");
  }

  /** A MeshCluster's fields, before it is known which mesh it belongs to. */
  record ClusterSpec(
      Role role,
      Optional<String> network,
      String credential,
      List<String> namespaces,
      boolean suspend) {}
}
