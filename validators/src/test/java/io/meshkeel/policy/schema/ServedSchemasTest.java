package io.meshkeel.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a cluster publishes decides what it is sent. */
class ServedSchemasTest {
  private static final String V1 = "networking.istio.io/v1";
  private static final GroupKind ROUTE = new GroupKind("networking.istio.io", "VirtualService");
  private static final Map<String, Object> TEXT = Map.of("type", "string");

  private static Map<String, Object> object(Map<String, Object> properties) {
    return Map.of("type", "object", "properties", properties);
  }

  private static Map<String, Object> list(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  /** The document of one kind with this spec, in the form of OpenAPI v3. */
  private static ServedSchemas serving(String kind, Map<String, Object> spec) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "apiVersion",
                TEXT,
                "kind",
                TEXT,
                "metadata",
                Map.of("allOf", List.of(Map.of("$ref", "#/components/schemas/ObjectMeta"))),
                "spec",
                spec),
            "x-kubernetes-group-version-kind",
            List.of(Map.of("group", "networking.istio.io", "kind", kind, "version", "v1")));
    return ServedSchemas.of(
        Map.of(new GroupKind("networking.istio.io", kind), List.of("v1", "v1beta1")),
        Map.of(
            V1,
            new ServedSchemas.Published(
                "/openapi/v3/apis/networking.istio.io/v1?hash=1",
                PublishedSchemas.of(Map.of("components", Map.of("schemas", Map.of("x", schema)))))),
        Set.of(V1));
  }

  private static Manifest route(String apiVersion, Map<String, Object> spec) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            apiVersion,
            "kind",
            "VirtualService",
            "metadata",
            Map.of("name", "a", "namespace", "shop", "labels", Map.of("any", "label")),
            "spec",
            spec));
  }

  private static final ServedSchemas OLD =
      serving(
          "VirtualService",
          object(
              Map.of(
                  "hosts",
                  list(TEXT),
                  "location",
                  Map.of("type", "string", "enum", List.of("IN", "OUT")),
                  "http",
                  list(
                      object(
                          Map.of(
                              "name",
                              TEXT,
                              "patch",
                              Map.of(
                                  "type",
                                  "object",
                                  "x-kubernetes-preserve-unknown-fields",
                                  true,
                                  "properties",
                                  Map.of("known", object(Map.of("a", TEXT)))),
                              "headers",
                              Map.of("type", "object", "additionalProperties", TEXT)))))));

  private static List<String> refused(Map<String, Object> spec) {
    return OLD.check(route(V1, spec)).stream()
        .map(wrong -> wrong.error() + " " + wrong.path())
        .toList();
  }

  @Test
  void whatIsServedPasses() {
    assertThat(
            refused(
                Map.of(
                    "hosts",
                    List.of("a"),
                    "location",
                    "IN",
                    "http",
                    List.of(Map.of("name", "n", "headers", Map.of("any", "thing"))))))
        .isEmpty();
  }

  @Test
  void aFieldThatTheClusterLacksIsNamedHoweverDeep() {
    assertThat(refused(Map.of("http", List.of(Map.of("name", "n"), Map.of("mirrors", List.of())))))
        .containsExactly("UNKNOWN_FIELD spec.http[1].mirrors");
  }

  @Test
  void aValueThatAnOlderEnumerationLacksIsRefused() {
    assertThat(refused(Map.of("location", "ABOVE"))).containsExactly("ENUM spec.location");
  }

  @Test
  void aFieldThatWasOfAnotherTypeIsRefused() {
    assertThat(refused(Map.of("hosts", "a"))).containsExactly("TYPE spec.hosts");
  }

  /** Kubernetes documentation, "Field pruning": preserving is not inherited by described fields. */
  @Test
  void whereUnknownFieldsArePreservedOnlyTheDescribedOnesAreLookedAt() {
    Map<String, Object> patch = Map.of("whatever", Map.of("x", 1L), "known", Map.of("b", "no"));

    assertThat(refused(Map.of("http", List.of(Map.of("patch", patch)))))
        .containsExactly("UNKNOWN_FIELD spec.http[0].patch.known.b");
  }

  @Test
  void aVersionThatIsNotServedIsRefusedWithTheOneToWrite() {
    assertThat(OLD.check(route("networking.istio.io/v1alpha3", Map.of())))
        .singleElement()
        .satisfies(wrong -> {
          assertThat(wrong.error()).isEqualTo(SchemaError.VERSION);
          assertThat(wrong.path()).hasToString("apiVersion");
          assertThat(wrong.remediation()).contains("declare it as networking.istio.io/v1,");
        });
  }

  @Test
  void whatIsNotKnownIsLeftToTheServer() {
    Manifest route = route(V1, Map.of("unheard", "of"));

    assertThat(ServedSchemas.UNKNOWN.check(route)).isEmpty();
    assertThat(serving("Gateway", object(Map.of())).check(route)).isEmpty();
    assertThat(ServedSchemas.of(Map.of(ROUTE, List.of("v1")), Map.of(), Set.of(V1)).check(route))
        .isEmpty();
  }

  @Test
  void aReferenceToAnotherSchemaTakesEverything() {
    ServedSchemas referring =
        serving("VirtualService", Map.of("$ref", "#/components/schemas/elsewhere"));

    assertThat(referring.check(route(V1, Map.of("unheard", "of")))).isEmpty();
  }
}
