package io.meshkeel.facts.security;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.Scopes;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PeerAuthenticationsTest {
  private static final Map<String, String> WEB = Map.of("app", "web", "tier", "front");

  private final List<Manifest> objects = new ArrayList<>();

  private static Manifest policy(String id, int age, String spec) {
    String[] names = id.split("/");
    String created =
        age < 0 ? "" : ", creationTimestamp: \"2026-01-%02dT00:00:00Z\"".formatted(28 - age);
    return object(
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {namespace: %s, name: %s%s}
        spec: {%s}
        """
            .formatted(names[0], names[1], created, spec));
  }

  private void add(String id, int age, String spec) {
    objects.add(policy(id, age, spec));
  }

  private EffectiveMtls web() {
    return PeerAuthentications.of(MeshSpecs.revision("default"), objects).of("shop", WEB);
  }

  private static ResourceKey key(String namespace, String name) {
    return new ResourceKey("security.istio.io", "PeerAuthentication", namespace, name);
  }

  private void assertWhole(MtlsMode mode, String by) {
    EffectiveMtls.Decided whole = web().whole();
    assertThat(whole.mode()).isEqualTo(mode);
    assertThat(whole.by().map(key -> key.namespace() + "/" + key.name()).orElse("")).isEqualTo(by);
  }

  @Test
  void isPermissiveIfNothingIsSaid() {
    assertWhole(MtlsMode.PERMISSIVE, "");
  }

  @Test
  void theMeshsPolicyCountsForAllNamespaces() {
    add("istio-system/default", 1, "mtls: {mode: STRICT}");
    assertWhole(MtlsMode.STRICT, "istio-system/default");
    assertThat(web().whole().path()).containsExactly("spec", "mtls", "mode");
  }

  @Test
  void aNarrowerScopeWins() {
    add("istio-system/default", 9, "mtls: {mode: STRICT}");
    add("shop/default", 1, "mtls: {mode: PERMISSIVE}");
    assertWhole(MtlsMode.PERMISSIVE, "shop/default");

    add("shop/web", 0, "selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}");
    assertWhole(MtlsMode.DISABLE, "shop/web");
  }

  @Test
  void unsetIsTakenFromTheWiderScope() {
    add("istio-system/default", 1, "mtls: {mode: STRICT}");
    add("shop/default", 1, "mtls: {mode: UNSET}");
    add("shop/web", 1, "selector: {matchLabels: {app: web}}");
    assertWhole(MtlsMode.STRICT, "istio-system/default");
  }

  @Test
  void unsetForTheMeshIsPermissive() {
    add("istio-system/default", 1, "mtls: {}");
    assertWhole(MtlsMode.PERMISSIVE, "");
  }

  @Test
  void theOldestOfOneScopeWins() {
    add("shop/b-old", 9, "mtls: {mode: DISABLE}");
    add("shop/a-new", 1, "mtls: {mode: STRICT}");
    assertWhole(MtlsMode.DISABLE, "shop/b-old");
    assertThat(PeerAuthentications.of(MeshSpecs.revision("default"), objects).overruled("shop"))
        .containsExactly(key("shop", "a-new"));
  }

  @Test
  void theOldestCountsEvenIfItSaysNothing() {
    add("istio-system/default", 1, "mtls: {mode: STRICT}");
    add("shop/old", 9, "");
    add("shop/new", 1, "mtls: {mode: DISABLE}");
    assertWhole(MtlsMode.STRICT, "istio-system/default");
  }

  @Test
  void ofOneAgeTheFirstNameWins() {
    add("shop/b", 5, "mtls: {mode: STRICT}");
    add("shop/a", 5, "mtls: {mode: DISABLE}");
    assertWhole(MtlsMode.DISABLE, "shop/a");
  }

  @Test
  void whatIsNotCreatedYetIsTheYoungest() {
    add("shop/a", -1, "mtls: {mode: STRICT}");
    add("shop/b", 0, "mtls: {mode: DISABLE}");
    assertWhole(MtlsMode.DISABLE, "shop/b");
  }

  @Test
  void anEmptySelectorIsNone() {
    add("shop/web", 1, "selector: {matchLabels: {}}, mtls: {mode: STRICT}");
    assertWhole(MtlsMode.STRICT, "shop/web");
  }

  @Test
  void allLabelsOfTheSelectorMustBeThere() {
    add("shop/a", 9, "selector: {matchLabels: {app: web, tier: back}}, mtls: {mode: DISABLE}");
    add("shop/b", 1, "selector: {matchLabels: {app: web, tier: front}}, mtls: {mode: STRICT}");
    assertWhole(MtlsMode.STRICT, "shop/b");
  }

  @Test
  void aSelectorInTheRootNamespaceSelectsNothing() {
    add("istio-system/web", 1, "selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}");
    assertWhole(MtlsMode.PERMISSIVE, "");
    assertThat(
            PeerAuthentications.of(MeshSpecs.revision("default"), objects)
                .of("istio-system", WEB)
                .whole()
                .mode())
        .isEqualTo(MtlsMode.PERMISSIVE);
  }

  @Test
  void portsAreThoseOfTheOneWorkloadPolicyThatCounts() {
    add(
        "shop/old",
        9,
        "selector: {matchLabels: {app: web}}, mtls: {mode: STRICT},"
            + " portLevelMtls: {8080: {mode: DISABLE}, 9090: {mode: UNSET}, 9091: {}}");
    add(
        "shop/new",
        1,
        "selector: {matchLabels: {app: web}}, portLevelMtls: {7070: {mode: DISABLE}}");

    EffectiveMtls web = web();
    assertThat(web.of(8080).mode()).isEqualTo(MtlsMode.DISABLE);
    assertThat(web.of(8080).path()).containsExactly("spec", "portLevelMtls", "8080", "mode");
    assertThat(web.of(9090)).isEqualTo(web.whole());
    assertThat(web.of(9091).mode()).isEqualTo(MtlsMode.STRICT);
    assertThat(web.of(7070).mode()).isEqualTo(MtlsMode.STRICT);
    assertThat(web.ports()).containsOnlyKeys(8080L, 9090L, 9091L);
  }

  @Test
  void portsWithoutASelectorCountForNothing() {
    add("shop/default", 1, "mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}");
    assertThat(web().of(8080).mode()).isEqualTo(MtlsMode.STRICT);
  }

  @Test
  void aPolicyOfAnotherRevisionIsNotTaken() {
    objects.add(
        object(
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {namespace: shop, name: a, labels: {istio.io/rev: canary}}
            spec: {mtls: {mode: STRICT}}
            """));
    assertWhole(MtlsMode.PERMISSIVE, "");
    assertThat(
            PeerAuthentications.of(MeshSpecs.revision("canary"), objects)
                .of("shop", WEB)
                .whole()
                .mode())
        .isEqualTo(MtlsMode.STRICT);
  }

  @Test
  void aChangeTellsHowFarItReaches() {
    PeerAuthentications policies = new PeerAuthentications(MeshSpecs.revision("default"));

    assertThat(policies.put(policy("istio-system/a", 1, ""))).isEqualTo(Scopes.EVERYWHERE);
    assertThat(policies.put(policy("shop/a", 1, "mtls: {mode: STRICT}")))
        .isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.remove(key("shop", "a"))).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.of("shop", WEB).whole().mode()).isEqualTo(MtlsMode.PERMISSIVE);
    assertThat(
            policies.put(
                object("{apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}}")))
        .isEqualTo(new Scopes(false, Set.of()));
  }

  /** Against the text of the documentation, told as one search through a list. */
  @Property(tries = 400)
  void agreesWithASearchThroughAllPolicies(@ForAll long seed) {
    Random random = new Random(seed);
    PeerAuthentications stepwise = new PeerAuthentications(MeshSpecs.revision("default"));
    Map<ResourceKey, Manifest> held = new HashMap<>();
    for (int i = 0; i < 14; i++) {
      Manifest policy = random(random);
      stepwise.put(policy);
      held.put(policy.key(), policy);
      if (random.nextInt(4) == 0) {
        Manifest gone = random(random);
        stepwise.remove(gone.key());
        held.remove(gone.key());
      }
    }

    for (String namespace : List.of("shop", "istio-system")) {
      for (long port : List.of(80L, 81L)) {
        assertThat(stepwise.of(namespace, WEB).of(port).mode())
            .isEqualTo(documented(held, namespace, port));
      }
    }
  }

  private static final List<String> MODES =
      List.of("mtls: {mode: STRICT}", "mtls: {mode: DISABLE}", "mtls: {mode: UNSET}", "mtls: {}");

  private static Manifest random(Random random) {
    String spec = MODES.get(random.nextInt(4));
    if (random.nextBoolean()) {
      spec += ", selector: {matchLabels: {app: " + (random.nextBoolean() ? "web" : "db") + "}}";
    }
    if (random.nextBoolean()) {
      spec += ", portLevelMtls: {80: {mode: " + (random.nextBoolean() ? "STRICT" : "UNSET") + "}}";
    }
    return policy(
        (random.nextInt(3) == 0 ? "istio-system/" : "shop/") + "p" + random.nextInt(6),
        random.nextInt(5),
        spec);
  }

  private static MtlsMode documented(Map<ResourceKey, Manifest> held, String namespace, long port) {
    List<Manifest> oldestFirst = new ArrayList<>(held.values());
    oldestFirst.sort(
        Comparator.comparing((Manifest m) -> String.valueOf(m.metadata().get("creationTimestamp")))
            .thenComparing(m -> m.key().name()));
    String mode = "PERMISSIVE";
    for (String scope : List.of("mesh", "namespace", "workload", "port")) {
      for (Manifest policy : oldestFirst) {
        boolean root = policy.key().namespace().equals("istio-system");
        boolean selects = policy.spec().containsKey("selector");
        boolean mine = policy.spec().toString().contains("app=web");
        boolean inScope =
            switch (scope) {
              case "mesh" -> root && !selects;
              case "namespace" -> !root && namespace.equals("shop") && !selects;
              default -> !root && namespace.equals("shop") && selects && mine;
            };
        if (inScope) {
          Object holder = policy.spec().get(scope.equals("port") ? "portLevelMtls" : "mtls");
          if (scope.equals("port") && holder instanceof Map<?, ?> ports) {
            holder = ports.get(String.valueOf(port));
          }
          if (holder instanceof Map<?, ?> mtls
              && mtls.get("mode") instanceof String said
              && !said.equals("UNSET")) {
            mode = said;
          }
          break;
        }
      }
    }
    return MtlsMode.valueOf(mode);
  }
}
