package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published schemas are what the code makes. With {@code -Dmeshkeel.schemas.write=true} the
 * committed files are written anew.
 */
class KindSchemasTest {
  private static final Path FOLDER = Path.of("../docs/reference/schemas");

  static Stream<String> names() {
    return KindSchemas.files().keySet().stream();
  }

  private static JsonNode schema(String name) throws IOException {
    return new ObjectMapper().readTree(KindSchemas.files().get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theCommittedSchemaIsWhatTheCodeMakes(String name) throws IOException {
    String made = String.valueOf(KindSchemas.files().get(name));
    if (Boolean.getBoolean("meshkeel.schemas.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), made);
    }

    assertThat(FOLDER.resolve(name)).hasContent(made);
  }

  @Test
  void thereIsNoSchemaOfAKindThatDoesNotExist() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> found =
          files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());

      assertThat(found).isEqualTo(KindSchemas.files().keySet());
    }
  }

  @Test
  void aSchemaNamesWhatIsRequiredAndAllowsNothingElse() throws IOException {
    JsonNode spec = schema("meshgateway.json").at("/properties/spec");

    assertThat(spec.at("/additionalProperties").asBoolean(true)).isFalse();
    assertThat(spec.at("/required").toString()).isEqualTo("[\"type\",\"namespace\",\"clusters\"]");
    assertThat(spec.at("/properties/type/enum").toString())
        .isEqualTo("[\"Ingress\",\"Egress\",\"EastWest\"]");
    assertThat(spec.at("/properties/autoscaling/properties/cpu/maximum").asInt()).isEqualTo(1000);
  }

  @Test
  void aFieldThatIsNotSupportedIsInNoSchema() throws IOException {
    JsonNode spec = schema("mesh.json").at("/properties/spec/properties");

    assertThat(spec.has("prune")).isTrue();
    assertThat(spec.has("rollout")).isFalse();
  }

  @Test
  void everyFieldIsInTheReference() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/declarations.md"));
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Shape.Struct> kind : OwnShapes.all().entrySet()) {
      int start = page.indexOf("\n## " + kind.getKey() + "\n");
      assertThat(start).as(kind.getKey()).isPositive();
      int end = page.indexOf("\n## ", start + 1);
      String section = page.substring(start, end);
      leaves("spec", kind.getValue())
          .filter(field -> !section.contains("`" + field + "`"))
          .forEach(field -> missing.add(kind.getKey() + " " + field));
    }

    assertThat(missing).isEmpty();
  }

  private static Stream<String> leaves(String at, Shape shape) {
    return switch (shape) {
      case Shape.Struct(List<Shape.Field> fields) ->
          fields.stream().flatMap(field -> leaves(at + "." + field.name(), field.shape()));
      case Shape.ListOf(Shape.Struct item, int _) -> leaves(at + "[]", item);
      default -> Stream.of(at);
    };
  }
}
