package io.meshkeel.facts.injection;

import io.meshkeel.facts.workload.LabelSelector;
import io.meshkeel.facts.workload.LabelSelector.Operator;
import io.meshkeel.facts.workload.LabelSelector.Requirement;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The injection webhooks of one cluster, in the order in which the API server calls them.
 *
 * @param hooks by the name of their configuration, then as they stand in it
 * @param seen whether they come from the cluster; false for Istio's own table
 */
public record InjectionHooks(List<InjectionHook> hooks, boolean seen) {
  /** The revision of an istiod that was installed without one. */
  public static final String DEFAULT_REVISION = "default";

  private static final String INJECTOR = "istio-sidecar-injector";
  private static final String TAG = "istio.io/tag";
  private static final String INJECT = "sidecar.istio.io/inject";
  private static final String REVISION = "istio.io/rev";
  private static final String LEGACY = "istio-injection";

  public InjectionHooks {
    hooks = List.copyOf(hooks);
  }

  /**
   * Those among webhook configurations: {@code isIstioWebhook} in {@code
   * istioctl/pkg/checkinject/checkinject.go} of istio/istio, release 1.31. What a webhook's {@code
   * matchConditions} say isn't read: Istio writes none. One of Istio's names that was written down
   * without selectors takes what Istio's take.
   *
   * @param configurations objects of kind MutatingWebhookConfiguration, in any order
   */
  public static InjectionHooks of(Collection<Manifest> configurations) {
    List<InjectionHook> hooks = new ArrayList<>();
    configurations.stream()
        .sorted(Comparator.comparing(configuration -> configuration.key().name()))
        .forEach(configuration -> {
          Map<String, String> labels = Labels.of(configuration.labels());
          String name = configuration.key().name();
          String revision = labels.getOrDefault(REVISION, DEFAULT_REVISION);
          String tag = labels.getOrDefault(TAG, "");
          List<Map<String, Object>> written =
              JsonTree.maps(configuration.content(), "webhooks").stream()
                  .filter(webhook -> JsonTree.string(webhook, "name", "").endsWith("istio.io"))
                  .filter(InjectionHooks::isForNewPods)
                  .toList();
          boolean injector = name.startsWith(INJECTOR) || name.startsWith("istio-revision-tag-");
          boolean reduced =
              written.isEmpty()
                  ? !configuration.content().containsKey("webhooks")
                  : JsonTree.maps(configuration.content(), "webhooks").stream()
                      .noneMatch(InjectionHooks::selects);
          if (injector && reduced) {
            hooks.addAll(table(name, revision, tag));
            return;
          }
          for (Map<String, Object> webhook : written) {
            hooks.add(
                new InjectionHook(
                    name,
                    JsonTree.string(webhook, "name", ""),
                    revision,
                    tag,
                    LabelSelector.of(JsonTree.map(webhook, "namespaceSelector")),
                    LabelSelector.of(JsonTree.map(webhook, "objectSelector"))));
          }
        });
    return new InjectionHooks(hooks, true);
  }

  private static boolean selects(Map<String, Object> webhook) {
    return webhook.containsKey("namespaceSelector") || webhook.containsKey("objectSelector");
  }

  /** A snapshot made by hand may leave the rules out. */
  private static boolean isForNewPods(Map<String, Object> webhook) {
    List<Map<String, Object>> rules = JsonTree.maps(webhook, "rules");
    return rules.isEmpty()
        || rules.stream()
            .anyMatch(
                rule -> takes(rule, "operations", "CREATE") && takes(rule, "resources", "pods"));
  }

  private static boolean takes(Map<String, Object> rule, String field, String value) {
    List<String> values = JsonTree.strings(rule, field);
    return values.contains(value) || values.contains("*");
  }

  /**
   * What Istio installs for a revision: {@code
   * manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml} with its default
   * values.
   *
   * @param revision {@link #DEFAULT_REVISION} for an istiod without one, which also serves {@code
   *     istio-injection} and {@code sidecar.istio.io/inject}
   */
  public static InjectionHooks ofIstio(String revision) {
    String name = revision.equals(DEFAULT_REVISION) ? INJECTOR : INJECTOR + "-" + revision;
    return new InjectionHooks(table(name, revision, ""), false);
  }

  /**
   * The webhooks of one configuration as Istio writes it; for a tag: {@code
   * manifests/charts/istio-control/istio-discovery/templates/revision-tags-mwc.yaml}.
   */
  private static List<InjectionHook> table(String configuration, String revision, String tag) {
    String asked = tag.isEmpty() ? revision : tag;
    List<InjectionHook> hooks = new ArrayList<>();
    hooks.add(
        hook(
            configuration,
            revision,
            tag,
            "rev.namespace",
            List.of(in(REVISION, asked), absent(LEGACY)),
            List.of(notIn(INJECT, "false"))));
    hooks.add(
        hook(
            configuration,
            revision,
            tag,
            "rev.object",
            List.of(absent(REVISION), absent(LEGACY)),
            List.of(notIn(INJECT, "false"), in(REVISION, asked))));
    if (asked.equals(DEFAULT_REVISION)) {
      hooks.add(
          hook(
              configuration,
              revision,
              tag,
              "namespace",
              List.of(in(LEGACY, "enabled")),
              List.of(notIn(INJECT, "false"))));
      hooks.add(
          hook(
              configuration,
              revision,
              tag,
              "object",
              List.of(absent(LEGACY), absent(REVISION)),
              List.of(in(INJECT, "true"), absent(REVISION))));
    }
    return hooks;
  }

  private static InjectionHook hook(
      String configuration,
      String revision,
      String tag,
      String prefix,
      List<Requirement> namespace,
      List<Requirement> object) {
    return new InjectionHook(
        configuration,
        prefix + ".sidecar-injector.istio.io",
        revision,
        tag,
        new LabelSelector(namespace, true),
        new LabelSelector(object, true));
  }

  private static Requirement in(String key, String value) {
    return new Requirement(key, Operator.IN, List.of(value));
  }

  private static Requirement notIn(String key, String value) {
    return new Requirement(key, Operator.NOT_IN, List.of(value));
  }

  private static Requirement absent(String key) {
    return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
  }

  /**
   * The values of {@code istio.io/rev} that some webhook asks for: revisions and tags that exist in
   * this cluster.
   */
  public List<String> revisions() {
    TreeSet<String> revisions = new TreeSet<>();
    for (InjectionHook hook : hooks) {
      Stream.of(hook.namespaceSelector(), hook.objectSelector())
          .flatMap(selector -> selector.requirements().stream())
          .filter(requirement ->
              requirement.key().equals(REVISION) && requirement.operator() == Operator.IN)
          .forEach(requirement -> revisions.addAll(requirement.values()));
    }
    return List.copyOf(revisions);
  }

  /** The webhooks that are called for a pod. */
  List<InjectionHook> calledFor(
      Map<String, String> namespaceLabels, Map<String, String> podLabels) {
    return hooks.stream().filter(hook -> hook.calls(namespaceLabels, podLabels)).toList();
  }
}
