package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.corpus.Corpus;
import io.meshkeel.corpus.CorpusKind;
import io.meshkeel.corpus.Sample;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Whatever of the schemas of Istio and the Gateway API is applied to a real API server, the next
 * plan is empty. The objects are generated: every field, every word of an enumeration, defaults
 * written and left out. The test that changes all of them runs last.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ZeroDriftIT {
  private static final long SEED = 20_261;
  private static final List<String> CATALOGS = List.of("istio-1.31", "gateway-1.6");

  private static KubeApiServer server;
  private static KubeCluster cluster;

  /** The objects that the API server takes, and what they are about. */
  private static Map<Manifest, String> taken = new HashMap<>();

  /** What it said of the others. */
  private static Map<ResourceKey, String> refused = new TreeMap<>();

  private static final Map<ResourceKey, String> ABOUT = new HashMap<>();

  @BeforeAll
  static void applyAll() throws Exception {
    server = SharedServers.newKubeApiServer();
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(server, "control-plane"));
    List<Manifest> corpus = corpus();
    ApplyResult result = apply(corpus);
    result
        .outcomes()
        .forEach((key, outcome) -> {
          if (outcome instanceof Outcome.Failed failed) {
            refused.put(key, failed.message());
          }
        });
    for (Manifest manifest : corpus) {
      if (!refused.containsKey(manifest.key())) {
        taken.put(manifest, ABOUT.getOrDefault(manifest.key(), ""));
      }
    }
  }

  @AfterAll
  static void end() {
    cluster.close();
    server.close();
  }

  private static List<CorpusKind> kinds() {
    return CATALOGS.stream().flatMap(catalog -> CorpusKind.of(catalog).stream()).toList();
  }

  private static List<Manifest> corpus() {
    List<Manifest> corpus = new ArrayList<>();
    for (CorpusKind kind : kinds()) {
      int number = 0;
      for (Sample sample : Corpus.of(kind, SEED)) {
        Manifest manifest = manifest(kind, "sample-" + number++, sample.spec());
        ABOUT.put(manifest.key(), sample.about());
        corpus.add(manifest);
      }
    }
    return corpus;
  }

  private static Manifest manifest(CorpusKind kind, String name, Map<String, Object> spec) {
    return Declared.object(
        kind.apiVersion(),
        kind.kind().kind(),
        kind.clusterScoped() ? "" : "corpus",
        name,
        Map.of(),
        spec);
  }

  private static ApplyResult apply(List<Manifest> manifests) throws Exception {
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    return new Applier(16)
        .apply(Planner.plan(state(manifests), live), cluster, live, Optional.empty(), () -> false);
  }

  private static List<String> failures(ApplyResult result) {
    return result.outcomes().entrySet().stream()
        .filter(each -> each.getValue() instanceof Outcome.Failed)
        .map(each -> each + " | " + ABOUT.get(each.getKey()))
        .toList();
  }

  private static DesiredState state(List<Manifest> manifests) {
    return Declared.state(Declared.mesh(Declared.SPEC, Map.of()), manifests);
  }

  private static List<String> left(List<Manifest> manifests) throws Exception {
    Plan plan =
        Planner.plan(state(manifests), LiveSnapshot.list(cluster, Declared.MESH, List.of()));
    return Stream.concat(
            plan.steps().stream().map(step -> step.key() + " " + ABOUT.get(step.key())),
            DriftEntry.of(plan).stream()
                .map(entry -> entry.oneLine() + " | " + ABOUT.get(entry.key())))
        .toList();
  }

  @Test
  void thereAreObjectsOfEveryKindThatIsApplied() {
    Set<GroupKind> kinds =
        taken.keySet().stream().map(m -> m.key().groupKind()).collect(Collectors.toSet());
    assertThat(kinds).containsAll(Kinds.ISTIO).containsAll(Kinds.GATEWAY);
  }

  @Test
  void whatWasAppliedIsPlannedAgainWithoutAStep() throws Exception {
    assertThat(left(List.copyOf(taken.keySet()))).isEmpty();
  }

  /** Each object gets the content of the next one of its kind: fields come, change and go. */
  @Test
  void whatWasChangedIsPlannedAgainWithoutAStep() throws Exception {
    Map<GroupKind, List<Manifest>> byKind =
        taken.keySet().stream().collect(Collectors.groupingBy(m -> m.key().groupKind()));
    List<Manifest> changed = new ArrayList<>();
    byKind
        .values()
        .forEach(all -> {
          for (int i = 0; i < all.size(); i++) {
            Map<String, Object> content = new HashMap<>(all.get(i).content());
            content.put("spec", all.get((i + 1) % all.size()).spec());
            changed.add(Manifest.of(content));
          }
        });

    ApplyResult result = apply(changed);

    assertThat(failures(result)).isEmpty();
    assertThat(left(changed)).isEmpty();
  }

  /** Nothing is dropped in silence. */
  @Test
  void whatTheServerRefusesBreaksARule() {
    Set<String> rules = new TreeSet<>();
    CATALOGS.forEach(catalog -> rules.addAll(CorpusKind.ruleMessages(catalog)));
    assertThat(refused.values())
        .allSatisfy(said -> assertThat(rules.stream().filter(said::contains)).isNotEmpty());
    assertThat(refused.keySet().stream().map(key -> key.kind() + " " + ABOUT.get(key)))
        .as(refused.toString())
        .containsExactlyInAnyOrder("GRPCRoute rules.[].matches.[].method = {}");
    assertThat(taken).hasSizeGreaterThan(2_700);
  }

  @Test
  void aMapIsEmptiedWhileAnotherFieldChanges() throws Exception {
    try {
      assertThat(bring(rule(Map.of("http", Map.of("maxRetries", 3)), "a.example.com"))).isEmpty();
      assertThat(bring(rule(Map.of(), "b.example.com"))).isEmpty();
    } finally {
      apply(List.copyOf(taken.keySet()));
    }
  }

  /** The CRD puts back what the map held: that is no difference, and no reason to refuse. */
  @Test
  void aMapIsEmptiedThatTheServerFillsAgain() throws Exception {
    Map<String, Object> said = Map.of("namespaces", Map.of("from", "None"));
    try {
      assertThat(bring(gateway(said, 80))).isEmpty();
      assertThat(bring(gateway(Map.of(), 81))).isEmpty();
      assertThat(bring(gateway(said, 82))).isEmpty();
    } finally {
      apply(List.copyOf(taken.keySet()));
    }
  }

  private static Manifest gateway(Map<String, Object> allowed, int port) {
    return Declared.object(
        "gateway.networking.k8s.io/v1",
        "Gateway",
        "corpus",
        "emptied",
        Map.of(),
        Map.of(
            "gatewayClassName",
            "istio",
            "allowedListeners",
            allowed,
            "listeners",
            List.of(Map.of("name", "http", "port", port, "protocol", "HTTP"))));
  }

  private static Manifest rule(Map<String, Object> pool, String host) {
    return Declared.object(
        "networking.istio.io/v1",
        "DestinationRule",
        "corpus",
        "emptied",
        Map.of(),
        Map.of("host", host, "trafficPolicy", Map.of("connectionPool", pool)));
  }

  private static List<String> bring(Manifest manifest) throws Exception {
    List<Manifest> all = new ArrayList<>(taken.keySet());
    all.add(manifest);
    ApplyResult result = apply(all);
    assertThat(result.complete()).as(result.toString()).isTrue();
    return left(all);
  }
}
