package io.meshkeel.facts;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.facts.gateway.NetworkGateways;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.service.EntryService;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServicePort;
import io.meshkeel.facts.service.Services;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the facts say, held against a real istiod that is told the same. */
class IstiodOracleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ClusterName CLUSTER = new ClusterName("east");
  private static final String INJECTOR =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio-sidecar-injector, namespace: istio-system}
      data:
        values: '{"global": {}}'
        config: |
          policy: %s
          neverInjectSelector:
          - matchExpressions: [{key: tier, operator: In, values: [never, both]}]
          - matchExpressions: [{key: tier, operator: NoSuch, values: [always]}]
          - {}
          alwaysInjectSelector:
          - matchLabels: {tier: always}
          - matchExpressions: [{key: tier, operator: In, values: [both]}, {key: x, operator: DoesNotExist}]
          templates:
            sidecar: |
              spec:
                containers:
                - name: istio-proxy
                  image: proxy
      """;

  private static KubeApiServer server;
  private static Istiod istiod;

  @BeforeAll
  static void start() {
    server = SharedServers.newKubeApiServer();
    server.ensureNamespace("istio-system");
    server.ensureNamespace("shop");
    server.apply(INJECTOR.formatted("enabled"));
    istiod =
        Istiod.start(
            SharedServers.binaries().get(ServerBinary.ISTIOD),
            server,
            SharedServers.folder(SharedServers.newName("istiod")),
            IstiodOptions.PLAIN.with("PILOT_DEBOUNCE_AFTER", "10ms"));
  }

  @AfterAll
  static void end() {
    istiod.close();
    server.close();
  }

  /** A pod that istiod's injector is asked about. */
  record Asked(String namespace, Map<String, Object> pod) {}

  @Test
  void theInjectorDecidesAsExpected() throws Exception {
    for (String policy : List.of("enabled", "disabled", "sometimes")) {
      server.apply(INJECTOR.formatted(policy));
      await().until(() -> probe().equals(policy));
      Manifest configMap = ClusterObjects.object(INJECTOR.formatted(policy));
      List<String> wrong = new ArrayList<>();
      int asked = 0;
      for (Asked question : questions()) {
        boolean expected = expected(question, configMap);
        boolean found = injects(question);
        asked++;
        if (expected != found) {
          wrong.add(question + ": istiod says " + found);
        }
      }
      assertThat(asked).isEqualTo(4 * 3 * 2 * 3 * 4);
      assertThat(wrong).as("policy " + policy).isEmpty();
    }
  }

  /** The policy that istiod works with, told by two pods that only it decides. */
  private static String probe() throws Exception {
    boolean plain = injects(asked("shop", Map.of(), Map.of(), false));
    boolean asking =
        injects(asked("shop", Map.of("sidecar.istio.io/inject", "true"), Map.of(), false));
    return plain ? "enabled" : asking ? "disabled" : "sometimes";
  }

  private static List<Asked> questions() {
    List<Asked> all = new ArrayList<>();
    for (String namespace : List.of("shop", "kube-system", "local-path-storage")) {
      for (String label : List.of("", "true", "false", "maybe")) {
        for (String annotation : List.of("", "true", "false")) {
          for (String tier : List.of("", "never", "always", "both")) {
            for (boolean hostNetwork : new boolean[] {false, true}) {
              Map<String, String> labels = new HashMap<>();
              if (!label.isEmpty()) {
                labels.put("sidecar.istio.io/inject", label);
              }
              if (!tier.isEmpty()) {
                labels.put("tier", tier);
              }
              all.add(
                  asked(
                      namespace,
                      labels,
                      annotation.isEmpty()
                          ? Map.of()
                          : Map.of("sidecar.istio.io/inject", annotation),
                      hostNetwork));
            }
          }
        }
      }
    }
    return all;
  }

  private static Asked asked(
      String namespace,
      Map<String, String> labels,
      Map<String, String> annotations,
      boolean hostNetwork) {
    return new Asked(
        namespace,
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            Map.of(
                "name", "p",
                "namespace", namespace,
                "labels", labels,
                "annotations", annotations),
            "spec",
            Map.of(
                "hostNetwork",
                hostNetwork,
                "containers",
                List.of(Map.of("name", "c", "image", "i")))));
  }

  private static boolean expected(Asked question, Manifest configMap) {
    Manifest namespace =
        Manifest.of(
            Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata",
                    Map.of(
                        "name",
                        question.namespace(),
                        "labels",
                        Map.of("istio-injection", "enabled"))));
    ClusterInventory cluster =
        ClusterInventory.of(CLUSTER, Set.of(), List.of(namespace, configMap));
    return ClusterInjection.of(cluster, List.of(cluster), MeshSpecs.revision("default"))
            .expected(question.namespace(), PodShape.of(question.pod()))
            .answer()
        == Expectation.Answer.YES;
  }

  private static boolean injects(Asked question) throws IOException, InterruptedException {
    Map<String, Object> review =
        Map.of(
            "apiVersion", "admission.k8s.io/v1",
            "kind", "AdmissionReview",
            "request",
                Map.of(
                    "uid",
                    "1",
                    "namespace",
                    question.namespace(),
                    "operation",
                    "CREATE",
                    "object",
                    question.pod()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(istiod.url().resolve("/inject"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(review)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode response = JSON.readTree(answer.body()).path("response");
      assertThat(response.path("allowed").asBoolean()).as(answer.body()).isTrue();
      return response.has("patch");
    }
  }

  @Test
  void theRegistryHoldsTheSamePortsAndProtocols() throws Exception {
    List<Manifest> objects = registered();
    Map<String, Set<String>> expected = new TreeMap<>();
    for (MeshService service : services(objects).all()) {
      expected.put(service.host(), ports(service.clusters().values().iterator().next().ports()));
    }
    for (Manifest object : objects) {
      if (EntryService.isOne(object.key())) {
        EntryService entry = EntryService.of(object);
        entry.hosts().forEach(host -> expected.put(host, ports(entry.ports())));
      }
    }

    await()
        .untilAsserted(() -> {
          Map<String, Set<String>> found = new TreeMap<>();
          for (JsonNode service : JSON.readTree(istiod.debug("/debug/registryz"))) {
            String host = service.path("hostname").asText();
            if (expected.containsKey(host)) {
              Set<String> ports = new TreeSet<>();
              service
                  .path("ports")
                  .forEach(port ->
                      ports.add(
                          port.path("port").asLong()
                              + " "
                              + port.path("name").asText()
                              + " "
                              + port.path("protocol").asText()));
              found.put(host, ports);
            }
          }
          assertThat(found).isEqualTo(expected);
        });
    assertThat(expected.values().stream().mapToInt(Set::size).sum()).isGreaterThan(70);
  }

  private static Set<String> ports(List<ServicePort> ports) {
    Set<String> all = new TreeSet<>();
    for (ServicePort port : ports) {
      String protocol =
          port.protocol().word().equals("unknown") ? "UnsupportedProtocol" : port.protocol().word();
      all.add(port.number() + " " + port.name() + " " + protocol);
    }
    return all;
  }

  /**
   * Every name with and without an appProtocol, on ports that mean something and one that doesn't.
   */
  private static List<Manifest> registered() {
    List<String> names =
        List.of(
            "http",
            "http-a",
            "http2",
            "https",
            "grpc",
            "grpc-web",
            "grpc-web-a",
            "grpc-webx",
            "tcp",
            "tls-a",
            "mongo",
            "redis",
            "mysql",
            "udp",
            "main",
            "httpx",
            "a-http",
            "grpcweb");
    List<String> appProtocols =
        List.of(
            "",
            "http",
            "tcp",
            "kubernetes.io/h2c",
            "kubernetes.io/ws",
            "kubernetes.io/wss",
            "example.com/x",
            "grpc-web-y",
            "HTTP2");
    StringBuilder yaml = new StringBuilder();
    int number = 0;
    for (String appProtocol : appProtocols) {
      StringBuilder ports = new StringBuilder();
      int port = 8000;
      for (String name : names) {
        ports
            .append(ports.isEmpty() ? "" : ", ")
            .append("{port: ")
            .append(port++)
            .append(", name: ")
            .append(name)
            .append(appProtocol.isEmpty() ? "" : ", appProtocol: " + appProtocol)
            .append(name.equals("udp") ? ", protocol: UDP}" : "}");
      }
      for (int known : new int[] {25, 53, 3306, 27017}) {
        ports
            .append(", {port: ")
            .append(known)
            .append(", name: p")
            .append(known)
            .append(appProtocol.isEmpty() ? "}" : ", appProtocol: " + appProtocol + "}");
      }
      yaml.append(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: s%d, namespace: shop}
          spec: {ports: [%s]}
          ---
          """
              .formatted(number++, ports));
    }
    yaml.append(
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: e, namespace: shop}
        spec:
          hosts: [a.example.com, b.example.com]
          location: MESH_EXTERNAL
          resolution: DNS
          ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: x, protocol: TLS}, {number: 90, name: web, protocol: GRPC-WEB}]
        """);
    String text = yaml.toString();
    server.apply(text);
    return ClusterObjects.objects(text);
  }

  private static Services services(List<Manifest> objects) {
    ClusterInventory cluster = ClusterInventory.of(CLUSTER, Set.of(), objects);
    return Services.of(MeshSpecs.revision("default"), new Inventory(Map.of(CLUSTER, cluster)));
  }

  @Test
  void theWaysBetweenNetworksAreTheSame() throws Exception {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: istio-system, labels: {%s}}
        spec: {ports: [{name: tls, port: %d}]%s}
        """;
    String external = ", externalIPs: [%s]";
    String network = "topology.istio.io/network: ";
    List<String> texts =
        List.of(
            service.formatted("ew-a", network + "net-a", 15443, external.formatted("1.1.1.1")),
            service.formatted("ew-b", network + "net-b", 15443, ""),
            service.formatted("ew-c", network + "net-c", 443, external.formatted("1.1.1.3")),
            service.formatted(
                "ew-d",
                network + "net-d, networking.istio.io/gatewayPort: '443'",
                443,
                external.formatted("1.1.1.4")),
            service.formatted("ew-e", "a: b", 15443, external.formatted("1.1.1.5")),
            service.formatted("ew-f", network + "net-f", 15008, external.formatted("1.1.1.6")));
    List<Manifest> objects = new ArrayList<>();
    for (String text : texts) {
      server.apply(text);
      objects.add(ClusterObjects.object(text));
    }
    Set<String> expected = new TreeSet<>();
    NetworkGateways.of(services(objects))
        .forEach((name, ways) ->
            ways.stream()
                .filter(NetworkGateways.Way::usable)
                .forEach(
                    way -> way.addresses().forEach(address -> expected.add(name + " " + address))));
    assertThat(expected).hasSize(3);

    await()
        .untilAsserted(() -> {
          Set<String> found = new TreeSet<>();
          for (JsonNode way : JSON.readTree(istiod.debug("/debug/networkz"))) {
            found.add(way.path("Network").asText() + " " + way.path("Addr").asText());
          }
          assertThat(found).isEqualTo(expected);
        });
  }
}
