package io.meshkeel.facts.injection;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectedInjectionTest {
  private static final ClusterName EAST = new ClusterName("east");

  static Manifest namespace(String name, Map<String, String> labels) {
    return Manifest.of(
        Map.of(
            "apiVersion", "v1",
            "kind", "Namespace",
            "metadata", Map.of("name", name, "labels", labels)));
  }

  static PodShape pod(Map<String, String> labels) {
    return pod(labels, Map.of(), false);
  }

  private static PodShape pod(
      Map<String, String> labels, Map<String, String> annotations, boolean hostNetwork) {
    return PodShape.of(
        Map.of(
            "metadata", Map.of("labels", labels, "annotations", annotations),
            "spec", Map.of("hostNetwork", hostNetwork)));
  }

  private static ClusterInjection inNamespace(
      String namespace, Map<String, String> labels, String injectorConfig, String revision) {
    ClusterInventory cluster =
        ClusterInventory.of(EAST, Set.of(), List.of(namespace(namespace, labels)));
    List<ClusterInventory> injectors =
        injectorConfig.isEmpty()
            ? List.of()
            : List.of(
                ClusterInventory.of(
                    EAST,
                    Set.of(),
                    List.of(
                        Manifest.of(
                            Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "ConfigMap",
                                "metadata",
                                Map.of(
                                    "name", "istio-sidecar-injector",
                                    "namespace", "istio-system"),
                                "data",
                                Map.of("config", injectorConfig))))));
    return ClusterInjection.of(cluster, injectors, MeshSpecs.revision(revision));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      for (String label : text.split(" ")) {
        int equals = label.indexOf('=');
        labels.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    return labels;
  }

  /** Rows after the page on sidecar injection in Istio's documentation, one istiod, no revision. */
  @ParameterizedTest(name = "namespace {0}, pod {1}: {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "                         |                               | NO  | neither the namespace nor the pod asks for injection",
        "istio.io/dataplane-mode=ambient |                        | NO  | it is in ambient mode, where no pod has a proxy",
        "istio.io/dataplane-mode=ambient | istio.io/dataplane-mode=none | NO | neither the namespace nor the pod asks for injection",
        "istio.io/dataplane-mode=ambient istio-injection=enabled | | YES | namespace label istio-injection=enabled",
        "                         | sidecar.istio.io/inject=true  | YES | pod label sidecar.istio.io/inject=true",
        "                         | sidecar.istio.io/inject=false | NO  | pod label sidecar.istio.io/inject=false",
        "                         | sidecar.istio.io/inject=yes   | NO  | neither the namespace nor the pod asks for injection",
        "                         | istio.io/rev=default          | YES | pod label istio.io/rev=default",
        "                         | istio.io/rev=canary           | NO  | pod label istio.io/rev=canary names no revision or tag of this cluster",
        "                         | istio.io/rev=default sidecar.istio.io/inject=false | NO | pod label sidecar.istio.io/inject=false",
        "                         | istio.io/rev=default sidecar.istio.io/inject=true | YES | pod label istio.io/rev=default",
        "                         | istio.io/rev=canary sidecar.istio.io/inject=true | NO | pod label istio.io/rev=canary names no revision or tag of this cluster",
        "istio-injection=enabled  |                               | YES | namespace label istio-injection=enabled",
        "istio-injection=enabled  | sidecar.istio.io/inject=true  | YES | namespace label istio-injection=enabled",
        "istio-injection=enabled  | sidecar.istio.io/inject=false | NO  | pod label sidecar.istio.io/inject=false",
        "istio-injection=enabled  | sidecar.istio.io/inject=yes   | YES | namespace label istio-injection=enabled",
        "istio-injection=enabled  | istio.io/rev=canary           | YES | namespace label istio-injection=enabled",
        "istio-injection=disabled |                               | NO  | namespace label istio-injection=disabled",
        "istio-injection=disabled | sidecar.istio.io/inject=true  | NO  | namespace label istio-injection=disabled",
        "istio-injection=disabled | istio.io/rev=default          | NO  | namespace label istio-injection=disabled",
        "istio-injection=disabled istio.io/rev=default | | NO | namespace label istio-injection=disabled",
        "istio-injection=enabled istio.io/rev=canary | | YES | namespace label istio-injection=enabled",
        "istio.io/rev=default     |                               | YES | namespace label istio.io/rev=default",
        "istio.io/rev=default     | sidecar.istio.io/inject=false | NO  | pod label sidecar.istio.io/inject=false",
        "istio.io/rev=default     | istio.io/rev=canary           | YES | namespace label istio.io/rev=default",
        "istio.io/rev=canary      |                               | NO  | namespace label istio.io/rev=canary names no revision or tag of this cluster",
        "istio.io/rev=canary      | sidecar.istio.io/inject=true  | NO  | namespace label istio.io/rev=canary names no revision or tag of this cluster",
        "istio.io/rev=canary      | istio.io/rev=default          | NO  | namespace label istio.io/rev=canary names no revision or tag of this cluster",
      })
  void followsTheTableOfOneIstiod(
      String namespace, String pod, Expectation.Answer answer, String reason) {
    Expectation expected =
        inNamespace("shop", labels(namespace), "", "default").expected("shop", pod(labels(pod)));

    assertThat(expected.answer()).isEqualTo(answer);
    assertThat(expected.reason()).isEqualTo(reason);
    assertThat(expected.revision()).isEqualTo(answer == Expectation.Answer.YES ? "default" : "");
  }

  /** What an istiod with a revision serves: only its own name. */
  @ParameterizedTest(name = "namespace {0}, pod {1}: {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "istio.io/rev=canary     |                              | YES | namespace label istio.io/rev=canary",
        "istio.io/rev=default    |                              | NO  | namespace label istio.io/rev=default names no revision or tag of this cluster",
        "istio-injection=enabled |                              | NO  | namespace label istio-injection=enabled, but the cluster has no default revision: name one by istio.io/rev",
        "                        | istio.io/rev=canary          | YES | pod label istio.io/rev=canary",
        "                        | sidecar.istio.io/inject=true | NO  | pod label sidecar.istio.io/inject=true, but the cluster has no default revision: name one by istio.io/rev",
        "                        | istio.io/rev=canary sidecar.istio.io/inject=true | YES | pod label istio.io/rev=canary",
        "istio-injection=enabled istio.io/rev=canary | | NO | namespace label istio-injection=enabled, but the cluster has no default revision: name one by istio.io/rev",
        "istio-injection=disabled istio.io/rev=canary | | NO | namespace label istio-injection=disabled",
      })
  void followsTheTableOfARevision(
      String namespace, String pod, Expectation.Answer answer, String reason) {
    Expectation expected =
        inNamespace("shop", labels(namespace), "", "canary").expected("shop", pod(labels(pod)));

    assertThat(expected.answer()).isEqualTo(answer);
    assertThat(expected.reason()).isEqualTo(reason);
  }

  /** The injector's part, for a pod that it is called for: inject.go, {@code injectRequired}. */
  @ParameterizedTest(name = "policy {0}, label {1}, annotation {2}, tier {3}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled  |       |       |        | true  | namespace label istio-injection=enabled",
        "enabled  |       | false |        | false | pod annotation sidecar.istio.io/inject=false",
        "enabled  |       | true  | never  | true  | namespace label istio-injection=enabled",
        "enabled  | true  | false |        | true  | namespace label istio-injection=enabled",
        "enabled  | maybe | false |        | true  | namespace label istio-injection=enabled",
        "enabled  |       |       | never  | false | the injector's neverInjectSelector takes the pod",
        "enabled  |       |       | both   | false | the injector's neverInjectSelector takes the pod",
        "enabled  | true  |       | never  | true  | namespace label istio-injection=enabled",
        "disabled |       |       |        | false | the injector's policy is disabled, and the pod doesn't ask for it",
        "disabled | true  |       |        | true  | namespace label istio-injection=enabled",
        "disabled |       | true  |        | true  | namespace label istio-injection=enabled",
        "disabled |       |       | always | true  | namespace label istio-injection=enabled",
        "disabled |       |       | both   | false | the injector's neverInjectSelector takes the pod",
        "maybe    | true  |       | always | false | 'the injector''s policy is \"maybe\", neither enabled nor disabled'",
      })
  void followsTheInjectorsOwnPolicy(
      String policy,
      String label,
      String annotation,
      String tier,
      boolean injected,
      String reason) {
    String config =
        """
        policy: %s
        neverInjectSelector:
        - {}
        - matchExpressions: [{key: tier, operator: In, values: [never, both]}]
        alwaysInjectSelector:
        - matchExpressions: [{key: tier, operator: In, values: [always, both]}]
        templates: {sidecar: "{{ .Spec }}"}
        """
            .formatted(policy);
    Map<String, String> podLabels = new HashMap<>();
    if (label != null) {
      podLabels.put("sidecar.istio.io/inject", label);
    }
    if (tier != null) {
      podLabels.put("tier", tier);
    }
    Expectation expected =
        inNamespace("shop", Map.of("istio-injection", "enabled"), config, "default")
            .expected(
                "shop",
                pod(
                    podLabels,
                    annotation == null ? Map.of() : Map.of("sidecar.istio.io/inject", annotation),
                    false));

    assertThat(expected.answer() == Expectation.Answer.YES).isEqualTo(injected);
    assertThat(expected.reason()).isEqualTo(reason);
  }

  @Test
  void aPodOnTheNodesNetworkIsNeverInjected() {
    ClusterInjection injection =
        inNamespace("shop", Map.of("istio-injection", "enabled"), "", "default");
    Expectation expected =
        injection.expected("shop", pod(Map.of("sidecar.istio.io/inject", "true"), Map.of(), true));

    assertThat(expected.answer()).isEqualTo(Expectation.Answer.NO);
    assertThat(expected.reason()).contains("hostNetwork");
  }

  @ParameterizedTest
  @CsvSource({"kube-system", "kube-public", "kube-node-lease", "local-path-storage"})
  void systemNamespacesAreNeverInjected(String namespace) {
    Expectation expected =
        inNamespace(namespace, Map.of("istio-injection", "enabled"), "", "default")
            .expected(namespace, pod(Map.of("sidecar.istio.io/inject", "true")));

    assertThat(expected.answer()).isEqualTo(Expectation.Answer.NO);
    assertThat(expected.reason()).contains(namespace);
  }

  @Test
  void anInjectorThatCannotBeReadInjectsNothing() {
    Expectation expected =
        inNamespace("shop", Map.of("istio-injection", "enabled"), "policy: [", "default")
            .expected("shop", pod(Map.of()));

    assertThat(expected.answer()).isEqualTo(Expectation.Answer.NO);
  }

  @Test
  void aNamespaceThatWasNotLookedAtLeavesTheAnswerOpen() {
    ClusterInjection unknown =
        ClusterInjection.of(
            ClusterInventory.of(EAST, Set.of(), List.of()),
            List.of(),
            MeshSpecs.revision("default"));

    assertThat(unknown.expected("shop", pod(Map.of())).answer())
        .isEqualTo(Expectation.Answer.UNKNOWN);
    assertThat(unknown.hooks().seen()).isFalse();
  }

  @Test
  void aClusterWithoutWebhooksInjectsNothing() {
    ClusterInjection none =
        ClusterInjection.of(
            ClusterInventory.of(
                EAST,
                Set.of(ObservedKinds.MUTATING_WEBHOOK),
                List.of(namespace("shop", Map.of("istio-injection", "enabled")))),
            List.of(),
            MeshSpecs.revision("default"));

    assertThat(none.expected("shop", pod(Map.of())).reason())
        .isEqualTo("the cluster has no injection webhook of Istio");
  }

  private static final String WEBHOOKS =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: istio-sidecar-injector-1-31, labels: {istio.io/rev: 1-31}}
      webhooks:
      - name: rev.namespace.sidecar-injector.istio.io
        rules: [{operations: [CREATE], apiGroups: [""], resources: [pods]}]
        namespaceSelector:
          matchExpressions:
          - {key: istio.io/rev, operator: In, values: [1-31]}
          - {key: istio-injection, operator: DoesNotExist}
        objectSelector:
          matchExpressions: [{key: sidecar.istio.io/inject, operator: NotIn, values: ["false"]}]
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: istio-revision-tag-stable, labels: {istio.io/rev: 1-31, istio.io/tag: stable}}
      webhooks:
      - name: rev.namespace.sidecar-injector.istio.io
        namespaceSelector:
          matchExpressions:
          - {key: istio.io/rev, operator: In, values: [stable]}
          - {key: istio-injection, operator: DoesNotExist}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: other}
      webhooks:
      - name: inject.example.com
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: for-services}
      webhooks:
      - name: services.istio.io
        rules: [{operations: [CREATE], resources: [services]}]
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio.io/rev: stable}}
      """;

  @Test
  void readsTheWebhooksOfTheClusterTagsAmongThem() {
    ClusterInjection injection =
        ClusterInjection.of(cluster("east", WEBHOOKS), List.of(), MeshSpecs.revision("default"));

    assertThat(injection.hooks().revisions()).containsExactly("1-31", "stable");
    assertThat(injection.hooks().seen()).isTrue();
    assertThat(injection.hooks().hooks())
        .extracting(InjectionHook::configuration)
        .containsExactly("istio-revision-tag-stable", "istio-sidecar-injector-1-31");
    Expectation expected = injection.expected("shop", pod(Map.of()));
    assertThat(expected.revision()).isEqualTo("1-31");
    assertThat(expected.reason()).isEqualTo("namespace label istio.io/rev=stable");
    assertThat(injection.expected("shop", pod(Map.of("sidecar.istio.io/inject", "false"))).answer())
        .as("this tag's webhook has no selector for pods, and the injector says no")
        .isEqualTo(Expectation.Answer.NO);
  }

  @Test
  void aWebhookForAllNamespacesSeesTheirNames() {
    ClusterInjection injection =
        ClusterInjection.of(
            cluster(
                "east",
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: istio-sidecar-injector, labels: {istio.io/rev: default}}
                webhooks:
                - name: auto.sidecar-injector.istio.io
                  namespaceSelector:
                    matchExpressions:
                    - {key: istio-injection, operator: DoesNotExist}
                    - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
                """),
            List.of(),
            MeshSpecs.revision("default"));

    assertThat(injection.expected("shop", pod(Map.of())).reason())
        .isEqualTo("webhook istio-sidecar-injector takes every such pod");
    assertThat(injection.expected("kube-system", pod(Map.of())).answer())
        .isEqualTo(Expectation.Answer.NO);
  }

  @Test
  void tellsWhenTwoRevisionsWouldInjectOnePod() {
    ClusterInjection injection =
        ClusterInjection.of(
            cluster(
                "east",
                WEBHOOKS
                    + """
                    ---
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: MutatingWebhookConfiguration
                    metadata: {name: z, labels: {istio.io/rev: old}}
                    webhooks: [{name: namespace.sidecar-injector.istio.io}]
                    """),
            List.of(),
            MeshSpecs.revision("default"));

    assertThat(injection.expected("shop", pod(Map.of())).revisions())
        .containsExactly("1-31", "old");
  }

  /** All combinations, against the rules of the documentation told another way. */
  @Test
  void everyCombinationIsAsDocumented() {
    List<Optional<String>> legacy = values("enabled", "disabled", "x");
    List<Optional<String>> revisions = values("default", "none");
    List<Optional<String>> inject = values("true", "false", "x");
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (Optional<String> ns : legacy) {
      for (Optional<String> nsRevision : revisions) {
        Map<String, String> namespace = new HashMap<>();
        ns.ifPresent(value -> namespace.put("istio-injection", value));
        nsRevision.ifPresent(value -> namespace.put("istio.io/rev", value));
        ClusterInjection injection = inNamespace("shop", namespace, "", "default");
        for (Optional<String> asked : inject) {
          for (Optional<String> revision : revisions) {
            Map<String, String> labels = new HashMap<>();
            asked.ifPresent(value -> labels.put("sidecar.istio.io/inject", value));
            revision.ifPresent(value -> labels.put("istio.io/rev", value));
            boolean found =
                injection.expected("shop", pod(labels)).answer() == Expectation.Answer.YES;
            rows++;
            if (found != documented(ns, nsRevision, asked, revision)) {
              wrong.add(namespace + " " + labels + " " + found);
            }
          }
        }
      }
    }

    assertThat(rows).isEqualTo(144);
    assertThat(wrong).isEmpty();
  }

  private static boolean documented(
      Optional<String> legacy,
      Optional<String> namespaceRevision,
      Optional<String> inject,
      Optional<String> revision) {
    if (inject.equals(Optional.of("false"))) {
      return false;
    }
    if (legacy.isPresent()) {
      return legacy.get().equals("enabled");
    }
    if (namespaceRevision.isPresent()) {
      return namespaceRevision.get().equals("default");
    }
    return revision.isPresent()
        ? revision.get().equals("default")
        : inject.equals(Optional.of("true"));
  }

  private static List<Optional<String>> values(String... values) {
    List<Optional<String>> all = new ArrayList<>();
    all.add(Optional.empty());
    for (String value : values) {
      all.add(Optional.of(value));
    }
    return all;
  }
}
