package io.meshkeel.declaration;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Mesh.Conflicts;
import io.meshkeel.model.Mesh.DriftMode;
import io.meshkeel.model.Mesh.OnRemoval;
import io.meshkeel.model.Mesh.Prune;
import io.meshkeel.model.Mesh.Topology;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshCluster.Role;
import io.meshkeel.model.MeshName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the documents of Meshkeel's own kinds; fields and defaults as in the reference pages. */
final class OwnKinds {
  static final String GROUP = "meshkeel.io";
  static final String API_VERSION = "meshkeel.io/v1alpha1";

  /** Kinds of later versions: known by name, so that the message can say so. */
  static final Set<String> LATER = Set.of("MeshTest");

  /** The Istio versions whose schemas and rules are known. */
  static final List<String> ISTIO_VERSIONS = List.of("1.29", "1.30", "1.31");

  private static final Set<String> ROOT_FIELDS = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final JsonPath SPEC = JsonPath.of("spec");

  private OwnKinds() {}

  /** Notes what in a document, its metadata left out, is not as the kind's fields are. */
  static void check(Map<String, Object> tree, Shape.Struct spec, Problems problems) {
    new Fields(tree, JsonPath.ROOT, problems).allow(ROOT_FIELDS, Set.of());
    Object given = tree.get("spec");
    new ShapeCheck(problems).value(spec, given == null ? Map.of() : given, SPEC);
  }

  /** {@code spec} of a Mesh that was found sound. */
  static Mesh.Spec meshSpec(Map<String, Object> tree) {
    Map<String, Object> spec = JsonTree.map(tree, "spec");
    Map<String, Object> prune = JsonTree.map(spec, "prune");
    return new Mesh.Spec(
        JsonTree.string(spec, "istioVersion", ""),
        word(spec, "topology", Topology.values(), Topology::word, Topology.PRIMARY_REMOTE),
        JsonTree.string(spec, "revision", "default"),
        JsonTree.string(spec, "rootNamespace", "istio-system"),
        JsonTree.string(spec, "clusterDomain", "cluster.local"),
        JsonTree.string(spec, "trustDomain", "cluster.local"),
        word(
            JsonTree.map(spec, "drift"),
            "mode",
            DriftMode.values(),
            DriftMode::word,
            DriftMode.REPORT),
        word(spec, "conflicts", Conflicts.values(), Conflicts::word, Conflicts.FAIL),
        word(spec, "onRemoval", OnRemoval.values(), OnRemoval::word, OnRemoval.RELEASE),
        new Prune(
            flag(prune, "enabled", Prune.DEFAULT.enabled()),
            number(prune, "maxObjects", Prune.DEFAULT.maxObjects()),
            number(prune, "maxPercent", Prune.DEFAULT.maxPercent())),
        flag(spec, "adopt", false),
        flag(spec, "suspend", false),
        observability(JsonTree.map(spec, "observability")));
  }

  private static Mesh.Observability observability(Map<String, Object> spec) {
    List<Mesh.Prometheus> prometheus = new ArrayList<>();
    for (Map<String, Object> each : JsonTree.maps(spec, "prometheus")) {
      prometheus.add(
          new Mesh.Prometheus(
              text(each, "cluster").map(ClusterName::new),
              JsonTree.string(each, "url", ""),
              text(each, "credential")));
    }
    return new Mesh.Observability(prometheus, text(JsonTree.map(spec, "grafana"), "url"));
  }

  /** {@code spec} of a MeshCluster that was found sound. */
  static ClusterSpec clusterSpec(Map<String, Object> tree) {
    Map<String, Object> spec = JsonTree.map(tree, "spec");
    Map<String, Object> istiod = JsonTree.map(spec, "istiod");
    return new ClusterSpec(
        word(spec, "role", Role.values(), Role::word, Role.DATA_PLANE),
        text(spec, "network"),
        JsonTree.string(spec, "credential", ""),
        JsonTree.strings(spec, "namespaces"),
        flag(spec, "suspend", false),
        text(istiod, "url").map(url -> new MeshCluster.Istiod(url, text(istiod, "credential"))),
        text(JsonTree.map(spec, "remoteSecret"), "from"));
  }

  static Optional<String> text(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static boolean flag(Map<String, Object> tree, String key, boolean fallback) {
    return tree.get(key) instanceof Boolean flag ? flag : fallback;
  }

  static int number(Map<String, Object> tree, String key, int fallback) {
    return tree.get(key) instanceof Long number ? number.intValue() : fallback;
  }

  static <E extends Enum<E>> E word(
      Map<String, Object> tree, String key, E[] values, Function<E, String> word, E fallback) {
    Object text = tree.get(key);
    for (E value : values) {
      if (word.apply(value).equals(text)) {
        return value;
      }
    }
    return fallback;
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
      boolean suspend,
      Optional<MeshCluster.Istiod> istiod,
      Optional<String> remoteSecret) {}
}
