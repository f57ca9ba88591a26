package io.meshkeel.facts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares the endpoints of a subset with a search through all pods of all clusters. */
final class EndpointsPropertyTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final String HOST = "web.shop.svc.cluster.local";

  /** A pod as the search sees it. */
  record Seen(String cluster, String namespace, Map<String, String> labels, boolean ended) {}

  @Property(tries = 400)
  void aSubsetHasThePodsThatASearchFinds(@ForAll long seed) {
    Random random = new Random(seed);
    List<Seen> pods = new ArrayList<>();
    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    Map<ClusterName, Workloads> workloads = new HashMap<>();
    Map<String, Map<String, String>> selectors = new HashMap<>();
    for (String name : List.of("east", "west")) {
      List<Manifest> objects = new ArrayList<>();
      if (random.nextInt(4) > 0) {
        Map<String, String> selector = labels(random, 1);
        selectors.put(name, selector);
        objects.add(
            object("Service", "shop", "web", Map.of(), Map.of("selector", selector), Map.of()));
      }
      for (int i = 0; i < random.nextInt(6); i++) {
        Seen pod =
            new Seen(
                name,
                random.nextInt(4) == 0 ? "other" : "shop",
                labels(random, 0),
                random.nextInt(5) == 0);
        pods.add(pod);
        objects.add(
            object(
                "Pod",
                pod.namespace(),
                "p" + i,
                pod.labels(),
                Map.of(),
                pod.ended() ? Map.of("phase", "Succeeded") : Map.of()));
      }
      ClusterInventory inventory = ClusterInventory.of(new ClusterName(name), Set.of(), objects);
      clusters.put(inventory.cluster(), inventory);
      workloads.put(inventory.cluster(), Workloads.of(inventory));
    }
    Endpoints endpoints =
        new Endpoints(
            Services.of(MESH, new Inventory(clusters)),
            new ServiceEntries(MESH),
            workloads,
            Map.of());
    Map<String, String> subset = labels(random, 0);
    if (random.nextInt(3) == 0) {
      subset.put("topology.istio.io/cluster", random.nextBoolean() ? "east" : "west");
    }

    Endpoints.SubsetCount count = endpoints.subset(HOST, subset);

    for (String cluster : List.of("east", "west")) {
      long expected =
          pods.stream()
              .filter(pod ->
                  pod.cluster().equals(cluster)
                      && pod.namespace().equals("shop")
                      && !pod.ended()
                      && selectors.containsKey(cluster)
                      && holds(selectors.getOrDefault(cluster, Map.of()), pod)
                      && holds(subset, pod))
              .count();
      assertThat(count.byCluster().getOrDefault(new ClusterName(cluster), 0))
          .as(cluster + " " + subset + " " + selectors + " " + pods)
          .isEqualTo((int) expected);
    }
    assertThat(count.certain()).isTrue();
  }

  private static boolean holds(Map<String, String> wanted, Seen pod) {
    Map<String, String> all = new HashMap<>(pod.labels());
    all.put("topology.istio.io/cluster", pod.cluster());
    return all.entrySet().containsAll(wanted.entrySet());
  }

  private static Map<String, String> labels(Random random, int atLeast) {
    Map<String, String> labels = new HashMap<>();
    for (String key : List.of("app", "tier", "version")) {
      if (random.nextBoolean()) {
        labels.put(key, random.nextBoolean() ? "a" : "b");
      }
    }
    if (labels.size() < atLeast) {
      labels.put("app", "a");
    }
    return labels;
  }

  private static Manifest object(
      String kind,
      String namespace,
      String name,
      Map<String, String> labels,
      Map<String, Object> spec,
      Map<String, Object> status) {
    return Manifest.of(
        Map.of(
            "apiVersion", "v1",
            "kind", kind,
            "metadata", Map.of("namespace", namespace, "name", name, "labels", labels),
            "spec", spec,
            "status", status));
  }
}
