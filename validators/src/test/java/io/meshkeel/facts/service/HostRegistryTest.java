package io.meshkeel.facts.service;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static io.meshkeel.facts.ClusterObjects.object;
import static io.meshkeel.facts.ClusterObjects.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostRegistryTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, annotations: {networking.istio.io/exportTo: %s}}
      spec: {ports: [{port: 80, name: http}]}
      """;

  private static String entry(String id, String spec) {
    String[] names = id.split("/");
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {namespace: %s, name: %s}
    spec: {%s}
    """
        .formatted(names[0], names[1], spec);
  }

  private static HostRegistry registry(String service, String entries) {
    var east = cluster("east", service);
    return new HostRegistry(
        MESH,
        Services.of(MESH, new Inventory(Map.of(east.cluster(), east))),
        ServiceEntries.of(MESH, objects(entries)));
  }

  @Test
  void knowsServicesByTheirFullNameOnly() {
    HostRegistry registry = registry(SERVICE.formatted("'*'"), "");

    assertThat(registry.exactly("web.shop.svc.cluster.local")).hasSize(1);
    assertThat(registry.exactly("web.shop")).isEmpty();
    assertThat(registry.exactly("web")).isEmpty();
    assertThat(registry.exactly("web.shop.svc.other.local")).isEmpty();
    assertThat(registry.knows("web.shop.svc.cluster.local", "anywhere")).isTrue();
  }

  @ParameterizedTest(name = "exported to {0}, seen by {1}: {2}")
  @CsvSource({
    "'\"*\"', web, true",
    "., shop, true",
    "., web, false",
    "web, web, true",
    "web, shop, false",
    "'\"~\"', shop, false",
    "'\"web, other\"', other, true",
    "'\"\"', web, true",
  })
  void isSeenWhereItIsExported(String exportTo, String client, boolean seen) {
    HostRegistry registry = registry(SERVICE.formatted(exportTo), "");
    assertThat(registry.knows("web.shop.svc.cluster.local", client)).isEqualTo(seen);
  }

  @Test
  void aDestinationIsFoundByItsExactNameOnly() {
    HostRegistry registry =
        registry(
            SERVICE.formatted("'*'"),
            entry("shop/a", "hosts: ['*.example.com', api.example.org]")
                + "---\n"
                + entry("web/b", "hosts: ['*.com'], exportTo: [.]"));

    assertThat(registry.exactly("api.example.com")).isEmpty();
    assertThat(registry.exactly("api.example.org")).hasSize(1);
    assertThat(registry.covering("api.example.com"))
        .extracting(HostRegistry.Registered::host)
        .containsExactly("*.example.com", "*.com");
    assertThat(registry.covering("example.com"))
        .extracting(HostRegistry.Registered::host)
        .containsExactly("*.com");
    assertThat(registry.exactly("*.example.com")).hasSize(1);
    assertThat(registry.knows("*.com", "shop")).isFalse();
    assertThat(registry.knows("*.com", "web")).isTrue();
  }

  @Test
  void kubernetesCountsBeforeAnEntryOfTheSameName() {
    HostRegistry registry =
        registry(
            SERVICE.formatted("'*'"),
            entry("web/a", "hosts: [web.shop.svc.cluster.local], ports: [{number: 1}]"));

    assertThat(registry.exactly("web.shop.svc.cluster.local"))
        .extracting(HostRegistry.Registered::namespace)
        .containsExactly("shop", "web");
    assertThat(registry.namespacesOf("web.shop.svc.cluster.local")).containsExactly("shop", "web");
    assertThat(registry.namespacesOf("none.ops.svc.cluster.local")).containsExactly("ops");
    assertThat(registry.namespacesOf("none.example")).isEmpty();
  }

  @Test
  void readsWhatAnEntrySays() {
    EntryService entry =
        EntryService.of(
            object(
                entry(
                    "shop/a",
                    "hosts: [a.b], location: MESH_INTERNAL, resolution: STATIC,"
                        + " ports: [{number: 443, name: x, protocol: tls, targetPort: 8443}],"
                        + " endpoints: [{address: 1.1.1.1, labels: {v: a}, network: vms,"
                        + " locality: r/z}], workloadSelector: {labels: {app: x}}")));

    assertThat(entry.external()).isFalse();
    assertThat(entry.ports())
        .containsExactly(new ServicePort("x", 443, "TCP", "tls", "8443", Protocol.TLS));
    assertThat(entry.endpoints())
        .containsExactly(new EntryService.Endpoint("1.1.1.1", Map.of("v", "a"), "vms", "r/z"));
    assertThat(entry.selector()).isEqualTo(Map.of("app", "x"));
    assertThat(EntryService.of(object(entry("shop/b", "hosts: [a]"))).external()).isTrue();
    assertThat(EntryService.of(object(entry("shop/b", "hosts: [a]"))).resolution())
        .isEqualTo("NONE");
  }

  @Test
  void aChangeNamesTheHostsItTouches() {
    ServiceEntries entries = new ServiceEntries(MESH);

    assertThat(entries.put(object(entry("shop/a", "hosts: [a, b]")))).containsOnly("a", "b");
    assertThat(entries.put(object(entry("shop/a", "hosts: [b, c]")))).containsOnly("a", "b", "c");
    assertThat(entries.withHost("a")).isEmpty();
    assertThat(entries.all()).hasSize(1);
    assertThat(entries.remove(new ResourceKey("networking.istio.io", "ServiceEntry", "shop", "a")))
        .containsOnly("b", "c");
    assertThat(entries.withHost("b")).isEmpty();
    assertThat(entries.put(object("{apiVersion: v1, kind: Pod, metadata: {name: a}}"))).isEmpty();
    assertThat(entries.remove(new ResourceKey("", "Pod", "shop", "a"))).isEmpty();
  }
}
