package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.joined.KeptMesh;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a change of one object costs follows what it touches: many services whose subsets, gateways
 * and labels have the same names, as those of a real mesh have.
 */
final class KeptMeshCostTest {
  private static final int SERVICES = 120;
  private static final int OBJECTS = 3 * SERVICES;
  private static final ClusterName CLUSTER = new ClusterName("c1");
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final TestingRepository repository = new TestingRepository();
  private final List<Manifest> running = new ArrayList<>();
  private final Map<Declaration, ObjectView> views = new IdentityHashMap<>();
  private final KeptMesh kept;

  KeptMeshCostTest() {
    for (int i = 0; i < SERVICES; i++) {
      repository.put("routes/" + i + ".yaml", route(i, "5s"));
      repository.put("rules/" + i + ".yaml", rule(i, 100));
      repository.put("policies/" + i + ".yaml", policy(i, "GET"));
      running.add(service(i));
      running.add(pod(i, "v1"));
      running.add(pod(i, "v2"));
    }
    kept = new KeptMesh(mesh().mesh().spec());
    assertThat(tell()).isGreaterThan(2 * OBJECTS);
    assertThat(tell()).isZero();
  }

  private static String route(int i, String timeout) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: s%1$d, namespace: shop}
    spec:
      hosts: [s%1$d]
      http:
      - timeout: %2$s
        route:
        - destination: {host: s%1$d, subset: v1}
          weight: 90
        - destination: {host: s%1$d, subset: v2}
          weight: 10
    """
        .formatted(i, timeout);
  }

  private static String rule(int i, int connections) {
    return """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: s%1$d, namespace: shop}
    spec:
      host: s%1$d
      trafficPolicy: {connectionPool: {tcp: {maxConnections: %2$d}}}
      subsets:
      - {name: v1, labels: {version: v1}}
      - {name: v2, labels: {version: v2}}
    """
        .formatted(i, connections);
  }

  private static String policy(int i, String method) {
    return """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: s%1$d, namespace: shop}
    spec:
      selector: {matchLabels: {app: s%1$d}}
      rules:
      - to: [{operation: {methods: [%2$s]}}]
    """
        .formatted(i, method);
  }

  private static Manifest service(int i) {
    return manifest(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s%1$d, namespace: shop}
        spec:
          selector: {app: s%1$d}
          ports: [{name: http, port: 80}]
        """
            .formatted(i));
  }

  private static Manifest pod(int i, String version) {
    return manifest(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: s%1$d-%2$s
          namespace: shop
          labels: {app: s%1$d, version: %2$s}
        spec:
          containers: [{name: app, image: app}, {name: istio-proxy, image: "proxyv2:1.31.0"}]
        status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
        """
            .formatted(i, version));
  }

  private static Manifest manifest(String yaml) {
    return Manifest.of(
        PositionedYaml.read("found.yaml", yaml.getBytes(StandardCharsets.UTF_8)).root());
  }

  private MeshDeclarations mesh() {
    return repository.mesh(repository.snapshot());
  }

  private Evidence evidence() {
    Set<GroupKind> known = new HashSet<>(ObservedKinds.ISTIO);
    known.addAll(ObservedKinds.WORKLOADS);
    known.addAll(Set.of(ObservedKinds.POD, ObservedKinds.SERVICE, ObservedKinds.NAMESPACE));
    return new Evidence(
        new Inventory(Map.of(CLUSTER, ClusterInventory.of(CLUSTER, known, running))),
        Optional.empty(),
        true);
  }

  /** How many slices are made. */
  private int tell() {
    MeshDeclarations mesh = mesh();
    List<ObjectView> objects =
        mesh.objects().stream()
            .map(
                object -> views.computeIfAbsent(object, one -> ObjectView.of(one, "cluster.local")))
            .toList();
    kept.tell(mesh, objects, evidence(), NOW, object -> true);
    return kept.made();
  }

  @Test
  void aRouteTouchesItselfAndTheRuleOfItsHost() {
    repository.put("routes/7.yaml", route(7, "6s"));
    assertThat(tell()).isBetween(2, 4);
  }

  @Test
  void aRuleTouchesItselfAndTheRoutesOfItsHost() {
    repository.put("rules/7.yaml", rule(7, 101));
    assertThat(tell()).isBetween(2, 4);
  }

  @Test
  void aPolicyTouchesItself() {
    repository.put("policies/7.yaml", policy(7, "POST"));
    assertThat(tell()).isBetween(2, 4);
  }

  @Test
  void aPodInPlaceOfAnotherTouchesItsServiceAndWhatIsSaidOfIt() {
    running.set(3 * 7 + 1, pod(7, "v3"));
    assertThat(tell()).isBetween(3, 8);
  }

  @Test
  void whatIsUndoneTouchesAsMuch() {
    repository.put("rules/7.yaml", rule(7, 101));
    tell();
    repository.put("rules/7.yaml", rule(7, 100));
    assertThat(tell()).isBetween(2, 4);
  }

  @Test
  void anObjectThatIsNowThereAsDeclaredTouchesNothing() {
    running.addAll(mesh().objects().stream().map(Declaration::manifest).toList());
    assertThat(tell()).isLessThan(5);
  }
}
