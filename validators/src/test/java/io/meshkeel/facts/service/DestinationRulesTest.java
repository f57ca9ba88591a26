package io.meshkeel.facts.service;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DestinationRulesTest {
  private static final String WEB = "web.shop.svc.cluster.local";

  private final List<Manifest> objects = new ArrayList<>();

  private static Manifest rule(String id, int age, String spec) {
    String[] names = id.split("/");
    return object(
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {namespace: %s, name: %s, creationTimestamp: "2026-01-%02dT00:00:00Z"}
        spec: {%s}
        """
            .formatted(names[0], names[1], 28 - age, spec));
  }

  private DestinationRulesTest add(String id, int age, String spec) {
    objects.add(rule(id, age, spec));
    return this;
  }

  private List<String> found(String client) {
    return found(client, Map.of());
  }

  private List<String> found(String client, Map<String, String> labels) {
    return DestinationRules.of(MeshSpecs.revision("default"), objects)
        .forClient(client, labels, WEB, Optional.of("shop"))
        .map(merged -> merged.rules().stream().map(rule -> id(rule.key())).toList())
        .orElse(List.of());
  }

  private static String id(ResourceKey key) {
    return key.namespace() + "/" + key.name();
  }

  @Test
  void theClientsNamespaceIsAskedFirstThenTheServicesThenTheRoot() {
    add("web/a", 1, "host: " + WEB)
        .add("shop/a", 1, "host: web")
        .add("istio-system/a", 1, "host: '*.local'")
        .add("ops/a", 1, "host: " + WEB);

    assertThat(found("web")).containsExactly("web/a");
    assertThat(found("dev")).containsExactly("shop/a");
    objects.removeIf(object -> object.key().namespace().equals("shop"));
    assertThat(found("dev")).containsExactly("istio-system/a");
    assertThat(found("ops")).containsExactly("ops/a");
    assertThat(found("istio-system")).containsExactly("istio-system/a");
  }

  @Test
  void aWildcardAtHomeKeepsTheServicesOwnRuleAway() {
    add("web/all", 1, "host: '*'").add("shop/a", 1, "host: web");
    assertThat(found("web")).containsExactly("web/all");
  }

  @Test
  void theMostSpecificHostOfANamespaceWins() {
    add("shop/all", 9, "host: '*.shop.svc.cluster.local'").add("shop/local", 9, "host: '*.local'");
    assertThat(found("dev")).containsExactly("shop/all");
    add("shop/web", 1, "host: web.shop.svc.cluster.local");
    assertThat(found("dev")).containsExactly("shop/web");
  }

  @Test
  void aShortHostWithADotNamesNothing() {
    add("shop/a", 1, "host: web.shop");
    assertThat(found("dev")).isEmpty();
  }

  @Test
  void whatIsNotExportedCountsAtHomeOnly() {
    add("shop/a", 1, "host: web, exportTo: [.]");
    assertThat(found("dev")).isEmpty();
    assertThat(found("shop")).containsExactly("shop/a");

    objects.clear();
    add("shop/a", 1, "host: web, exportTo: [dev]");
    assertThat(found("dev")).containsExactly("shop/a");
    assertThat(found("shop")).isEmpty();
    assertThat(found("web")).isEmpty();
  }

  @Test
  void aPrivateRuleOfTheRootNamespaceIsForItsOwnProxies() {
    add("istio-system/private", 1, "host: " + WEB + ", exportTo: [.]")
        .add("shop/a", 1, "host: web");
    assertThat(found("istio-system")).containsExactly("istio-system/private");
    assertThat(found("dev")).containsExactly("shop/a");

    objects.clear();
    add("istio-system/public", 1, "host: " + WEB).add("shop/a", 1, "host: web");
    assertThat(found("istio-system"))
        .as("the service's own rule counts before what the root namespace exports")
        .containsExactly("shop/a");
  }

  @Test
  void rulesOfOneHostAreMergedOldestFirst() {
    add("shop/new", 1, "host: web, trafficPolicy: {}, subsets: [{name: a, labels: {v: new}}]")
        .add(
            "shop/old",
            5,
            "host: web.shop.svc.cluster.local,"
                + " subsets: [{name: a, labels: {v: old}}, {name: b, labels: {v: b}}]");
    MergedRule merged =
        DestinationRules.of(MeshSpecs.revision("default"), objects)
            .forClient("dev", Map.of(), WEB, Optional.of("shop"))
            .orElseThrow();

    assertThat(merged.rules()).extracting(rule -> rule.key().name()).containsExactly("old", "new");
    assertThat(merged.subsets()).isEqualTo(Map.of("a", Map.of("v", "old"), "b", Map.of("v", "b")));
    assertThat(merged.policy().orElseThrow().key().name()).isEqualTo("new");
  }

  @Test
  void rulesThatAreExportedElsewhereStayApartAndTheLastCounts() {
    add("shop/old", 5, "host: web, exportTo: ['*']").add("shop/new", 1, "host: web");
    assertThat(found("dev")).containsExactly("shop/new");
  }

  @Test
  void aRuleThatReachesFurtherIsMergedIntoTheNarrower() {
    add("shop/old", 5, "host: web, exportTo: [dev]")
        .add("shop/new", 1, "host: web, exportTo: [dev, web]");
    assertThat(found("dev")).containsExactly("shop/old", "shop/new");
  }

  @Test
  void aRuleForSomeClientsIsForThose() {
    add("dev/all", 9, "host: " + WEB)
        .add("dev/cart", 1, "host: " + WEB + ", workloadSelector: {matchLabels: {app: cart}}")
        .add("dev/other", 1, "host: " + WEB + ", workloadSelector: {matchLabels: {app: x}}");

    assertThat(found("dev", Map.of("app", "cart"))).containsExactly("dev/cart");
    assertThat(found("dev", Map.of("app", "pay"))).containsExactly("dev/all");
    objects.removeFirst();
    assertThat(found("dev", Map.of("app", "pay"))).isEmpty();
  }

  @Test
  void aRuleForSomeClientsIsNeverExported() {
    add("shop/a", 1, "host: web, exportTo: ['*'], workloadSelector: {matchLabels: {app: cart}}");
    assertThat(found("dev", Map.of("app", "cart"))).isEmpty();
    assertThat(found("shop", Map.of("app", "cart"))).containsExactly("shop/a");
  }

  @Test
  void withoutAKnownServiceOnlyHomeAndRootAreAsked() {
    add("shop/a", 1, "host: '*.example'").add("istio-system/a", 1, "host: a.example");
    DestinationRules rules = DestinationRules.of(MeshSpecs.revision("default"), objects);

    assertThat(
            rules.forClient("dev", Map.of(), "a.example", Optional.empty()).orElseThrow().rules())
        .extracting(rule -> rule.key().namespace())
        .containsExactly("istio-system");
    assertThat(
            rules
                .forClient("dev", Map.of(), "*.a.example", Optional.of("shop"))
                .orElseThrow()
                .rules())
        .extracting(rule -> rule.key().namespace())
        .containsExactly("shop");
  }

  @Test
  void aChangeNamesTheHostItTouches() {
    DestinationRules rules = new DestinationRules(MeshSpecs.revision("default"));
    ResourceKey key = new ResourceKey("networking.istio.io", "DestinationRule", "shop", "a");

    assertThat(rules.put(rule("shop/a", 1, "host: web"))).containsExactly(WEB);
    assertThat(rules.put(rule("shop/a", 1, "host: '*.x'"))).containsOnly(WEB, "*.x");
    assertThat(rules.all()).hasSize(1);
    assertThat(rules.remove(key)).containsExactly("*.x");
    assertThat(rules.remove(key)).isEmpty();
    assertThat(rules.put(object("{apiVersion: v1, kind: Pod, metadata: {name: a}}"))).isEmpty();
    assertThat(rules.forClient("shop", Map.of(), WEB, Optional.of("shop"))).isEmpty();
  }
}
