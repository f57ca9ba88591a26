package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/**
 * A small mesh in which names, hosts, subsets and selectors often meet, and the clusters under it.
 * Each step changes a few things at random.
 */
final class RandomMesh {
  private static final List<String> NAMESPACES = RandomFound.NAMESPACES;
  private static final List<String> EXPORTS =
      List.of("", ", exportTo: [\".\"]", ", exportTo: [web]");
  private static final List<String> CLUSTERS = List.of("c1", "c2", "c3");
  private static final int NUMBERS = 24;

  private final Random random;
  private final TestingRepository repository = new TestingRepository();
  private final Map<String, Map<String, Manifest>> held = new HashMap<>();
  private final Map<String, Set<GroupKind>> known = new HashMap<>();
  private final RandomFound found;
  private final RandomPolicies policies;
  private Optional<Traffic> traffic = Optional.empty();
  private boolean complete = true;

  RandomMesh(long seed) {
    this.random = new Random(seed);
    this.found = new RandomFound(random);
    this.policies = new RandomPolicies(random);
    repository.put(
        "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31", topology: MultiPrimary}
        """);
    for (String cluster : List.of("c2", "c3")) {
      repository.put(
          "clusters/" + cluster + ".yaml",
          """
          apiVersion: meshkeel.io/v1alpha1
          kind: MeshCluster
          metadata: {name: %s}
          spec: {role: %s, credential: %1$s}
          """
              .formatted(cluster, cluster.equals("c2") ? "DataPlane" : "ControlPlane"));
    }
  }

  TestingRepository repository() {
    return repository;
  }

  /** Much that is there from the start. */
  void fill() {
    for (int i = 0; i < 30; i++) {
      changeFiles();
    }
    for (int i = 0; i < 60; i++) {
      changeClusters();
    }
  }

  /** Mostly one: what two changes have in common hides what one alone would show. */
  private int few() {
    return random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(4);
  }

  /** Changes a few files. */
  void changeFiles() {
    for (int i = 0; i < few(); i++) {
      int number = random.nextInt(NUMBERS);
      if (random.nextInt(30) == 0) {
        repository.put("own/" + number % 2 + ".yaml", policies.own(number % 2));
      }
      String file = "objects/" + number + ".yaml";
      if (random.nextInt(5) == 0) {
        repository.remove(file);
      } else {
        repository.put(file, declared(number));
      }
    }
  }

  /** Changes what clusters hold, or which of them are looked at. */
  void changeClusters() {
    complete = random.nextInt(30) > 0;
    String cluster = any(random, List.of("c1", "c1", "c1", "c2", "c3"));
    switch (random.nextInt(40)) {
      case 0 -> {
        held.remove(cluster);
        known.remove(cluster);
      }
      case 1 ->
          known.put(
              cluster,
              random.nextInt(3) == 0
                  ? Set.of(ObservedKinds.SERVICE, ObservedKinds.POD)
                  : everything());
      case 2, 3, 4 -> traffic = traffic();
      default -> {
        known.putIfAbsent(cluster, everything());
        for (int i = 0; i < few(); i++) {
          Manifest manifest = manifest(found());
          Map<String, Manifest> there = held.computeIfAbsent(cluster, c -> new HashMap<>());
          if (there.remove(manifest.key().toString()) == null || random.nextInt(3) > 0) {
            there.put(manifest.key().toString(), manifest);
          }
        }
      }
    }
  }

  private static Set<GroupKind> everything() {
    Set<GroupKind> all = new HashSet<>(ObservedKinds.ISTIO);
    all.addAll(ObservedKinds.GATEWAY_API);
    all.addAll(ObservedKinds.WORKLOADS);
    all.addAll(
        Set.of(
            ObservedKinds.POD,
            ObservedKinds.SERVICE,
            ObservedKinds.NAMESPACE,
            ObservedKinds.SECRET,
            ObservedKinds.SERVICE_ACCOUNT,
            ObservedKinds.CONFIG_MAP,
            ObservedKinds.DEFINITION,
            ObservedKinds.MUTATING_WEBHOOK));
    return all;
  }

  /** What is seen of the clusters now. */
  Evidence evidence() {
    Map<ClusterName, ClusterInventory> inventories = new HashMap<>();
    known.forEach((name, kinds) ->
        inventories.put(
            new ClusterName(name),
            ClusterInventory.of(
                new ClusterName(name), kinds, held.getOrDefault(name, Map.of()).values())));
    return new Evidence(new Inventory(inventories), traffic, complete);
  }

  private Optional<Traffic> traffic() {
    List<TrafficEdge> edges = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      edges.add(
          new TrafficEdge(
              new TrafficEdge.End(any(random, CLUSTERS), any(random, NAMESPACES), "ratings"),
              new TrafficEdge.End(any(random, CLUSTERS), any(random, NAMESPACES), "reviews"),
              any(random, List.of("reviews.shop.svc.cluster.local", "api.example.com")),
              "http",
              new TrafficEdge.Figures(
                  1,
                  0,
                  0,
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  OptionalDouble.of(random.nextInt(2)))));
    }
    return edges.isEmpty() ? Optional.empty() : Optional.of(new Traffic("", edges));
  }

  private static Manifest manifest(String yaml) {
    PositionedYaml read = PositionedYaml.read("found.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(read.problems()).as(yaml).isEmpty();
    return Manifest.of(read.root());
  }

  /** What may be found in a cluster. */
  private String found() {
    return switch (random.nextInt(6)) {
      case 0 ->
          declared(random.nextInt(NUMBERS))
              .replaceFirst(
                  "metadata: \\{", "metadata: {labels: {app.kubernetes.io/managed-by: meshkeel}, ");
      case 1 -> declared(random.nextInt(NUMBERS + 3));
      default -> found.object();
    };
  }

  private String declared(int number) {
    return random.nextBoolean() ? object(random, number) : policies.object(number);
  }

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** An object that a file may hold. */
  private static String object(Random random, int number) {
    String namespace = any(random, NAMESPACES);
    String host =
        any(
            random,
            List.of(
                "reviews",
                "reviews.shop",
                "reviews.shop.svc.cluster.local",
                "reviews.web.svc.cluster.local"));
    String head = "\nmetadata: {name: o" + number + ", namespace: " + namespace + "}\n";
    return switch (random.nextInt(13)) {
      case 0, 1 ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + head
              + "spec: {hosts: ["
              + host
              + "], gateways: [mesh"
              + any(random, List.of("", ", o1", ", shop/o2"))
              + "], http: [{route: [{destination: {host: "
              + host
              + any(random, List.of("", ", subset: v1", ", subset: v2"))
              + any(random, List.of("", ", port: {number: 80}"))
              + "}}]}]"
              + any(random, EXPORTS)
              + "}\n";
      case 2, 3 ->
          "apiVersion: networking.istio.io/v1\nkind: DestinationRule"
              + head
              + "spec: {host: "
              + any(random, List.of(host, "\"*.svc.cluster.local\""))
              + ", subsets: [{name: "
              + any(random, List.of("v1", "v2"))
              + any(random, List.of("", ", trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}"))
              + "}]"
              + any(random, List.of("", ", trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}"))
              + any(random, EXPORTS)
              + "}\n";
      case 4 ->
          "apiVersion: networking.istio.io/v1\nkind: Gateway"
              + head
              + "spec: {selector: {istio: "
              + any(random, List.of("a", "b"))
              + "}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["
              + any(
                  random,
                  List.of(
                      "a.example.com",
                      "\"*/a.example.com\"",
                      "shop/b.example.com",
                      "\"*.svc.cluster.local\""))
              + "]}]}\n";
      case 5 ->
          "apiVersion: security.istio.io/v1\nkind: PeerAuthentication"
              + head
              + any(
                  random,
                  List.of(
                      "spec: {mtls: {mode: STRICT}}\n",
                      "spec: {selector: {matchLabels: {app: a}}}\n",
                      "spec: {selectorr: {}}\n"));
      case 6 ->
          "apiVersion: networking.istio.io/v1\nkind: Gateway"
              + head
              + "spec: {selector: {istio: a}, servers: [{port: {number: 443, name: https, protocol:"
              + " HTTPS}, hosts: ["
              + any(
                  random,
                  List.of(
                      "\"*.example.com\"], tls: {mode: SIMPLE",
                      "a.example.com], tls: {mode: MUTUAL"))
              + ", credentialName: "
              + any(random, List.of("c", "d"))
              + "}}]}\n";
      case 7 ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + head
              + "spec: {hosts: [a.example.com], gateways: [o1, shop/o2, web/o3], http: ["
              + any(
                  random,
                  List.of(
                      "{directResponse: {status: 421}}",
                      "{match: [{headers: {\"@request.auth.claims.a\": {exact: b}}}],"
                          + " directResponse: {status: 200}}",
                      "{directResponse: {status: 200}}"))
              + "]}\n";
      case 8 ->
          any(
                  random,
                  List.of(
                      "apiVersion: networking.istio.io/v1\nkind: Sidecar",
                      "apiVersion: telemetry.istio.io/v1\nkind: Telemetry",
                      "apiVersion: security.istio.io/v1\nkind: RequestAuthentication"))
              + head
              + any(random, List.of("spec: {}\n", "spec: {selector: {matchLabels: {istio: a}}}\n"));
      case 9 ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + "\nmetadata: {name: o"
              + number
              + ", namespace: "
              + namespace
              + any(
                  random,
                  List.of(
                      "",
                      ", annotations: {meshkeel.io/expires: \"2020-01-01\"}",
                      ", annotations: {meshkeel.io/expires: \"2999-01-01\"}"))
              + "}\nspec: {hosts: ["
              + host
              + "], http: [{fault: {abort: {httpStatus: 500, percentage: {value: 1}}}, route:"
              + " [{destination: {host: "
              + host
              + "}}]}]}\n";
      case 10 ->
          "apiVersion: networking.istio.io/v1\nkind: Sidecar"
              + head
              + "spec: {egress: [{hosts: ["
              + any(random, List.of("\"./*\"", "\"web/*\"", "\"*/reviews.shop.svc.cluster.local\""))
              + "]}]}\n";
      case 11 ->
          "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy"
              + head
              + "spec: {"
              + any(random, List.of("", "selector: {matchLabels: {app: a}}, "))
              + "action: "
              + any(random, List.of("ALLOW", "DENY"))
              + ", rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/x]}}], to:"
              + " [{operation: {methods: [GET]}}]}]}\n";
      default ->
          "apiVersion: networking.istio.io/v1\nkind: ServiceEntry"
              + head
              + "spec: {hosts: [reviews.shop.svc.cluster.local], ports: [{number: "
              + any(random, List.of("80", "443"))
              + ", name: http, protocol: "
              + any(random, List.of("HTTP", "GRPC"))
              + "}"
              + any(random, List.of("", ", {number: 8443, name: tls, protocol: TLS}"))
              + "], resolution: DNS}\n";
    };
  }
}
