package io.meshkeel.facts.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares the index of attached policies with a search, after any sequence of changes. */
final class AttachmentPropertyTest {
  private static final String GATEWAY = "gateway.networking.k8s.io";
  private static final String NAME = GATEWAY + "/gateway-name";
  private static final List<String> NAMESPACES = List.of("shop", "web", "istio-system");

  @Property(tries = 500)
  void aWorkloadHasThePoliciesThatASearchFinds(@ForAll long seed) {
    Random random = new Random(seed);
    AttachedPolicies index =
        new AttachedPolicies(MeshSpecs.revision("default"), "AuthorizationPolicy");
    Map<ResourceKey, Manifest> held = new TreeMap<>();
    for (int i = 0; i < 25; i++) {
      Manifest policy = policy(random);
      if (random.nextInt(4) == 0) {
        index.remove(policy.key());
        held.remove(policy.key());
      } else {
        index.put(policy);
        held.put(policy.key(), policy);
      }
    }

    for (String namespace : NAMESPACES) {
      for (Proxy.Role role : Proxy.Role.values()) {
        Map<String, String> labels = new HashMap<>(Map.of("app", random.nextBoolean() ? "a" : "b"));
        if (role != Proxy.Role.SIDECAR && random.nextInt(4) > 0) {
          labels.put(NAME, "edge");
        }
        List<ResourceKey> expected = new ArrayList<>();
        for (Manifest policy : held.values()) {
          if (attached(policy, namespace, labels, role)) {
            expected.add(policy.key());
          }
        }
        assertThat(index.reaching(namespace, labels, role))
            .extracting(Manifest::key)
            .as(namespace + " " + labels + " " + role + " " + held.values())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  private static Manifest policy(Random random) {
    Map<String, Object> spec = new HashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 ->
          spec.put(
              "selector", Map.of("matchLabels", Map.of("app", random.nextBoolean() ? "a" : "b")));
      default -> {
        Map<String, Object> reference =
            random.nextInt(4) == 0
                ? Map.of("group", GATEWAY, "kind", "GatewayClass", "name", "istio-waypoint")
                : Map.of(
                    "group",
                    random.nextInt(5) == 0 ? "" : GATEWAY,
                    "kind",
                    random.nextInt(5) == 0 ? "Service" : "Gateway",
                    "name",
                    random.nextBoolean() ? "edge" : "other");
        if (random.nextBoolean()) {
          spec.put("targetRefs", List.of(reference));
        } else {
          spec.put("targetRef", reference);
        }
      }
    }
    Map<String, Object> labels =
        random.nextInt(8) == 0 ? Map.of("istio.io/rev", "canary") : Map.of();
    return Manifest.of(
        Map.of(
            "apiVersion",
            "security.istio.io/v1",
            "kind",
            "AuthorizationPolicy",
            "metadata",
            Map.of(
                "namespace",
                NAMESPACES.get(random.nextInt(3)),
                "name",
                "p" + random.nextInt(6),
                "labels",
                labels),
            "spec",
            spec));
  }

  /** The documentation's words, one after the other. */
  private static boolean attached(
      Manifest policy, String namespace, Map<String, String> labels, Proxy.Role role) {
    boolean home = policy.key().namespace().equals(namespace);
    boolean root = policy.key().namespace().equals("istio-system");
    if (policy.labels().containsValue("canary") || (!home && !root)) {
      return false;
    }
    List<Map<String, Object>> targets = new ArrayList<>(JsonTree.maps(policy.spec(), "targetRefs"));
    if (policy.spec().containsKey("targetRef")) {
      targets.add(JsonTree.map(policy.spec(), "targetRef"));
    }
    boolean ofGatewayApi = labels.containsKey(NAME);
    if (targets.isEmpty()) {
      Map<String, Object> wanted =
          JsonTree.map(JsonTree.map(policy.spec(), "selector"), "matchLabels");
      return labels.entrySet().containsAll(wanted.entrySet())
          && !(ofGatewayApi && role == Proxy.Role.WAYPOINT);
    }
    Map<String, Object> target = targets.getFirst();
    if (!ofGatewayApi || !GATEWAY.equals(target.get("group"))) {
      return false;
    }
    return "Gateway".equals(target.get("kind"))
        ? home && "edge".equals(target.get("name"))
        : "GatewayClass".equals(target.get("kind")) && root && role == Proxy.Role.WAYPOINT;
  }
}
