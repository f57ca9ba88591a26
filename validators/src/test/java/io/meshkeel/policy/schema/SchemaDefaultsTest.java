package io.meshkeel.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaDefaultsTest {
  private static final SchemaCheck CHECK = SchemaCheck.of("1.31");

  @Test
  void aRouteGetsTheDefaultsOfTheServer() {
    Manifest route =
        SchemaCheckTest.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: a, port: 80}]}]}");
    Map<String, Object> filled = CHECK.withDefaults(route);
    assertThat(at(filled, "spec", "parentRefs", 0, "kind")).isEqualTo("Gateway");
    assertThat(at(filled, "spec", "parentRefs", 0, "group")).isEqualTo("gateway.networking.k8s.io");
    assertThat(at(filled, "spec", "rules", 0, "backendRefs", 0, "weight")).isEqualTo(1L);
    assertThat(at(filled, "spec", "rules", 0, "backendRefs", 0, "kind")).isEqualTo("Service");
    assertThat(at(filled, "spec", "rules", 0, "matches", 0, "path", "type"))
        .isEqualTo("PathPrefix");
    assertThat(at(filled, "metadata", "name")).isEqualTo("x");
  }

  private static Object at(Map<String, Object> tree, Object... path) {
    return JsonPath.of(path).find(tree).orElseThrow();
  }

  @Test
  void whatIsWrittenStays() {
    Manifest route =
        SchemaCheckTest.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "spec: {parentRefs: [{name: catalog, kind: Service, group: \"\"}]}");
    Map<String, Object> filled = CHECK.withDefaults(route);
    assertThat(at(filled, "spec", "parentRefs", 0, "kind")).isEqualTo("Service");
    assertThat(at(filled, "spec", "parentRefs", 0, "group")).isEqualTo("");
  }

  @Test
  void fillingTwiceChangesNothing() {
    Manifest route =
        SchemaCheckTest.object(
            "gateway.networking.k8s.io/v1", "HTTPRoute", "spec: {parentRefs: [{name: gw}]}");
    Manifest once = Manifest.of(CHECK.withDefaults(route));
    assertThat(CHECK.withDefaults(once)).isSameAs(once.content());
  }

  @Test
  void whatIsFilledInCanBeTakenAwayAgain() {
    Manifest route =
        SchemaCheckTest.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: a, port: 80, weight: 9}]}]}");
    Manifest filled = Manifest.of(CHECK.withDefaults(route));
    assertThat(CHECK.withoutDefaults(filled)).isEqualTo(route.content());
    assertThat(CHECK.withoutDefaults(route)).isEqualTo(route.content());
  }

  @Test
  void anIstioObjectHasNoDefaultsAndStaysTheSame() {
    Manifest policy =
        SchemaCheckTest.object("security.istio.io/v1", "AuthorizationPolicy", "spec: {}");
    assertThat(CHECK.withDefaults(policy)).isSameAs(policy.content());
  }

  @Test
  void anObjectOfAnUnknownKindStaysTheSame() {
    Manifest other = SchemaCheckTest.object("example.com/v1", "Thing", "spec: {}");
    assertThat(CHECK.withDefaults(other)).isSameAs(other.content());
  }
}
