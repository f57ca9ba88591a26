package io.meshkeel.imports;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An istiod that runs in a cluster, and what it was told: a Deployment with the label {@code app:
 * istiod} and its two ConfigMaps, as Istio's chart {@code istio-discovery} writes them.
 *
 * @param namespace where it runs
 * @param revision its revision
 * @param version {@code major.minor}; empty if nothing tells it
 * @param meshConfig {@code mesh} of the ConfigMap {@code istio}; empty if it can't be read
 * @param values {@code values} of the ConfigMap {@code istio-sidecar-injector}; the same
 */
record Istiod(
    String namespace,
    String revision,
    Optional<String> version,
    Map<String, Object> meshConfig,
    Map<String, Object> values) {
  private static final Pattern VERSION =
      Pattern.compile("(?:^|[-:])v?(\\d+\\.\\d+)(?:\\.\\d+.*)?$");

  static List<Istiod> in(ClusterInventory cluster) {
    List<Istiod> found = new ArrayList<>();
    for (Manifest deployment : cluster.of(ObservedKinds.DEPLOYMENT)) {
      boolean stopped = Long.valueOf(0).equals(deployment.spec().get("replicas"));
      if ("istiod".equals(deployment.labels().get("app")) && !stopped) {
        found.add(of(cluster, deployment));
      }
    }
    return found;
  }

  /**
   * The istiods outside of a cluster that read their configuration there: only where that is so,
   * Istio's chart installs a webhook that checks configuration, and it calls them by a URL ({@code
   * base.validationURL}).
   */
  static List<Istiod> outside(ClusterInventory cluster) {
    List<Istiod> found = new ArrayList<>();
    for (Manifest hooks : cluster.of(ObservedKinds.VALIDATING_WEBHOOK)) {
      boolean byUrl =
          JsonTree.maps(hooks.content(), "webhooks").stream()
              .map(hook -> JsonTree.map(hook, "clientConfig"))
              .anyMatch(client -> client.containsKey("url"));
      if ("istiod".equals(hooks.labels().get("app")) && byUrl) {
        String revision = JsonTree.string(hooks.labels(), "istio.io/rev", "default");
        String ending = revision.equals("default") ? "" : "-" + revision;
        String prefix = "istio-validator" + ending + "-";
        String namespace =
            hooks.key().name().startsWith(prefix)
                ? hooks.key().name().substring(prefix.length())
                : "istio-system";
        found.add(
            new Istiod(
                namespace,
                revision,
                told(hooks),
                data(cluster, namespace, "istio" + ending, "mesh"),
                data(cluster, namespace, "istio-sidecar-injector" + ending, "values")));
      }
    }
    return found;
  }

  private static Istiod of(ClusterInventory cluster, Manifest deployment) {
    String namespace = deployment.key().namespace();
    String revision = JsonTree.string(deployment.labels(), "istio.io/rev", "default");
    String ending = revision.equals("default") ? "" : "-" + revision;
    return new Istiod(
        namespace,
        revision,
        version(deployment),
        data(cluster, namespace, "istio" + ending, "mesh"),
        data(cluster, namespace, "istio-sidecar-injector" + ending, "values"));
  }

  private static Optional<String> version(Manifest deployment) {
    Map<String, Object> pod = JsonTree.map(JsonTree.map(deployment.spec(), "template"), "spec");
    Stream<String> images =
        JsonTree.maps(pod, "containers").stream()
            .map(container -> JsonTree.string(container, "image", ""))
            .map(image -> image.contains("@") ? image.substring(0, image.indexOf('@')) : image)
            .map(image -> image.substring(image.lastIndexOf('/') + 1))
            .filter(image -> image.contains(":"));
    return first(images).or(() -> told(deployment));
  }

  /** What the labels of Istio's charts tell. */
  private static Optional<String> told(Manifest object) {
    return first(
        Stream.of("app.kubernetes.io/version", "operator.istio.io/version", "helm.sh/chart")
            .map(label -> JsonTree.string(object.labels(), label, "")));
  }

  private static Optional<String> first(Stream<String> texts) {
    return texts
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static Map<String, Object> data(
      ClusterInventory cluster, String namespace, String name, String key) {
    return cluster
        .get(new ResourceKey("", "ConfigMap", namespace, name))
        .map(map -> JsonTree.string(JsonTree.map(map.content(), "data"), key, ""))
        .map(text -> PositionedYaml.read(name, text.getBytes(StandardCharsets.UTF_8)))
        .filter(read -> read.problems().isEmpty())
        .map(PositionedYaml::root)
        .orElse(Map.of());
  }

  String rootNamespace() {
    return JsonTree.string(meshConfig, "rootNamespace", namespace);
  }

  String trustDomain() {
    return JsonTree.string(meshConfig, "trustDomain", "cluster.local");
  }

  String clusterDomain() {
    Map<String, Object> proxy = JsonTree.map(JsonTree.map(values, "global"), "proxy");
    return JsonTree.string(proxy, "clusterDomain", "cluster.local");
  }
}
