package io.meshkeel.facts.workload;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static io.meshkeel.facts.ClusterObjects.object;
import static io.meshkeel.facts.ClusterObjects.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkloadsTest {
  private static final ClusterName EAST = new ClusterName("east");
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        template:
          metadata: {labels: {app: web}}
          spec: {serviceAccountName: web, containers: [{name: web}]}
      """;

  private static String pod(String name, String kind, String owner, String labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: shop
      labels: {%s}
      ownerReferences: [{apiVersion: v1, kind: %s, name: %s, controller: true}]
    spec: {containers: [{name: c}]}
    """
        .formatted(name, labels, kind, owner);
  }

  private static WorkloadKey key(String kind, String name) {
    return new WorkloadKey(EAST, "shop", kind, name);
  }

  private static List<String> names(Iterable<Workload> workloads) {
    List<String> names = new ArrayList<>();
    workloads.forEach(workload -> names.add(workload.key().toString()));
    return names;
  }

  @Test
  void joinsADeploymentWithItsPods() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                WEB
                    + "---\n"
                    + pod("web-7f8-b", "ReplicaSet", "web-7f8", "app: web, pod-template-hash: 7f8")
                    + "---\n"
                    + pod(
                        "web-7f8-a", "ReplicaSet", "web-7f8", "app: web, pod-template-hash: 7f8")));

    Workload web = workloads.get(key("Deployment", "web")).orElseThrow();
    assertThat(workloads.all()).containsExactly(web);
    assertThat(web.pods()).extracting(Pod::name).containsExactly("web-7f8-a", "web-7f8-b");
    assertThat(web.labels()).isEqualTo(Map.of("app", "web"));
    assertThat(web.controlled()).isTrue();
    assertThat(web.shape().serviceAccount()).isEqualTo("web");
  }

  @ParameterizedTest(name = "{0} {1} with {2} belongs to {3} {4}")
  @CsvSource({
    "ReplicaSet, web-7f8, pod-template-hash: 7f8, Deployment, web",
    "ReplicaSet, web-7f8, rollouts-pod-template-hash: 7f8, Rollout, web",
    "ReplicaSet, web-7f8, pod-template-hash: 999, ReplicaSet, web-7f8",
    "ReplicaSet, web-7f8, app: web, ReplicaSet, web-7f8",
    "ReplicaSet, 7f8, pod-template-hash: 7f8, ReplicaSet, 7f8",
    "StatefulSet, db, app: db, StatefulSet, db",
    "DaemonSet, log, app: log, DaemonSet, log",
    "Job, backup-27854321, app: b, CronJob, backup",
    "Job, backup-1, app: b, Job, backup-1",
    "ReplicationController, web-1, deploymentconfig: web, DeploymentConfig, web",
    "ReplicationController, web-1, app: web, ReplicationController, web-1",
    "Node, node-1, app: static, Pod, p",
  })
  void namesTheWorkloadOfAPodAsIstioDoes(
      String kind, String owner, String labels, String workloadKind, String workload) {
    Workloads workloads = Workloads.of(cluster("east", pod("p", kind, owner, labels)));

    assertThat(workloads.all())
        .extracting(Workload::key)
        .containsExactly(key(workloadKind, workload));
    assertThat(workloads.all().getFirst().controlled()).isFalse();
  }

  @Test
  void aPodThatNothingControlsIsAWorkload() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shell
                  namespace: shop
                  ownerReferences: [{kind: ReplicaSet, name: x}]
                """));

    assertThat(names(workloads.all())).containsExactly("Pod shop/shell");
  }

  @Test
  void followsTheReplicaSetWhereTheLabelIsMissing() {
    String replicaSet =
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: web-x
          namespace: shop
          ownerReferences: [{kind: Deployment, name: web, controller: true}]
        spec: {template: {metadata: {labels: {app: web}}}}
        """;
    Workloads workloads =
        Workloads.of(cluster("east", WEB + "---\n" + pod("p", "ReplicaSet", "web-x", "app: web")));
    assertThat(names(workloads.all()))
        .containsExactly("Deployment shop/web", "ReplicaSet shop/web-x");

    Set<WorkloadKey> touched = workloads.put(object(replicaSet));

    assertThat(touched)
        .containsExactlyInAnyOrder(key("Deployment", "web"), key("ReplicaSet", "web-x"));
    assertThat(names(workloads.all())).containsExactly("Deployment shop/web");
    assertThat(workloads.all().getFirst().pods()).hasSize(1);

    workloads.remove(new ResourceKey("apps", "ReplicaSet", "shop", "web-x"));
    assertThat(names(workloads.all()))
        .containsExactly("Deployment shop/web", "ReplicaSet shop/web-x");
  }

  @Test
  void aReplicaSetOfItsOwnIsAWorkload() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: old, namespace: shop}
                spec: {template: {metadata: {labels: {app: old}}}}
                """));

    assertThat(names(workloads.select("shop", Map.of("app", "old"))))
        .containsExactly("ReplicaSet shop/old");
  }

  @Test
  void readsTheTemplateOfACronJob() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly, namespace: shop}
                spec:
                  jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}}}}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: nightly-1
                  namespace: shop
                  ownerReferences: [{kind: CronJob, name: nightly, controller: true}]
                spec: {template: {metadata: {labels: {app: nightly}}}}
                ---
                """
                    + pod("nightly-1-x", "Job", "nightly-1", "app: nightly")));

    assertThat(names(workloads.all())).containsExactly("CronJob shop/nightly");
    assertThat(workloads.all().getFirst().labels()).isEqualTo(Map.of("app", "nightly"));
    assertThat(workloads.all().getFirst().pods()).hasSize(1);
  }

  @Test
  void podsThatEndedAreNoPartOfIt() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                pod("done", "Job", "once", "app: a")
                    + "status: {phase: Succeeded}\n---\n"
                    + pod("failed", "Job", "once", "app: a")
                    + "status: {phase: Failed}\n"));

    assertThat(workloads.all()).isEmpty();
  }

  @Test
  void aWorkloadEntryIsAWorkloadWithTheLabelsOfBothPlaces() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                """
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata:
                  name: vm
                  namespace: shop
                  labels: {app: metadata, security.istio.io/tlsMode: istio}
                spec:
                  address: 10.0.0.1
                  network: vms
                  locality: eu/a
                  serviceAccount: vm
                  labels: {app: spec, version: v1}
                  ports: {http: 8080}
                """));

    Workload vm = workloads.get(key("WorkloadEntry", "vm")).orElseThrow();
    assertThat(vm.labels()).containsEntry("app", "metadata").containsEntry("version", "v1");
    assertThat(vm.outside()).contains(new Workload.Outside("10.0.0.1", "vms", "eu/a"));
    assertThat(vm.proxied()).isTrue();
    assertThat(vm.shape().ports()).containsExactly(new WorkloadPort("http", 8080, "TCP"));

    assertThat(
            workloads.remove(new ResourceKey("networking.istio.io", "WorkloadEntry", "shop", "vm")))
        .containsExactly(vm.key());
    assertThat(workloads.all()).isEmpty();
  }

  @Test
  void selectsByTemplateAndByPodsThatStillRun() {
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                WEB
                    + "---\n"
                    + pod(
                        "p", "ReplicaSet", "web-h1", "app: web, ver: old, pod-template-hash: h1")));

    assertThat(workloads.select("shop", Map.of("ver", "old"))).hasSize(1);
    assertThat(workloads.select("shop", Map.of("app", "web"))).hasSize(1);
    assertThat(workloads.select("shop", Map.of("app", "web", "ver", "new"))).isEmpty();
    assertThat(workloads.select("web", Map.of("app", "web"))).isEmpty();
    assertThat(workloads.select("shop", Map.of())).hasSize(1);
    assertThat(workloads.selectEverywhere(Map.of("ver", "old"))).hasSize(1);
    assertThat(workloads.all().getFirst().podsSelectedBy(Map.of("ver", "old"))).hasSize(1);
  }

  @Test
  void policiesFindTheNewestPodsLabels() {
    String old = pod("p1", "ReplicaSet", "web-h1", "ver: old, pod-template-hash: h1");
    String young = pod("p2", "ReplicaSet", "web-h2", "ver: new, pod-template-hash: h2");
    Workloads workloads =
        Workloads.of(
            cluster(
                "east",
                WEB
                    + "---\n"
                    + young.replace(
                        "name: p2", "creationTimestamp: \"2026-02-02T00:00:00Z\"\n  name: p2")
                    + "---\n"
                    + old.replace(
                        "name: p1", "creationTimestamp: \"2026-01-01T00:00:00Z\"\n  name: p1")));

    assertThat(workloads.all().getFirst().proxyLabels()).containsEntry("ver", "new");
    assertThat(Workloads.of(cluster("east", WEB)).all().getFirst().proxyLabels())
        .isEqualTo(Map.of("app", "web"));
  }

  @Test
  void isAmbientIfAllItsPodsAre() {
    String ambient = pod("a", "StatefulSet", "db", "app: db");
    String marked =
        ambient.replace(
            "  name: a", "  annotations: {ambient.istio.io/redirection: enabled}\n  name: a");
    String other = pod("b", "StatefulSet", "db", "app: db");

    assertThat(Workloads.of(cluster("east", marked)).all().getFirst().ambient()).isTrue();
    assertThat(Workloads.of(cluster("east", marked + "---\n" + other)).all().getFirst().ambient())
        .isFalse();
    assertThat(Workloads.of(cluster("east", WEB)).all().getFirst().ambient()).isFalse();
  }

  @Test
  void aChangeNamesWhatItTouches() {
    Workloads workloads = Workloads.of(cluster("east", WEB));
    Manifest pod = object(pod("p", "ReplicaSet", "web-h1", "app: web, pod-template-hash: h1"));

    assertThat(workloads.put(pod)).containsExactly(key("Deployment", "web"));
    assertThat(workloads.get(key("Deployment", "web")).orElseThrow().pods()).hasSize(1);
    assertThat(workloads.remove(pod.key())).containsExactly(key("Deployment", "web"));
    assertThat(workloads.get(key("Deployment", "web")).orElseThrow().pods()).isEmpty();
    assertThat(workloads.remove(pod.key())).isEmpty();
    assertThat(
            workloads.put(
                object("{apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}}")))
        .isEmpty();
    assertThat(workloads.remove(new ResourceKey("", "Service", "b", "a"))).isEmpty();
  }

  @Test
  void aPodThatChangesItsOwnerLeavesTheFormerOne() {
    Workloads workloads = Workloads.of(cluster("east", pod("p", "StatefulSet", "one", "app: a")));

    assertThat(workloads.put(object(pod("p", "StatefulSet", "two", "app: a"))))
        .containsExactlyInAnyOrder(key("StatefulSet", "one"), key("StatefulSet", "two"));
    assertThat(names(workloads.all())).containsExactly("StatefulSet shop/two");
  }

  @Property(tries = 60)
  void stepByStepIsTheSameAsAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    Workloads stepwise = new Workloads(EAST);
    Map<ResourceKey, Manifest> held = new TreeMap<>();
    for (int step = 0; step < 60; step++) {
      Manifest object = randomObject(random);
      if (random.nextInt(3) == 0) {
        stepwise.remove(object.key());
        held.remove(object.key());
      } else {
        stepwise.put(object);
        held.put(object.key(), object);
      }
      if (random.nextInt(4) == 0) {
        assertThat(stepwise.all()).hasSizeGreaterThanOrEqualTo(0);
      }
    }

    Workloads atOnce = Workloads.of(ClusterInventory.of(EAST, Set.of(), held.values()));
    assertThat(stepwise.all()).isEqualTo(atOnce.all());
    for (String value : List.of("a", "b")) {
      assertThat(stepwise.select("shop", Map.of("app", value)))
          .isEqualTo(
              atOnce.all().stream()
                  .filter(workload -> workload.selectedBy(Map.of("app", value)))
                  .toList());
    }
  }

  private static Manifest randomObject(Random random) {
    String name = "n" + random.nextInt(4);
    String label = random.nextBoolean() ? "app: a" : "app: b";
    return switch (random.nextInt(3)) {
      case 0 -> objects(pod("p" + random.nextInt(8), "ReplicaSet", name, label)).getFirst();
      case 1 ->
          object(
              """
              apiVersion: apps/v1
              kind: ReplicaSet
              metadata:
                name: %s
                namespace: shop
                ownerReferences: [{kind: Deployment, name: d%d, controller: %b}]
              spec: {template: {metadata: {labels: {%s}}}}
              """
                  .formatted(name, random.nextInt(3), random.nextBoolean(), label));
      default ->
          object(
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: d%d, namespace: shop}
              spec: {template: {metadata: {labels: {%s}}}}
              """
                  .formatted(random.nextInt(3), label));
    };
  }
}
