package io.meshkeel.facts.injection;

import io.meshkeel.facts.Marks;
import io.meshkeel.facts.workload.LabelSelector.Operator;
import io.meshkeel.facts.workload.LabelSelector.Requirement;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Injection in one cluster: what the API server and the injector would make of a new pod. Immutable
 * and cheap to build anew: a change of a Namespace touches the workloads in it, one of a webhook
 * configuration or of the injector's ConfigMap touches all.
 */
public final class ClusterInjection {
  private static final String INJECTOR = "istio-sidecar-injector";
  private static final String INJECT = "sidecar.istio.io/inject";
  private static final String REVISION = "istio.io/rev";
  private static final String LEGACY = "istio-injection";
  private static final String DATAPLANE = "istio.io/dataplane-mode";
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private final InjectionHooks hooks;
  private final Map<String, InjectorPolicy> policies;
  private final Optional<Map<String, Map<String, String>>> namespaces;
  private final Marks<String> labels;

  private ClusterInjection(
      InjectionHooks hooks,
      Map<String, InjectorPolicy> policies,
      Optional<Map<String, Map<String, String>>> namespaces,
      Marks<String> labels) {
    this.labels = labels;
    this.hooks = hooks;
    this.policies = policies;
    this.namespaces = namespaces;
  }

  /**
   * @param cluster where the pods are
   * @param injectors the clusters in which the mesh's istiods run, whose ConfigMaps say what they
   *     inject; of two that hold one of the same name the first counts
   * @param mesh names its revision and root namespace
   */
  public static ClusterInjection of(
      ClusterInventory cluster, Collection<ClusterInventory> injectors, Mesh.Spec mesh) {
    Map<String, InjectorPolicy> policies = new HashMap<>();
    for (ClusterInventory injector : injectors) {
      for (Manifest map : injector.of(ObservedKinds.CONFIG_MAP)) {
        revisionOf(map.key(), mesh)
            .ifPresent(revision -> policies.computeIfAbsent(revision, r -> InjectorPolicy.of(map)));
      }
    }
    return new ClusterInjection(
        cluster.knows(ObservedKinds.MUTATING_WEBHOOK)
            ? InjectionHooks.of(cluster.of(ObservedKinds.MUTATING_WEBHOOK))
            : InjectionHooks.ofIstio(mesh.revision()),
        Map.copyOf(policies),
        cluster.knows(ObservedKinds.NAMESPACE)
            ? Optional.of(labels(cluster.of(ObservedKinds.NAMESPACE)))
            : Optional.empty(),
        new Marks<>());
  }

  /**
   * The same of parts that somebody keeps.
   *
   * @param hooks of the cluster
   * @param policies of injectors by revision; one that is missing is as the chart installs it
   * @param namespaces labels by name; empty if namespaces were not looked at
   * @param labels where it is noted whose labels are read
   */
  public static ClusterInjection of(
      InjectionHooks hooks,
      Map<String, InjectorPolicy> policies,
      Optional<Map<String, Map<String, String>>> namespaces,
      Marks<String> labels) {
    return new ClusterInjection(hooks, Map.copyOf(policies), namespaces.map(Map::copyOf), labels);
  }

  /** The revision whose injector reads this ConfigMap; empty if none does. */
  public static Optional<String> revisionOf(ResourceKey configMap, Mesh.Spec mesh) {
    String name = configMap.name();
    return configMap.namespace().equals(mesh.rootNamespace())
            && (name.equals(INJECTOR) || name.startsWith(INJECTOR + "-"))
        ? Optional.of(revisionOf(name))
        : Optional.empty();
  }

  /** The labels of a Namespace, with the one that the API server itself sets. */
  public static Map<String, String> labels(Manifest namespace) {
    Map<String, String> labels = new HashMap<>(Labels.of(namespace.labels()));
    labels.put(NAME_LABEL, namespace.key().name());
    return Map.copyOf(labels);
  }

  private static String revisionOf(String configMap) {
    return configMap.equals(INJECTOR)
        ? InjectionHooks.DEFAULT_REVISION
        : configMap.substring(INJECTOR.length() + 1);
  }

  private static Map<String, Map<String, String>> labels(List<Manifest> namespaces) {
    Map<String, Map<String, String>> all = HashMap.newHashMap(namespaces.size());
    namespaces.forEach(namespace -> all.put(namespace.key().name(), labels(namespace)));
    return Map.copyOf(all);
  }

  /** The webhooks of the cluster. */
  public InjectionHooks hooks() {
    return hooks;
  }

  /** The labels of a namespace; empty if it isn't known. */
  public Optional<Map<String, String>> namespaceLabels(String namespace) {
    labels.read(namespace);
    return namespaces.flatMap(all -> Optional.ofNullable(all.get(namespace)));
  }

  /** Compares the pods of a workload with what is expected of new ones. */
  public SidecarState state(Workload workload) {
    return SidecarState.of(workload, expected(workload));
  }

  /** What would become of a new pod of a workload. */
  public Expectation expected(Workload workload) {
    return workload.outside().isPresent()
        ? Expectation.no("it runs outside of Kubernetes")
        : expected(workload.key().namespace(), workload.shape());
  }

  /** What would become of a new pod in this namespace. */
  public Expectation expected(String namespace, PodShape pod) {
    Optional<Map<String, String>> labels = namespaceLabels(namespace);
    if (labels.isEmpty()) {
      return Expectation.unknown("the labels of namespace " + namespace + " are not known");
    }
    List<InjectionHook> called = hooks.calledFor(labels.get(), pod.labels());
    if (called.isEmpty()) {
      return Expectation.no(whyNotCalled(labels.get(), pod.labels()));
    }
    TreeSet<String> revisions = new TreeSet<>();
    List<InjectionHook> injecting = new ArrayList<>();
    InjectorPolicy.Decision decision = new InjectorPolicy.Decision(false, "");
    for (InjectionHook hook : called) {
      decision =
          policies.getOrDefault(hook.revision(), InjectorPolicy.DEFAULT).decide(namespace, pod);
      if (decision.injected()) {
        injecting.add(hook);
        revisions.add(hook.revision());
      }
    }
    if (injecting.isEmpty()) {
      return Expectation.no(decision.reason());
    }
    return new Expectation(
        Expectation.Answer.YES,
        whyCalled(injecting.getFirst(), labels.get(), pod.labels()),
        revisions.first(),
        List.copyOf(revisions));
  }

  /** The label that made the API server call the webhook. */
  private static String whyCalled(
      InjectionHook hook, Map<String, String> namespace, Map<String, String> pod) {
    return asked(hook.namespaceSelector().requirements(), namespace)
        .map(label -> "namespace label " + label)
        .or(() ->
            asked(hook.objectSelector().requirements(), pod).map(label -> "pod label " + label))
        .orElse("webhook " + hook.configuration() + " takes every such pod");
  }

  private static Optional<String> asked(
      List<Requirement> requirements, Map<String, String> labels) {
    return requirements.stream()
        .filter(requirement ->
            requirement.operator() == Operator.IN && !requirement.key().equals(NAME_LABEL))
        .map(requirement -> requirement.key() + "=" + labels.getOrDefault(requirement.key(), ""))
        .findFirst();
  }

  private String whyNotCalled(Map<String, String> namespace, Map<String, String> pod) {
    if (hooks.hooks().isEmpty()) {
      return "the cluster has no injection webhook of Istio";
    }
    String legacy = namespace.getOrDefault(LEGACY, "");
    String inject = pod.getOrDefault(INJECT, "");
    if (inject.equals("false")) {
      return "pod label " + INJECT + "=false";
    }
    if (!legacy.isEmpty() && !legacy.equals("enabled")) {
      return "namespace label " + LEGACY + "=" + legacy;
    }
    String revision =
        namespace.containsKey(REVISION)
            ? namespace.get(REVISION)
            : namespace.containsKey(LEGACY) ? null : pod.get(REVISION);
    if (legacy.equals("enabled")) {
      return "namespace label "
          + LEGACY
          + "=enabled, but the cluster has no default revision: name one by "
          + REVISION;
    }
    if (revision != null && !hooks.revisions().contains(revision)) {
      return (namespace.containsKey(REVISION) ? "namespace label " : "pod label ")
          + REVISION
          + "="
          + revision
          + " names no revision or tag of this cluster";
    }
    if (inject.equals("true") && revision == null) {
      return "pod label "
          + INJECT
          + "=true, but the cluster has no default revision: name one by "
          + REVISION;
    }
    if (revision == null
        && pod.getOrDefault(DATAPLANE, namespace.getOrDefault(DATAPLANE, "")).equals("ambient")) {
      return "it is in ambient mode, where no pod has a proxy";
    }
    return revision != null
        ? "no webhook takes a pod of revision " + revision + " here"
        : "neither the namespace nor the pod asks for injection";
  }
}
