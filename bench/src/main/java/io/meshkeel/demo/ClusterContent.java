package io.meshkeel.demo;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshkeel.testbed.KubeApiServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an API server itself says of what it holds. */
final class ClusterContent {
  private static final List<String> CONFIGURATION =
      List.of(
          "extensions.istio.io/v1alpha1",
          "gateway.networking.k8s.io/v1",
          "networking.istio.io/v1",
          "networking.istio.io/v1alpha3",
          "networking.istio.io/v1beta1",
          "security.istio.io/v1",
          "telemetry.istio.io/v1");

  private final KubernetesClient client;

  ClusterContent(KubeApiServer cluster) {
    this.client = cluster.admin();
  }

  /**
   * All configuration of Istio and the Gateway API: {@code Kind namespace/name}, and what its
   * {@code spec} says.
   */
  TreeMap<String, Map<String, Object>> configuration() {
    TreeMap<String, Map<String, Object>> all = new TreeMap<>();
    for (String version : CONFIGURATION) {
      for (APIResource resource : client.getApiResources(version).getResources()) {
        if (!resource.getName().contains("/")) {
          ResourceDefinitionContext kind =
              new ResourceDefinitionContext.Builder()
                  .withGroup(version.substring(0, version.indexOf('/')))
                  .withVersion(version.substring(version.indexOf('/') + 1))
                  .withKind(resource.getKind())
                  .withPlural(resource.getName())
                  .withNamespaced(resource.getNamespaced())
                  .build();
          for (GenericKubernetesResource object : objects(kind)) {
            Map<String, Object> spec = object.get("spec");
            all.put(resource.getKind() + " " + name(object), spec == null ? Map.of() : spec);
          }
        }
      }
    }
    return all;
  }

  /** {@code namespace/name} of all VirtualServices. */
  TreeSet<String> virtualServices() {
    TreeSet<String> names = new TreeSet<>();
    objects(VIRTUAL_SERVICES).forEach(object -> names.add(name(object)));
    return names;
  }

  /** {@code namespace/name} of all Deployments of Meshkeel's. */
  TreeSet<String> gatewayDeployments() {
    TreeSet<String> names = new TreeSet<>();
    client
        .apps()
        .deployments()
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/managed-by", "meshkeel")
        .list()
        .getItems()
        .forEach(each ->
            names.add(each.getMetadata().getNamespace() + "/" + each.getMetadata().getName()));
    return names;
  }

  /** A label of a namespace; an empty text if there is none. */
  String namespaceLabel(String namespace, String label) {
    return client
        .namespaces()
        .withName(namespace)
        .require()
        .getMetadata()
        .getLabels()
        .getOrDefault(label, "");
  }

  String resourceVersion(String namespace, String name) {
    return virtualService(namespace, name).getMetadata().getResourceVersion();
  }

  /** The time-out of the first route of a VirtualService. */
  String timeout(String namespace, String name) {
    return String.valueOf(
        virtualService(namespace, name).<Object>get("spec", "http", 0, "timeout"));
  }

  /** Changes it as a person with kubectl would. */
  void setTimeout(String namespace, String name, String hand, String timeout) {
    client
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            new PatchContext.Builder().withPatchType(PatchType.JSON).withFieldManager(hand).build(),
            "[{\"op\":\"replace\",\"path\":\"/spec/http/0/timeout\",\"value\":\"%s\"}]"
                .formatted(timeout));
  }

  private GenericKubernetesResource virtualService(String namespace, String name) {
    return client
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inNamespace(namespace)
        .withName(name)
        .require();
  }

  private List<GenericKubernetesResource> objects(ResourceDefinitionContext kind) {
    return client.genericKubernetesResources(kind).inAnyNamespace().list().getItems();
  }

  private static String name(GenericKubernetesResource object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}
