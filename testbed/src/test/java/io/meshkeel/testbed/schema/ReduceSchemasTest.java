package io.meshkeel.testbed.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reduction keeps and what it drops. */
class ReduceSchemasTest {
  private static final SchemaSource SOURCE =
      new SchemaSource("x-1.0", "1.0", "example.com/x", "1.0.3", "crds.yaml");

  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: things.example.com}
      spec:
        group: example.com
        names: {kind: Thing, plural: things, singular: thing}
        scope: Namespaced
        versions:
      """;

  private static JsonNode reduce(String... versions) {
    try {
      return new ObjectMapper()
          .readTree(ReduceSchemas.reduce(SOURCE, CRD + String.join("", versions)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String version(String name, boolean served, boolean storage, String spec) {
    return """
      - name: %s
        served: %s
        storage: %s
        schema:
          openAPIV3Schema:
            type: object
            description: A thing.
            required: [spec, metadata]
            properties:
              apiVersion: {type: string}
              kind: {type: string}
              metadata: {type: object}
              status: {type: object}
              spec: %s
    """
        .formatted(name, served, storage, spec);
  }

  private static JsonNode spec(String spec) {
    return reduce(version("v1", true, true, spec)).at("/kinds/0/schemas/0/schema/properties/spec");
  }

  @Test
  void aKindHasItsNamesAndItsScope() {
    JsonNode kind = reduce(version("v1", true, true, "{type: object}")).at("/kinds/0");

    assertThat(kind.path("group").asText()).isEqualTo("example.com");
    assertThat(kind.path("kind").asText()).isEqualTo("Thing");
    assertThat(kind.path("plural").asText()).isEqualTo("things");
    assertThat(kind.path("scope").asText()).isEqualTo("Namespaced");
    assertThat(kind.path("storage").asText()).isEqualTo("v1");
  }

  @Test
  void theSourceIsNamed() {
    JsonNode all = reduce(version("v1", true, true, "{type: object}"));

    assertThat(all.path("release").asText()).isEqualTo("1.0");
    assertThat(all.path("source"))
        .hasToString(
            "[{\"file\":\"crds.yaml\",\"module\":\"example.com/x\",\"version\":\"v1.0.3\"}]");
  }

  @Test
  void versionsWithEqualSchemasShareOne() {
    JsonNode schemas =
        reduce(
                version("v1", true, true, "{type: object}"),
                version("v1beta1", true, false, "{type: object, description: other words}"))
            .at("/kinds/0/schemas");

    assertThat(schemas).hasSize(1);
    assertThat(schemas.at("/0/versions")).hasToString("[\"v1\",\"v1beta1\"]");
  }

  @Test
  void versionsWithDifferentSchemasHaveTheirOwn() {
    JsonNode schemas =
        reduce(
                version("v1", true, true, "{type: object}"),
                version("v2", true, false, "{type: object, maxProperties: 3}"))
            .at("/kinds/0/schemas");

    assertThat(schemas).hasSize(2);
  }

  @Test
  void aVersionThatIsNotServedIsLeftOut() {
    JsonNode schemas =
        reduce(
                version("v1", true, true, "{type: object}"),
                version("v1alpha1", false, false, "{type: object, maxProperties: 3}"))
            .at("/kinds/0/schemas");

    assertThat(schemas).hasSize(1);
    assertThat(schemas.at("/0/versions")).hasToString("[\"v1\"]");
  }

  @Test
  void whatIsNotDeclaredIsNotInTheSchema() {
    JsonNode schema =
        reduce(version("v1", true, true, "{type: object}")).at("/kinds/0/schemas/0/schema");

    assertThat(schema)
        .hasToString(
            "{\"properties\":{\"spec\":{\"type\":\"object\"}},\"required\":[\"spec\"],"
                + "\"type\":\"object\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minimum: 1|1",
        "maximum: 65535|65535",
        "minLength: 1|1",
        "maxLength: 253|253",
        "maxItems: 16|16",
        "pattern: ^a$|\"^a$\"",
        "format: int32|\"int32\"",
        "nullable: true|true",
        "default: false|false",
        "enum: [A, B]|[\"A\",\"B\"]",
        "x-kubernetes-int-or-string: true|true",
        "x-kubernetes-preserve-unknown-fields: true|true",
        "additionalProperties: {type: string, description: prose}|{\"type\":\"string\"}",
        "items: {type: string, description: prose}|{\"type\":\"string\"}",
        "not: {required: [a]}|{\"required\":[\"a\"]}",
        "oneOf: [{required: [a]}, {required: [b]}]|[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]",
        "x-kubernetes-validations: [{rule: 'self > 1', message: m}]"
            + "|[{\"message\":\"m\",\"rule\":\"self > 1\"}]"
      })
  void aKeywordThatCanBeCheckedIsKept(String keyword, String kept) {
    String name = keyword.substring(0, keyword.indexOf(':'));

    assertThat(spec("{" + keyword + "}").path(name)).hasToString(kept);
  }

  @Test
  void proseIsDroppedEverywhere() {
    JsonNode spec =
        spec(
            "{type: object, description: a, properties: {b: {type: array, description: c, items:"
                + " {type: string, title: d, description: e}}}}");

    assertThat(spec.findValues("description")).isEmpty();
    assertThat(spec.findValues("title")).isEmpty();
  }

  @Test
  void aPropertyThatIsCalledLikeAKeywordIsAProperty() {
    JsonNode spec = spec("{properties: {description: {type: string}, items: {type: string}}}");

    assertThat(spec.path("properties"))
        .hasToString("{\"description\":{\"type\":\"string\"},\"items\":{\"type\":\"string\"}}");
  }

  @Test
  void aKeywordThatNobodyThoughtOfStopsTheReduction() {
    assertThatThrownBy(() -> spec("{properties: {a: {dependentRequired: {}}}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dependentRequired")
        .hasMessageContaining(".spec.a");
  }

  @Test
  void largeSchemasThatAreEqualAreStoredOnce() {
    String large = "{type: string, maxLength: 253, pattern: \"^" + "a".repeat(200) + "$\"}";
    JsonNode all =
        reduce(
            version(
                "v1", true, true, "{properties: {a: " + large + ", b: {items: " + large + "}}}"));

    assertThat(all.path("definitions").fieldNames()).toIterable().containsExactly("Thing.spec.a");
    assertThat(all.at("/definitions/Thing.spec.a/maxLength").asInt()).isEqualTo(253);
    assertThat(all.at("/kinds/0/schemas/0/schema/properties/spec/properties"))
        .hasToString(
            "{\"a\":{\"$ref\":\"Thing.spec.a\"},\"b\":{\"items\":{\"$ref\":\"Thing.spec.a\"}}}");
  }

  @Test
  void documentsThatAreNoDefinitionsArePassedOver() {
    JsonNode all =
        reduce(
            version("v1", true, true, "{type: object}"),
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n");

    assertThat(all.path("kinds")).hasSize(1);
  }

  @Test
  void everySupportedReleaseHasASourceOfThatRelease() {
    assertThat(SchemaSource.ALL)
        .allSatisfy(source -> {
          assertThat(source.version()).startsWith(source.release() + ".");
          assertThat(source.name()).endsWith(source.release());
        });
    assertThat(SchemaSource.ALL)
        .extracting(SchemaSource::name)
        .isEqualTo(List.of("istio-1.29", "istio-1.30", "istio-1.31", "gateway-1.6"));
  }
}
