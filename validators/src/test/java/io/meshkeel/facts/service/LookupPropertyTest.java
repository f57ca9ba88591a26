package io.meshkeel.facts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares look-ups by index with a search through everything, after any sequence of changes. */
final class LookupPropertyTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final String ROOT = "istio-system";
  private static final List<String> NAMESPACES = List.of("shop", "web", ROOT);
  private static final List<String> HOSTS =
      List.of(
          "a.shop.svc.cluster.local",
          "b.shop.svc.cluster.local",
          "*.shop.svc.cluster.local",
          "*.local",
          "*",
          "x.example.com",
          "*.example.com",
          "*.com");

  private static String pick(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Rules of one namespace and host are exported alike, so that istiod merges all of them. */
  private static List<String> exportTo(String namespace, String host) {
    return switch (Math.floorMod((namespace + host).hashCode(), 5)) {
      case 0 -> List.of(".");
      case 1 -> List.of("*");
      case 2 -> List.of("web");
      case 3 -> List.of("web", ".");
      default -> List.of();
    };
  }

  private static Manifest rule(Random random) {
    String namespace = pick(random, NAMESPACES);
    String host = pick(random, HOSTS);
    return object(
        "DestinationRule",
        namespace,
        "r" + random.nextInt(6),
        random.nextInt(4),
        Map.of("host", host, "exportTo", exportTo(namespace, host)));
  }

  private static Manifest object(
      String kind, String namespace, String name, int day, Map<String, Object> spec) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            kind,
            "metadata",
            Map.of(
                "namespace", namespace,
                "name", name,
                "creationTimestamp", "2026-01-0" + (day + 1) + "T00:00:00Z"),
            "spec",
            spec));
  }

  @Property(tries = 400)
  void aProxyFindsTheRulesThatTheDocumentationNames(@ForAll long seed) {
    Random random = new Random(seed);
    DestinationRules rules = new DestinationRules(MESH);
    Map<ResourceKey, Manifest> held = new TreeMap<>();
    for (int i = 0; i < 25; i++) {
      Manifest rule = rule(random);
      if (random.nextInt(5) == 0) {
        rules.remove(rule.key());
        held.remove(rule.key());
      } else {
        rules.put(rule);
        held.put(rule.key(), rule);
      }
    }

    for (String client : List.of("shop", "web", "dev", ROOT)) {
      for (String host : List.of(HOSTS.get(0), "x.example.com", "*.example.com", "other")) {
        for (Optional<String> owner : List.of(Optional.of("shop"), Optional.<String>empty())) {
          assertThat(
                  rules
                      .forClient(client, Map.of(), host, owner)
                      .map(merged ->
                          merged.rules().stream().map(rule -> rule.key().toString()).toList())
                      .orElse(List.of()))
              .as(client + " " + host + " " + owner)
              .isEqualTo(documented(held, client, host, owner));
        }
      }
    }
    assertThat(rules.all()).hasSize(held.size());
  }

  private static List<String> documented(
      Map<ResourceKey, Manifest> held, String client, String host, Optional<String> owner) {
    List<Manifest> own = new ArrayList<>();
    for (Manifest rule : held.values()) {
      boolean isPrivate = isPrivate(rule);
      if (rule.key().namespace().equals(client)
          && sees(rule, client)
          && (!client.equals(ROOT) || isPrivate)) {
        own.add(rule);
      }
    }
    List<Manifest> found = best(own, host);
    if (found.isEmpty() && owner.isPresent()) {
      found = visible(best(exported(held, owner.get()), host), client);
    }
    if (found.isEmpty()) {
      found = visible(best(exported(held, ROOT), host), client);
    }
    found.sort(
        Comparator.comparing(
                (Manifest rule) -> rule.metadata().toString().replaceAll(".*(2026-01-0.).*", "$1"))
            .thenComparing(rule -> rule.key().name()));
    return found.stream().map(rule -> rule.key().toString()).toList();
  }

  private static List<Manifest> exported(Map<ResourceKey, Manifest> held, String namespace) {
    return held.values().stream()
        .filter(rule -> rule.key().namespace().equals(namespace) && !isPrivate(rule))
        .toList();
  }

  private static List<String> to(Manifest rule) {
    return JsonTree.strings(rule.spec(), "exportTo");
  }

  private static boolean isPrivate(Manifest rule) {
    return to(rule).equals(List.of(".")) || to(rule).equals(List.of(rule.key().namespace()));
  }

  private static boolean sees(Manifest rule, String namespace) {
    return to(rule).isEmpty()
        || to(rule).contains("*")
        || to(rule).contains(namespace)
        || (to(rule).contains(".") && rule.key().namespace().equals(namespace));
  }

  private static List<Manifest> visible(List<Manifest> rules, String client) {
    return new ArrayList<>(rules.stream().filter(rule -> sees(rule, client)).toList());
  }

  /** Those of the longest host that stands for the one asked for; the exact one is the longest. */
  private static List<Manifest> best(List<Manifest> rules, String host) {
    String best = "";
    for (Manifest rule : rules) {
      String pattern = JsonTree.string(rule.spec(), "host", "");
      boolean matches =
          pattern.equals(host)
              || (pattern.startsWith("*")
                  && (host.startsWith("*") ? host.substring(1) : host)
                      .endsWith(pattern.substring(1)));
      if (matches
          && (pattern.equals(host) || (!best.equals(host) && pattern.length() > best.length()))) {
        best = pattern;
      }
    }
    String chosen = best;
    return new ArrayList<>(
        rules.stream().filter(rule -> chosen.equals(rule.spec().get("host"))).toList());
  }

  @Property(tries = 300)
  void hostsOfEntriesAreFoundAsByASearch(@ForAll long seed) {
    Random random = new Random(seed);
    ServiceEntries entries = new ServiceEntries(MESH);
    Map<ResourceKey, Manifest> held = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      Manifest entry =
          object(
              "ServiceEntry",
              pick(random, NAMESPACES),
              "e" + random.nextInt(5),
              0,
              Map.of("hosts", List.of(pick(random, HOSTS), pick(random, HOSTS))));
      if (random.nextInt(4) == 0) {
        entries.remove(entry.key());
        held.remove(entry.key());
      } else {
        entries.put(entry);
        held.put(entry.key(), entry);
      }
    }

    assertThat(entries.all())
        .extracting(EntryService::key)
        .containsExactlyElementsOf(held.keySet());
    for (String host : List.of("a.shop.svc.cluster.local", "x.example.com", "*.example.com", "y")) {
      List<ResourceKey> exact = new ArrayList<>();
      List<ResourceKey> wild = new ArrayList<>();
      for (Manifest entry : held.values()) {
        List<String> hosts = JsonTree.strings(entry.spec(), "hosts");
        if (hosts.contains(host)) {
          exact.add(entry.key());
        }
        String bare = host.startsWith("*") ? host.substring(1) : host;
        if (hosts.stream()
            .anyMatch(pattern -> pattern.startsWith("*") && bare.endsWith(pattern.substring(1)))) {
          wild.add(entry.key());
        }
      }
      assertThat(entries.withHost(host))
          .extracting(EntryService::key)
          .containsExactlyElementsOf(exact);
      assertThat(entries.covering(host))
          .extracting(EntryService::key)
          .containsExactlyInAnyOrderElementsOf(wild);
    }
  }
}
