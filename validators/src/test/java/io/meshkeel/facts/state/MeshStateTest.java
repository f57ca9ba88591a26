package io.meshkeel.facts.state;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.injection.SidecarState;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.service.ServedPort;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MeshStateTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final ClusterName HOME = new ClusterName("home");
  private static final ClusterName FAR = new ClusterName("far");
  private static final String WEB_HOST = "web.shop.svc.cluster.local";
  private static final WorkloadKey WEB = new WorkloadKey(FAR, "shop", "Pod", "web");
  private static final ServiceKey SERVICE = new ServiceKey("shop", "web");

  private final MeshState state = new MeshState(MESH, HOME);

  private static Manifest pod(String name, String labels) {
    return object(
        "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop, labels: {%s}}}"
            .formatted(name, labels));
  }

  private static Manifest service(String name, String selector) {
    return object(
        "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop}, spec: {selector: {%s}, ports: [{port: 80, name: http}]}}"
            .formatted(name, selector));
  }

  private static Manifest configuration(String group, String kind, String name, String spec) {
    return object(
        "{apiVersion: %s/v1, kind: %s, metadata: {name: %s, namespace: shop}, spec: {%s}}"
            .formatted(group, kind, name, spec));
  }

  private static Manifest entry(String name, String spec) {
    return configuration("networking.istio.io", "ServiceEntry", name, spec);
  }

  private static Manifest strict() {
    return configuration("security.istio.io", "PeerAuthentication", "p", "mtls: {mode: STRICT}");
  }

  private static Manifest namespace(String labels) {
    return object(
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}"
            .formatted(labels));
  }

  @Test
  void aPodTouchesItsWorkloadAndWhatItServes() {
    state.put(FAR, service("web", "app: web"));
    state.put(FAR, service("other", "app: other"));
    state.put(HOME, entry("e", "hosts: [a.example], workloadSelector: {labels: {app: web}}"));

    Touched added = state.put(FAR, pod("web", "app: web"));

    assertThat(added.workloads()).containsExactly(WEB);
    assertThat(added.services()).containsExactly(SERVICE);
    assertThat(added.hosts()).containsExactly("a.example");
    assertThat(state.put(FAR, pod("web", "app: other")).services())
        .containsExactlyInAnyOrder(SERVICE, new ServiceKey("shop", "other"));
    assertThat(state.remove(FAR, pod("web", "").key()).services())
        .containsExactly(new ServiceKey("shop", "other"));
    assertThat(state.remove(FAR, pod("web", "").key())).isEqualTo(Touched.NOTHING);
  }

  @Test
  void aServiceTouchesTheWorkloadsItSelectsAndThoseItLetsGo() {
    state.put(FAR, pod("web", "app: web"));
    state.put(FAR, pod("old", "app: old"));
    state.put(HOME, pod("web", "app: web"));
    state.put(FAR, service("web", "app: old"));

    Touched changed = state.put(FAR, service("web", "app: web"));

    assertThat(changed.workloads())
        .containsExactlyInAnyOrder(WEB, new WorkloadKey(FAR, "shop", "Pod", "old"));
    assertThat(changed.services()).containsExactly(SERVICE);
    assertThat(changed.hosts()).containsExactly(WEB_HOST);
    assertThat(state.remove(FAR, service("web", "").key()).workloads()).containsExactly(WEB);
    assertThat(state.put(FAR, pod("web", "app: web, a: b")).services())
        .as("the service that is gone is forgotten")
        .isEmpty();
  }

  @Test
  void aServiceEntryTouchesItsHostsAndTheWorkloadsOfEveryCluster() {
    state.put(FAR, pod("web", "app: web"));
    state.put(HOME, pod("web", "app: web"));
    Manifest entry = entry("e", "hosts: [a.example], workloadSelector: {labels: {app: web}}");

    assertThat(state.put(HOME, entry).workloads())
        .containsExactlyInAnyOrder(WEB, new WorkloadKey(HOME, "shop", "Pod", "web"));
    assertThat(state.put(FAR, pod("web", "app: web, a: b")).hosts()).containsExactly("a.example");
    assertThat(state.remove(HOME, entry.key()).hosts()).containsExactly("a.example");
    assertThat(state.put(FAR, pod("web", "app: web")).hosts()).isEmpty();
  }

  @Test
  void aPolicyTouchesItsNamespaceInAllClusters() {
    state.put(FAR, pod("web", "app: web"));
    Touched touched = state.put(HOME, strict());

    assertThat(touched.namespaces()).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(state.workloads(touched)).containsExactly(WEB);
    assertThat(touched.touches(WEB)).isTrue();
    assertThat(touched.touches(new WorkloadKey(FAR, "web", "Pod", "web"))).isFalse();
    assertThat(state.peerAuthentications().of("shop", Map.of()).whole().mode())
        .isEqualTo(MtlsMode.STRICT);
    assertThat(state.remove(HOME, strict().key()).namespaces().namespaces())
        .containsExactly("shop");
  }

  @Test
  void configurationOfAnotherClusterTouchesNothing() {
    assertThat(state.put(FAR, strict())).isEqualTo(Touched.NOTHING);
    assertThat(state.put(FAR, entry("e", "hosts: [a.example]"))).isEqualTo(Touched.NOTHING);
    assertThat(state.remove(FAR, strict().key())).isEqualTo(Touched.NOTHING);
    assertThat(state.peerAuthentications().of("shop", Map.of()).whole().mode())
        .isEqualTo(MtlsMode.PERMISSIVE);
    assertThat(state.hosts().exactly("a.example")).isEmpty();
    assertThat(
            state
                .put(
                    FAR,
                    configuration("networking.istio.io", "WorkloadEntry", "vm", "labels: {a: b}"))
                .workloads())
        .as("but istiod reads WorkloadEntries of every cluster")
        .hasSize(1);
  }

  @Test
  void aDestinationRuleTouchesItsHost() {
    Manifest rule = configuration("networking.istio.io", "DestinationRule", "r", "host: web");

    assertThat(state.put(HOME, rule).hosts()).containsExactly(WEB_HOST);
    assertThat(state.destinationRules().forClient("web", Map.of(), WEB_HOST, Optional.of("shop")))
        .isPresent();
    assertThat(state.remove(HOME, rule.key()).hosts()).containsExactly(WEB_HOST);
  }

  @Test
  void injectionFollowsLabelsWebhooksAndTheInjector() {
    state.put(FAR, pod("web", "app: web"));
    Workload web = state.workloads(FAR).get(WEB).orElseThrow();
    assertThat(state.put(FAR, namespace("istio-injection: enabled")).namespaces().namespaces())
        .containsExactly("shop");
    assertThat(state.injection(FAR).state(web).state())
        .isEqualTo(SidecarState.State.PENDING_RESTART);

    Manifest injector =
        object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio-sidecar-injector, namespace: istio-system}
            data: {config: "policy: disabled"}
            """);
    assertThat(state.put(FAR, injector)).as("no istiod runs there").isEqualTo(Touched.NOTHING);
    assertThat(state.put(HOME, injector).clusters()).containsExactlyInAnyOrder(HOME, FAR);
    assertThat(state.injection(FAR).state(web).state()).isEqualTo(SidecarState.State.UNINJECTED);
    state.remove(HOME, injector.key());
    assertThat(state.injection(FAR).state(web).state())
        .isEqualTo(SidecarState.State.PENDING_RESTART);

    assertThat(state.look(FAR, Set.of(ObservedKinds.MUTATING_WEBHOOK)).clusters())
        .containsExactly(FAR);
    assertThat(state.injection(FAR).state(web).reason())
        .isEqualTo("the cluster has no injection webhook of Istio");
    Manifest webhook =
        object(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: a}
            webhooks: [{name: sidecar-injector.istio.io}]
            """);
    assertThat(state.put(FAR, webhook).clusters()).containsExactly(FAR);
    assertThat(state.injection(FAR).state(web).state())
        .isEqualTo(SidecarState.State.PENDING_RESTART);
    state.remove(FAR, webhook.key());
    assertThat(state.injection(FAR).state(web).state()).isEqualTo(SidecarState.State.UNINJECTED);
    state.remove(FAR, namespace("").key());
    assertThat(state.injection(FAR).namespaceLabels("shop")).isEmpty();
  }

  @Test
  void aStateOfAnInventoryKnowsWhatWasBehindWhat() {
    ClusterInventory home =
        ClusterInventory.of(
            HOME,
            Set.of(),
            List.of(
                pod("web", "app: web"),
                service("web", "app: web"),
                entry("e", "hosts: [a.example], workloadSelector: {labels: {app: web}}")));
    MeshState filled = MeshState.of(MESH, HOME, new Inventory(Map.of(HOME, home)));

    Touched touched = filled.remove(HOME, pod("web", "").key());

    assertThat(touched.services()).containsExactly(SERVICE);
    assertThat(touched.hosts()).containsExactly("a.example");
    assertThat(filled.workloads(touched)).as("it is gone").isEmpty();
    assertThat(touched.workloads()).containsExactly(new WorkloadKey(HOME, "shop", "Pod", "web"));
  }

  @Test
  void changesAddUp() {
    Touched one = state.put(FAR, pod("web", "app: web"));
    Touched both =
        one.and(state.put(HOME, strict())).and(state.put(FAR, service("web", "app: web")));

    assertThat(both.touches(WEB)).isTrue();
    assertThat(both.namespaces().namespaces()).containsExactly("shop");
    assertThat(both.services()).containsExactly(SERVICE);
    assertThat(both.and(Touched.namespaces(Scopes.EVERYWHERE)).namespaces().everywhere()).isTrue();
    assertThat(state.clusters()).containsExactlyInAnyOrder(HOME, FAR);
    assertThat(state.gateways().all()).isEmpty();
    assertThat(state.endpoints(Map.of()).subset(WEB_HOST, Map.of()).total()).isEqualTo(1);
  }

  /**
   * Any sequence of changes leads to what the same objects lead to at once, and each change names
   * every workload and service that it makes different.
   */
  @Property(tries = 120)
  void stepByStepIsTheSameAsAtOnceAndNothingChangesUntold(@ForAll long seed) {
    Random random = new Random(seed);
    MeshState stepwise = new MeshState(MESH, HOME);
    Map<ClusterName, Map<ResourceKey, Manifest>> held = new HashMap<>();
    held.put(HOME, new TreeMap<>());
    held.put(FAR, new TreeMap<>());
    Map<Object, String> before = told(stepwise);
    for (int step = 0; step < 40; step++) {
      ClusterName cluster = random.nextBoolean() ? HOME : FAR;
      Manifest object = random(random);
      Touched touched;
      if (random.nextInt(4) == 0) {
        touched = stepwise.remove(cluster, object.key());
        held.getOrDefault(cluster, new TreeMap<>()).remove(object.key());
      } else {
        touched = stepwise.put(cluster, object);
        held.getOrDefault(cluster, new TreeMap<>()).put(object.key(), object);
      }
      Map<Object, String> after = told(stepwise);
      for (Object key : union(before, after)) {
        if (!String.valueOf(before.get(key)).equals(String.valueOf(after.get(key)))) {
          assertThat(isTold(touched, key)).as(key + " after " + object + ": " + touched).isTrue();
        }
      }
      before = after;
    }

    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    held.forEach((name, objects) ->
        clusters.put(
            name, ClusterInventory.of(name, Set.of(ObservedKinds.NAMESPACE), objects.values())));
    MeshState looked = MeshState.of(MESH, HOME, new Inventory(clusters));
    stepwise.look(HOME, Set.of(ObservedKinds.NAMESPACE));
    stepwise.look(FAR, Set.of(ObservedKinds.NAMESPACE));
    assertThat(told(stepwise)).isEqualTo(told(looked));
  }

  private static Set<Object> union(Map<Object, String> one, Map<Object, String> other) {
    Map<Object, String> all = new HashMap<>(one);
    all.putAll(other);
    return all.keySet();
  }

  private static boolean isTold(Touched touched, Object key) {
    return key instanceof WorkloadKey workload
        ? touched.touches(workload)
        : key instanceof ServiceKey service && touched.services().contains(service);
  }

  /** All that can be told of each workload and service. */
  private static Map<Object, String> told(MeshState state) {
    Map<Object, String> all = new HashMap<>();
    for (ClusterName cluster : state.clusters()) {
      for (Workload workload : state.workloads(cluster).all()) {
        List<ServedPort> ports = ServedPort.of(workload, state.services().selecting(workload));
        all.put(
            workload.key(),
            workload
                + " "
                + ports
                + state.injection(cluster).state(workload)
                + state.peerAuthentications().of("shop", workload.proxyLabels())
                + state
                    .authorizations()
                    .access(
                        "shop",
                        workload.proxyLabels(),
                        Proxy.Role.SIDECAR,
                        80,
                        true,
                        MtlsMode.STRICT));
      }
    }
    state
        .services()
        .all()
        .forEach(service ->
            all.put(service.key(), service + " " + state.endpoints(Map.of()).of(service)));
    return all;
  }

  private static Manifest random(Random random) {
    String app = random.nextBoolean() ? "app: a" : "app: b";
    String name = "n" + random.nextInt(3);
    return switch (random.nextInt(8)) {
      case 0, 1 -> pod(name, app);
      case 2 -> service(name, app);
      case 3 ->
          configuration("networking.istio.io", "WorkloadEntry", name, "labels: {" + app + "}");
      case 4 ->
          configuration(
              "security.istio.io",
              "PeerAuthentication",
              name,
              "mtls: {mode: STRICT}, selector: {matchLabels: {" + app + "}}");
      case 5 ->
          configuration(
              "security.istio.io",
              "AuthorizationPolicy",
              name,
              "selector: {matchLabels: {" + app + "}}");
      case 6 -> namespace(random.nextBoolean() ? "istio-injection: enabled" : "");
      default -> entry(name, "hosts: [" + name + "], workloadSelector: {labels: {" + app + "}}");
    };
  }
}
