package io.meshkeel.apply;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the parent of an ApplySet: widened before members are written, narrowed and marked with
 * the revision after they are.
 *
 * <p>A plan that stays within the kinds and namespaces told of writes it once, at the end. The
 * first object of a new kind or namespace takes two writes, and one can't do: a member that the
 * parent doesn't tell of is lost to every other tool when we stop between the two (KEP-3659,
 * "apply"), so the kinds must be there first; the revision says that all of it <em>is</em> there,
 * and a start takes what differs from it for the work of others, so it must not be there before the
 * last member is.
 */
final class ParentRecord {
  /** Name and version of this tool, after KEP-3659: others leave its sets alone. */
  static final String TOOL = "meshkeel/v0.1";

  private final Plan plan;
  private final LiveState live;
  private final Map<String, Object> labels;
  private Map<String, Object> recorded;

  ParentRecord(Plan plan, LiveState live) {
    this.plan = plan;
    this.live = live;
    this.labels =
        Map.of(
            Labels.APPLYSET_ID,
            plan.applySet().id(),
            Labels.MANAGED_BY,
            Labels.MANAGER,
            Labels.MESH,
            plan.mesh().value());
    this.recorded =
        live.get(plan.applySet().parent())
            .filter(
                parent -> labels.entrySet().stream().allMatch(parent.labels().entrySet()::contains))
            .map(LiveObject::annotations)
            .orElse(Map.of());
  }

  /** Makes sure that all members, old and new, are told of. */
  void widen(Cluster cluster) throws ClusterException {
    Set<String> kinds = new TreeSet<>(plan.groupKinds());
    kinds.addAll(words(Labels.GROUP_KINDS));
    Set<String> namespaces = new TreeSet<>(plan.namespaces());
    namespaces.addAll(words(Labels.NAMESPACES));
    boolean told =
        !recorded.isEmpty()
            && words(Labels.GROUP_KINDS).containsAll(plan.groupKinds())
            && words(Labels.NAMESPACES).containsAll(others(plan.namespaces()));
    if (!told) {
      write(
          cluster, annotations(kinds, namespaces, JsonTree.string(recorded, Labels.REVISION, "")));
    }
  }

  /** Tells of the members that are left, and of the revision; writes only what is new. */
  void finish(Cluster cluster, Optional<Revision> revision) throws ClusterException {
    Map<String, Object> last =
        annotations(
            plan.groupKinds(),
            plan.namespaces(),
            revision.map(Revision::sha).orElse(JsonTree.string(recorded, Labels.REVISION, "")));
    if (!recorded.entrySet().containsAll(last.entrySet())) {
      write(cluster, last);
    }
  }

  /** Takes the parent away; the last thing of ours to go. */
  void remove(Cluster cluster) throws ClusterException {
    ResourceKey key = plan.applySet().parent();
    Optional<LiveObject> parent = live.get(key);
    if (parent.isPresent()) {
      cluster.delete(key, parent.get().uid());
    }
  }

  private Map<String, Object> annotations(
      Set<String> kinds, Set<String> namespaces, String revision) {
    Map<String, Object> annotations = new TreeMap<>();
    annotations.put(Labels.TOOLING, TOOL);
    annotations.put(Labels.GROUP_KINDS, String.join(",", new TreeSet<>(kinds)));
    annotations.put(Labels.NAMESPACES, String.join(",", others(namespaces)));
    annotations.put(Labels.ON_REMOVAL, plan.desired().mesh().spec().onRemoval().word());
    if (!revision.isEmpty()) {
      annotations.put(Labels.REVISION, revision);
    }
    return annotations;
  }

  private void write(Cluster cluster, Map<String, Object> annotations) throws ClusterException {
    ResourceKey key = plan.applySet().parent();
    boolean namespaceThere =
        !live.seesNamespaces()
            || live.get(new ResourceKey("", "Namespace", "", ApplySet.NAMESPACE)).isPresent();
    if (!namespaceThere) {
      cluster.createNamespace(ApplySet.NAMESPACE);
    }
    cluster.apply(
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of(
                    "name",
                    key.name(),
                    "namespace",
                    key.namespace(),
                    "labels",
                    labels,
                    "annotations",
                    annotations))),
        true);
    recorded = annotations;
  }

  /** The specification wants the parent's own namespace left out. */
  private static TreeSet<String> others(Set<String> namespaces) {
    TreeSet<String> others = new TreeSet<>(namespaces);
    others.remove(ApplySet.NAMESPACE);
    return others;
  }

  private Set<String> words(String annotation) {
    TreeSet<String> words =
        new TreeSet<>(Arrays.asList(JsonTree.string(recorded, annotation, "").split(",", -1)));
    words.remove("");
    return words;
  }
}
