package io.meshkeel.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeshFactsTest {
  private static final Mesh.Spec MESH =
      new Mesh.Spec(
          "1.31",
          Mesh.Topology.PRIMARY_REMOTE,
          "default",
          "istio-system",
          "cluster.local",
          "cluster.local",
          Mesh.DriftMode.REPORT,
          Mesh.Conflicts.FAIL,
          Mesh.OnRemoval.RELEASE,
          Mesh.Prune.DEFAULT,
          false,
          false);
  private static final String REVIEWS = "reviews.shop.svc.cluster.local";

  private final List<ObjectView> views = new ArrayList<>();

  private ObjectView add(String group, String kind, String id, Map<String, Object> spec) {
    String[] names = id.split("/", 2);
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion",
                group + "/v1",
                "kind",
                kind,
                "metadata",
                Map.of("namespace", names[0], "name", names[1]),
                "spec",
                spec));
    ObjectView view =
        ObjectView.of(
            new Declaration(
                manifest,
                new MeshName("shop"),
                new SourceFile("meshes/shop/a.yaml", "1", 1),
                0,
                new SourcePosition("meshes/shop/a.yaml", 1, 1)),
            "cluster.local");
    views.add(view);
    return view;
  }

  private ObjectView service(String id, Map<String, Object> spec) {
    return add("networking.istio.io", "VirtualService", id, spec);
  }

  private ObjectView rule(String id, Map<String, Object> spec) {
    return add("networking.istio.io", "DestinationRule", id, spec);
  }

  private ObjectView gateway(String id, Map<String, String> selector, Map<String, Object> server) {
    return add(
        "networking.istio.io",
        "Gateway",
        id,
        Map.of("selector", selector, "servers", List.of(server)));
  }

  private static Map<String, Object> http(String host, long port) {
    return Map.of("port", Map.of("number", port, "protocol", "HTTP"), "hosts", List.of(host));
  }

  private static Map<String, Object> https(String host) {
    return Map.of(
        "port", Map.of("number", 443, "protocol", "HTTPS"),
        "hosts", List.of(host),
        "tls", Map.of("mode", "SIMPLE", "credentialName", "cert"));
  }

  private static Map<String, Object> routeTo(String host, String subset) {
    return Map.of(
        "hosts",
        List.of(host),
        "http",
        List.of(
            Map.of(
                "route", List.of(Map.of("destination", Map.of("host", host, "subset", subset))))));
  }

  private static Map<String, Object> subsets(String host, String... names) {
    List<Object> subsets = new ArrayList<>();
    for (String name : names) {
      subsets.add(Map.of("name", name));
    }
    return Map.of("host", host, "subsets", subsets);
  }

  private static Map<String, Object> with(Map<String, Object> spec, String key, Object value) {
    Map<String, Object> more = new java.util.HashMap<>(spec);
    more.put(key, value);
    return more;
  }

  private Map<String, Object> slice(ObjectView of) {
    return MeshFacts.of(MESH, views).slice(of);
  }

  private List<?> list(ObjectView of, String field) {
    return slice(of).get(field) instanceof List<?> list ? list : List.of();
  }

  private static Object in(Object map, String field) {
    Object value = ((Map<?, ?>) map).get(field);
    return value == null ? "" : value;
  }

  private List<Object> lookups(ObjectView of) {
    return List.copyOf((List<?>) in(list(of, "destinations").getFirst(), "lookups"));
  }

  @Test
  void aShortAndAFullNameOfOneHostMeet() {
    ObjectView one = service("shop/a", Map.of("hosts", List.of("reviews")));
    service("web/b", Map.of("hosts", List.of(REVIEWS)));
    assertThat(in(list(one, "hosts").getFirst(), "others")).isEqualTo(List.of("web/b"));
  }

  @Test
  void hostsOfDisjointScopesDoNotMeet() {
    ObjectView one = service("shop/a", Map.of("hosts", List.of(REVIEWS), "exportTo", List.of(".")));
    service("web/b", Map.of("hosts", List.of(REVIEWS), "exportTo", List.of(".")));
    assertThat(list(one, "hosts")).isEmpty();
  }

  @Test
  void aPrivateServiceMeetsOneThatIsSeenEverywhere() {
    ObjectView one = service("shop/a", Map.of("hosts", List.of(REVIEWS), "exportTo", List.of(".")));
    ObjectView other = service("web/b", Map.of("hosts", List.of(REVIEWS)));
    assertThat(in(list(one, "hosts").getFirst(), "others")).isEqualTo(List.of("web/b"));
    assertThat(in(list(other, "hosts").getFirst(), "others")).isEqualTo(List.of("shop/a"));
  }

  @Test
  void aServiceBoundToAGatewayOnlyMeetsNoSidecarRoutes() {
    ObjectView one =
        service("shop/a", Map.of("hosts", List.of(REVIEWS), "gateways", List.of("edge")));
    service("web/b", Map.of("hosts", List.of(REVIEWS)));
    assertThat(list(one, "hosts")).isEmpty();
  }

  @Test
  void aServiceWithoutGatewaysIsBoundToTheMesh() {
    assertThat(((VirtualServiceView) service("shop/a", Map.of("hosts", List.of("a")))).mesh())
        .isTrue();
  }

  @Test
  void manySharersAreNamedUpToTheLimit() {
    ObjectView one = service("shop/a", Map.of("hosts", List.of(REVIEWS)));
    for (int i = 0; i < 3 * MeshFacts.MAX_RELATED; i++) {
      service("web/b%03d".formatted(i), Map.of("hosts", List.of(REVIEWS)));
    }
    assertThat((List<?>) in(list(one, "hosts").getFirst(), "others"))
        .hasSize(MeshFacts.MAX_RELATED)
        .asList()
        .startsWith("web/b000");
  }

  @Test
  void aRuleOfTheServicesNamespaceIsFound() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule("shop/reviews", subsets("reviews", "v1", "v2"));
    assertThat(in(lookups(one).getFirst(), "subsets")).isEqualTo(List.of("v1", "v2"));
  }

  @Test
  void aRuleOfTheClientsNamespaceHidesThatOfTheService() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule("shop/reviews", subsets(REVIEWS, "v1"));
    rule("web/reviews", subsets(REVIEWS, "v2"));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of("web/reviews"));
    assertThat(in(lookups(one).getFirst(), "subsets")).isEqualTo(List.of("v2"));
  }

  @Test
  void aPrivateRuleOfAnotherNamespaceIsNotFound() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule("shop/reviews", with(subsets(REVIEWS, "v1"), "exportTo", List.of(".")));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of());
    assertThat(in(lookups(one).getFirst(), "certain")).isEqualTo(true);
  }

  @Test
  void aPrivateRuleServesItsNamespaceAndMayFailOthers() {
    ObjectView one = service("shop/a", routeTo(REVIEWS, "v9"));
    rule("shop/reviews", with(subsets(REVIEWS, "v1"), "exportTo", List.of(".")));
    assertThat(lookups(one)).hasSize(2);
    assertThat(in(lookups(one).get(0), "subsets")).isEqualTo(List.of("v1"));
    assertThat(in(lookups(one).get(1), "certain")).isEqualTo(false);
    assertThat(in(lookups(one).get(1), "rules")).isEqualTo(List.of());
  }

  @Test
  void aRuleWithAWorkloadSelectorStaysInItsNamespace() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule(
        "shop/reviews",
        with(subsets(REVIEWS, "v1"), "workloadSelector", Map.of("matchLabels", Map.of("a", "b"))));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of());
  }

  @Test
  void aRuleOfTheRootNamespaceComesLast() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule("istio-system/all", subsets("*.shop.svc.cluster.local", "v1"));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of("istio-system/all"));
  }

  @Test
  void aRuleOfAThirdNamespaceHasNoEffect() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    rule("other/reviews", subsets(REVIEWS, "v1"));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of());
  }

  @Test
  void theMostSpecificHostWins() {
    ObjectView one = service("shop/a", routeTo(REVIEWS, "v9"));
    rule("shop/wide", subsets("*.cluster.local", "v1"));
    rule("shop/narrow", subsets("*.shop.svc.cluster.local", "v2"));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of("shop/narrow"));
  }

  @Test
  void rulesOfOneHostAndNamespaceAreMerged() {
    ObjectView one = service("shop/a", routeTo(REVIEWS, "v9"));
    rule("shop/one", subsets(REVIEWS, "v1"));
    rule("shop/two", subsets("reviews", "v2"));
    assertThat(in(lookups(one).getFirst(), "subsets")).isEqualTo(List.of("v1", "v2"));
  }

  @Test
  void aServiceEntrysNamespaceIsWhereItsRuleIsLookedFor() {
    ObjectView one = service("web/a", routeTo("api.example.com", "v9"));
    add(
        "networking.istio.io",
        "ServiceEntry",
        "ext/api",
        Map.of("hosts", List.of("api.example.com")));
    rule("ext/api", subsets("api.example.com", "v1"));
    rule("aaa/api", subsets("api.example.com", "v9"));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of("ext/api"));
  }

  @Test
  void aGatewayFindsWhatSomeOtherNamespaceCanSee() {
    ObjectView one =
        service("shop/a", with(routeTo(REVIEWS, "v9"), "gateways", List.of("edge/public")));
    rule("shop/reviews", with(subsets(REVIEWS, "v1"), "exportTo", List.of("ingress")));
    assertThat(in(lookups(one).getFirst(), "subsets")).isEqualTo(List.of("v1"));
  }

  @Test
  void aGatewayDoesNotFindAPrivateRuleElsewhere() {
    ObjectView one =
        service("shop/a", with(routeTo(REVIEWS, "v9"), "gateways", List.of("edge/public")));
    rule("shop/reviews", with(subsets(REVIEWS, "v1"), "exportTo", List.of(".")));
    assertThat(in(lookups(one).getFirst(), "rules")).isEqualTo(List.of());
  }

  @Test
  void aReferenceKnowsWhetherItsGatewayIsDeclared() {
    ObjectView one =
        service(
            "shop/a", Map.of("hosts", List.of("a"), "gateways", List.of("mesh", "edge", "web/x")));
    gateway("shop/edge", Map.of(), http("*", 80));
    assertThat(list(one, "gateways")).hasSize(2);
    assertThat(in(list(one, "gateways").get(0), "declared")).isEqualTo(true);
    assertThat(in(list(one, "gateways").get(1), "declared")).isEqualTo(false);
    assertThat(in(list(one, "gateways").get(1), "path")).isEqualTo(List.of("spec", "gateways", 2));
  }

  @Test
  void aPartialNameIsKnownByItsNamespace() {
    ObjectView one = rule("web/a", Map.of("host", "reviews.shop"));
    assertThat(in(list(one, "shortHosts").getFirst(), "known")).isEqualTo(false);
    rule("shop/b", Map.of("host", "x.shop.svc.cluster.local"));
    assertThat(in(list(one, "shortHosts").getFirst(), "known")).isEqualTo(true);
  }

  @Test
  void gatewaysOfOneProxyMeetOnOneHostAndPort() {
    ObjectView one = gateway("a/one", Map.of("istio", "ingress"), https("shop.example.com"));
    gateway("b/two", Map.of("istio", "ingress", "x", "y"), https("*/shop.example.com"));
    assertThat(in(list(one, "listeners").getFirst(), "others"))
        .isEqualTo(List.of(Map.of("gateway", "b/two", "dropped", true, "refused", false)));
  }

  @Test
  void gatewaysOfOtherProxiesOrPortsDoNotMeet() {
    ObjectView one = gateway("a/one", Map.of("istio", "ingress"), http("shop.example.com", 80));
    gateway("a/two", Map.of("istio", "egress"), http("shop.example.com", 80));
    gateway("a/three", Map.of("istio", "ingress"), http("shop.example.com", 8080));
    gateway("a/four", Map.of("istio", "ingress"), http("*.example.com", 80));
    assertThat(slice(one)).isEmpty();
  }

  @Test
  void plainHttpServersAreMergedNotDropped() {
    ObjectView one = gateway("a/one", Map.of("istio", "ingress"), http("shop.example.com", 80));
    gateway("a/two", Map.of("istio", "ingress"), http("shop.example.com", 80));
    assertThat(in(list(one, "listeners").getFirst(), "others"))
        .isEqualTo(List.of(Map.of("gateway", "a/two", "dropped", false, "refused", false)));
  }

  @Test
  void onlyPoliciesWithoutASelectorShareANamespace() {
    ObjectView one = add("security.istio.io", "PeerAuthentication", "shop/a", Map.of());
    ObjectView other =
        add(
            "security.istio.io",
            "PeerAuthentication",
            "shop/b",
            Map.of("selector", Map.of("matchLabels", Map.of())));
    ObjectView selected =
        add(
            "security.istio.io",
            "PeerAuthentication",
            "shop/c",
            Map.of("selector", Map.of("matchLabels", Map.of("app", "a"))));
    add("security.istio.io", "PeerAuthentication", "web/d", Map.of());
    assertThat(slice(one)).isEqualTo(Map.of("others", List.of("shop/b")));
    assertThat(slice(other)).isEqualTo(Map.of("others", List.of("shop/a")));
    assertThat(slice(selected)).isEmpty();
  }

  @Test
  void slicesDoNotDependOnTheOrderOfObjects() {
    ObjectView one = service("web/a", routeTo(REVIEWS, "v9"));
    service("shop/b", Map.of("hosts", List.of(REVIEWS)));
    service("zoo/c", Map.of("hosts", List.of(REVIEWS)));
    rule("shop/one", subsets(REVIEWS, "v1"));
    rule("shop/two", subsets(REVIEWS, "v2"));
    Map<String, Object> forwards = slice(one);
    assertThat(MeshFacts.of(MESH, views.reversed()).slice(one)).isEqualTo(forwards);
  }

  @Test
  void contentOfTheWrongTypeIsLeftOut() {
    ObjectView one =
        service("shop/a", Map.of("hosts", "reviews", "http", Map.of(), "gateways", List.of(1)));
    assertThat(slice(one)).isEmpty();
  }
}
