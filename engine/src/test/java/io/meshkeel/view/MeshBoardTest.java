package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows that are kept up to date are those that a look at everything gives. */
class MeshBoardTest {
  private static final List<String> CLUSTERS = List.of("east", "north", "west");
  private static final List<String> NAMESPACES = List.of("shop", "bank", "istio-system");
  private static final List<String> NAMES = List.of("web", "api", "db");

  /** A cluster in memory. */
  private static final class Holding implements MeshBoard.Source {
    private final Map<ResourceKey, Manifest> objects = new TreeMap<>();
    private Set<GroupKind> known = ObservedKinds.ALL;

    @Override
    public Set<GroupKind> known() {
      return known;
    }

    @Override
    public Optional<Manifest> get(ResourceKey key) {
      return Optional.ofNullable(objects.get(key));
    }

    @Override
    public Optional<LiveObject> live(ResourceKey key) {
      return Held.of(inventory("any")).live(key);
    }

    @Override
    public Collection<Manifest> objects() {
      return objects.values();
    }

    ClusterInventory inventory(String name) {
      return ClusterInventory.of(
          new ClusterName(name),
          known,
          objects.values().stream()
              .filter(object -> known.contains(object.key().groupKind()))
              .toList());
    }
  }

  private final Map<String, Holding> clusters = new TreeMap<>();
  private final Random random = new Random(7);

  MeshBoardTest() {
    CLUSTERS.forEach(name -> clusters.put(name, new Holding()));
  }

  private Holding holding(String name) {
    return Objects.requireNonNull(clusters.get(name));
  }

  private static MeshDeclarations declared(String... routes) {
    TestScene scene =
        TestScene.ofMesh()
            .declare(
                "north.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: MeshCluster
                metadata: {name: north}
                spec: {role: ControlPlane, network: one, credential: north}
                """);
    for (String route : routes) {
      scene.declare(route.replaceAll("[^a-z]", "") + ".yaml", route);
    }
    return scene.scene().declared().orElseThrow();
  }

  private static String route(String name, String subset) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {namespace: shop, name: %1$s}
    spec:
      hosts: [%1$s]
      http: [{route: [{destination: {host: %1$s, subset: %2$s}}]}]
    """
        .formatted(name, subset);
  }

  private static MeshBoard board(MeshDeclarations mesh) {
    return new MeshBoard(mesh, List.of(), new DesiredStates().of(mesh));
  }

  private Map<ClusterName, MeshBoard.Source> sources() {
    Map<ClusterName, MeshBoard.Source> sources = new HashMap<>();
    clusters.forEach((name, holding) -> sources.put(new ClusterName(name), holding));
    return sources;
  }

  private void assertSame(MeshBoard board, MeshDeclarations mesh, Object when) {
    Map<ClusterName, ClusterInventory> seen = new HashMap<>();
    clusters.forEach((name, holding) -> seen.put(new ClusterName(name), holding.inventory(name)));
    List<Scene> whole = List.of(Scene.of(mesh, List.of(), new Inventory(seen)));
    List<Scene> kept = List.of(board.scene());
    for (String name :
        List.of(
            "overview",
            "services",
            "traffic",
            "security",
            "sidecars",
            "clusters",
            "gateways",
            "config")) {
      Module<?> module = Modules.find(name).orElseThrow();
      assertThat(module.json(kept, Module.Filter.ALL))
          .as("%s after %s", name, when)
          .containsExactlyElementsOf(module.json(whole, Module.Filter.ALL));
      assertThat(module.notes(kept, Module.Filter.ALL))
          .isEqualTo(module.notes(whole, Module.Filter.ALL));
    }
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Manifest manifest(String yaml) {
    return Manifest.of(PositionedYaml.read("t", yaml.getBytes(StandardCharsets.UTF_8)).root());
  }

  private Manifest object() {
    String name = any(NAMES);
    String namespace = any(NAMESPACES);
    String head = "metadata: {namespace: %s, name: %s".formatted(namespace, name);
    return manifest(
        switch (random.nextInt(18)) {
          case 0 ->
              "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {istio-injection: %s}}"
                  .formatted(namespace, any(List.of("enabled", "disabled")));
          case 1 ->
              "apiVersion: v1\nkind: Service\n%s}\nspec: {type: %s, clusterIP: 10.0.0.1, selector: {app: %s}, ports: [{port: 80, name: %s}]}"
                  .formatted(head, any(List.of("ClusterIP", "NodePort")), any(NAMES), name);
          case 2, 3 ->
              """
              apiVersion: apps/v1
              kind: Deployment
              %s, labels: {app: %s}}
              spec:
                replicas: 2
                template:
                  metadata: {labels: {app: %s, istio: %s}, annotations: {inject.istio.io/templates: %s}}
                  spec: {containers: [{name: app, image: "app:1", ports: [{containerPort: 80}]}]}
              """
                  .formatted(
                      head,
                      any(List.of("istiod", "web")),
                      name,
                      any(List.of("ingress", "none")),
                      any(List.of("gateway", "sidecar")));
          case 4 ->
              "apiVersion: apps/v1\nkind: ReplicaSet\n%s-1, ownerReferences: [{kind: Deployment, name: %s, controller: true}]}\nspec: {}"
                  .formatted(head, name);
          case 5, 6, 7 ->
              """
              apiVersion: v1
              kind: Pod
              %1$s-1-%2$d, creationTimestamp: "2026-11-0%3$dT00:00:00Z", labels: {app: %4$s, pod-template-hash: "1"}, annotations: {sidecar.istio.io/status: '%5$s'}, ownerReferences: [{kind: ReplicaSet, name: %6$s-1, controller: true}]}
              spec: {containers: [{name: %7$s, image: proxy}, {name: app}]}
              status: {phase: %8$s, conditions: [{type: Ready, status: "%9$s"}]}
              """
                  .formatted(
                      head,
                      random.nextInt(2),
                      1 + random.nextInt(3),
                      any(NAMES),
                      any(List.of("{\"revision\":\"default\"}", "")),
                      name,
                      any(List.of("istio-proxy", "other")),
                      any(List.of("Running", "Succeeded")),
                      any(List.of("True", "False")));
          case 8 ->
              "apiVersion: networking.istio.io/v1\nkind: VirtualService\n%s}\nspec: {hosts: [%s, %s.com], http: [{route: [{destination: {host: %s}}]}]}"
                  .formatted(head, any(NAMES), name, any(NAMES));
          case 9 ->
              "apiVersion: networking.istio.io/v1\nkind: DestinationRule\n%s}\nspec: {host: %s, subsets: [{name: v1, labels: {version: v1}}]}"
                  .formatted(head, any(NAMES));
          case 10 ->
              "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n%s, creationTimestamp: \"2026-11-0%dT00:00:00Z\"}\nspec: {mtls: {mode: %s}}"
                  .formatted(
                      head, 1 + random.nextInt(3), any(List.of("STRICT", "PERMISSIVE", "DISABLE")));
          case 11 ->
              "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n%s}\nspec: {action: %s, selector: {matchLabels: {app: %s}}, rules: [{from: [{source: {namespaces: [bank]}}]}]}"
                  .formatted(head, any(List.of("ALLOW", "DENY")), any(NAMES));
          case 12 ->
              "apiVersion: networking.istio.io/v1\nkind: Gateway\n%s}\nspec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [%s.com]}]}"
                  .formatted(head, any(NAMES));
          case 13 ->
              "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n%s}\nspec: {hostnames: [%s.com], parentRefs: [{name: gw}, {kind: Service, group: \"\", name: %s}], rules: [{backendRefs: [{name: web, port: 80}]}]}"
                  .formatted(head, name, any(NAMES));
          case 15 ->
              "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n%s}\nspec: {scaleTargetRef: {kind: Deployment, name: %s}, maxReplicas: %d}"
                  .formatted(head, any(NAMES), 1 + random.nextInt(9));
          case 16 ->
              "apiVersion: policy/v1\nkind: PodDisruptionBudget\n%s}\nspec: {maxUnavailable: %d, selector: {matchLabels: {app: %s}}}"
                  .formatted(head, 1 + random.nextInt(9), any(NAMES));
          case 14 ->
              "apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: istio-system, name: istio-sidecar-injector}\ndata: {config: 'policy: %s'}"
                  .formatted(any(List.of("enabled", "disabled")));
          default ->
              "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\n%s}\nspec: {selector: {matchLabels: {app: %s}}, jwtRules: [{issuer: a}]}"
                  .formatted(head, any(NAMES));
        });
  }

  /** Some objects of one cluster appear, change or go; returns their keys. */
  private Set<ResourceKey> change(Holding holding) {
    Set<ResourceKey> keys = new HashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      if (random.nextInt(3) == 0 && !holding.objects.isEmpty()) {
        ResourceKey gone = any(new ArrayList<>(holding.objects.keySet()));
        holding.objects.remove(gone);
        keys.add(gone);
      } else {
        Manifest object = object();
        holding.objects.put(object.key(), object);
        keys.add(object.key());
      }
    }
    return keys;
  }

  @Test
  void afterAnyChangesTheRowsAreThoseOfALookAtEverything() {
    MeshDeclarations mesh = declared(route("web", "v1"));
    MeshBoard board = board(mesh);
    board.refill(sources());
    for (int i = 0; i < 1_500; i++) {
      String name = any(CLUSTERS);
      Set<ResourceKey> keys = change(holding(name));
      board.touch(new ClusterName(name), keys);
      if (i % 3 == 0) {
        assertSame(board, mesh, i + ": " + keys);
      }
    }
    assertThat(board.scene().keptRows("security").orElseThrow()).isNotEmpty();
    assertThat(board.scene().keptRows("gateways").orElseThrow()).isNotEmpty();
  }

  @Test
  void anotherRevisionChangesWhatItDeclaresOtherwise() {
    DesiredStates states = new DesiredStates();
    MeshDeclarations mesh = declared(route("web", "v1"));
    MeshBoard board = new MeshBoard(mesh, List.of(), states.of(mesh));
    board.refill(sources());
    for (int i = 0; i < 60; i++) {
      String name = any(CLUSTERS);
      board.touch(new ClusterName(name), change(holding(name)));
      if (i % 5 == 0) {
        mesh =
            i % 10 == 0
                ? declared(route("web", any(NAMES)), route("api", "v2"))
                : declared(route("web", "v3"), route("db", any(NAMES)));
        board.declare(mesh, List.of(), states.of(mesh));
      }
      assertSame(board, mesh, "revision " + i);
    }
  }

  @Test
  void aKindThatIsNotKnownIsSaidAndItsObjectsAreNotShown() {
    MeshDeclarations mesh = declared(route("web", "v1"));
    clusters
        .values()
        .forEach(holding -> {
          for (int i = 0; i < 30; i++) {
            change(holding);
          }
        });
    Set<GroupKind> some = new HashSet<>(ObservedKinds.ALL);
    some.removeAll(
        Set.of(ObservedKinds.POD, new GroupKind("security.istio.io", "PeerAuthentication")));
    holding("east").known = some;
    MeshBoard board = board(mesh);
    board.refill(sources());
    assertSame(board, mesh, "half known");
    assertThat(board.known(new ClusterName("east"))).isEqualTo(some);
    board.touch(new ClusterName("east"), change(holding("east")));
    assertSame(board, mesh, "a change of what is half known");
    holding("east").known = ObservedKinds.ALL;
    board.refill(sources());
    assertSame(board, mesh, "all known");
  }

  @Test
  void aShownSceneIsAValue() {
    MeshDeclarations mesh = declared(route("web", "v1"));
    MeshBoard board = board(mesh);
    board.refill(sources());
    Scene before = board.scene();
    Module<?> config = Modules.find("config").orElseThrow();
    Object told = config.json(List.of(before), Module.Filter.ALL);
    Holding east = holding("east");
    Manifest web = manifest(route("web", "v1"));
    east.objects.put(web.key(), web);
    board.touch(new ClusterName("east"), Set.of(web.key()));
    assertThat(config.json(List.of(board.scene()), Module.Filter.ALL)).isNotEqualTo(told);
    assertThat(config.json(List.of(before), Module.Filter.ALL)).isEqualTo(told);
  }
}
