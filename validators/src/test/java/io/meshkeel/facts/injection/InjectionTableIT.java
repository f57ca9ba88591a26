package io.meshkeel.facts.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.testbed.IstioWebhooks;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Istio's table of injection, held against pods that a real API server and istiod make. */
class InjectionTableIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEGACY = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String INJECT = "sidecar.istio.io/inject";

  private static @Nullable KubeApiServer server;
  private static @Nullable Istiod istiod;

  @BeforeAll
  static void start() {
    server = SharedServers.newKubeApiServer();
    istiod =
        SharedServers.newIstiod(
            server, IstiodOptions.PLAIN.with(IstioWebhooks.of(SharedServers.binaries())));
  }

  @AfterAll
  static void end() {
    if (istiod != null) {
      istiod.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static KubernetesClient client() {
    if (server == null) {
      throw new IllegalStateException("no API server was started");
    }
    return server.admin();
  }

  @Test
  void everyCombinationOfLabelsIsAsTheTableSays() throws Exception {
    List<String> namespaces = new ArrayList<>();
    for (String legacy : List.of("", "enabled", "disabled", "other")) {
      for (String revision : List.of("", "default", "canary")) {
        String name = "n" + namespaces.size();
        namespaces.add(name);
        client()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(labels(LEGACY, legacy, REVISION, revision))
                    .endMetadata()
                    .build())
            .create();
      }
    }
    namespaces.add("kube-system");
    ClusterInventory seen = inventory();
    ClusterInjection injection =
        ClusterInjection.of(seen, List.of(seen), MeshSpecs.revision("default"));
    assertThat(injection.hooks().seen()).isTrue();
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (String namespace : namespaces) {
      for (Pod pod : pods(namespace)) {
        PodShape made =
            PodShape.of(manifest(client().resource(pod).dryRun(true).create()).content());
        Expectation expected = injection.expected(namespace, PodShape.of(manifest(pod).content()));
        asked++;
        if (made.proxy().isPresent() != (expected.answer() == Expectation.Answer.YES)
            || !made.proxy().map(Proxy::revision).orElse("").equals(expected.revision())) {
          wrong.add(
              namespace
                  + " "
                  + injection.namespaceLabels(namespace)
                  + " "
                  + pod.getMetadata().getLabels()
                  + ": made "
                  + made.proxy()
                  + ", "
                  + expected);
        }
        made.proxy().ifPresent(proxy -> assertThat(proxy.injected()).isTrue());
      }
    }
    assertThat(asked).isEqualTo(13 * 4 * 3 * 2);
    assertThat(wrong).isEmpty();
  }

  @Test
  void istiosOwnTableIsTheOneThatItInstalls() throws Exception {
    InjectionHooks installed =
        InjectionHooks.of(
            client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .list()
                .getItems()
                .stream()
                .map(InjectionTableIT::manifest)
                .toList());

    assertThat(installed.hooks())
        .containsExactlyInAnyOrderElementsOf(
            InjectionHooks.ofIstio(InjectionHooks.DEFAULT_REVISION).hooks());
    assertThat(installed.revisions()).containsExactly("default");
  }

  @Test
  void aGatewaysPodIsKnownBeforeAndAfterItIsInjected() throws Exception {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("edge")
                .withLabels(Map.of(LEGACY, "enabled"))
                .endMetadata()
                .build())
        .create();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("gateway")
            .withNamespace("edge")
            .withAnnotations(Map.of("inject.istio.io/templates", "gateway"))
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName("default")
            .addNewContainer()
            .withName("istio-proxy")
            .withImage("auto")
            .endContainer()
            .endSpec()
            .build();
    PodShape before = PodShape.of(manifest(pod).content());
    PodShape after = PodShape.of(manifest(client().resource(pod).dryRun(true).create()).content());

    assertThat(before.awaitsProxy()).isTrue();
    assertThat(before.role()).isEqualTo(Proxy.Role.GATEWAY);
    assertThat(after.awaitsProxy()).isFalse();
    assertThat(after.proxy())
        .hasValueSatisfying(proxy -> {
          assertThat(proxy.role()).isEqualTo(Proxy.Role.GATEWAY);
          assertThat(proxy.injected()).isTrue();
          assertThat(proxy.image()).isNotEqualTo("auto");
        });
  }

  private static List<Pod> pods(String namespace) {
    List<Pod> pods = new ArrayList<>();
    for (String inject : List.of("", "true", "false", "other")) {
      for (String revision : List.of("", "default", "canary")) {
        for (boolean hostNetwork : new boolean[] {false, true}) {
          pods.add(
              new PodBuilder()
                  .withNewMetadata()
                  .withName("p")
                  .withNamespace(namespace)
                  .withLabels(labels(INJECT, inject, REVISION, revision))
                  .endMetadata()
                  .withNewSpec()
                  .withServiceAccountName("default")
                  .withHostNetwork(hostNetwork)
                  .addNewContainer()
                  .withName("app")
                  .withImage("example.com/app")
                  .endContainer()
                  .endSpec()
                  .build());
        }
      }
    }
    return pods;
  }

  private static Map<String, String> labels(
      String one, String value, String other, String otherValue) {
    Map<String, String> labels = new HashMap<>();
    if (!value.isEmpty()) {
      labels.put(one, value);
    }
    if (!otherValue.isEmpty()) {
      labels.put(other, otherValue);
    }
    return labels;
  }

  private static ClusterInventory inventory() {
    List<Manifest> objects = new ArrayList<>();
    client().namespaces().list().getItems().forEach(item -> objects.add(manifest(item)));
    client()
        .admissionRegistration()
        .v1()
        .mutatingWebhookConfigurations()
        .list()
        .getItems()
        .forEach(item -> objects.add(manifest(item)));
    client()
        .configMaps()
        .inNamespace("istio-system")
        .list()
        .getItems()
        .forEach(item -> objects.add(manifest(item)));
    return ClusterInventory.of(new ClusterName("east"), Set.of(), objects);
  }

  private static Manifest manifest(HasMetadata object) {
    try {
      return Manifest.of(JSON.readValue(Serialization.asJson(object), Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
