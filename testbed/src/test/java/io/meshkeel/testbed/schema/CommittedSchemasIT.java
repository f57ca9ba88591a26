package io.meshkeel.testbed.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.testbed.Crds;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed schemas are what the published definitions say. */
class CommittedSchemasIT {
  private static final Path FOLDER =
      Path.of("../validators/src/main/resources/io/meshkeel/policy/schema");

  static Stream<SchemaSource> all() {
    return SchemaSource.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCommittedFileIsUpToDate(SchemaSource source) throws IOException {
    String published = Files.readString(source.published(new Crds(SharedServers.binaries())));

    assertThat(FOLDER.resolve(source.name() + ".json"))
        .as("run io.meshkeel.testbed.schema.ReduceSchemas again, see docs/testbed.md")
        .hasContent(ReduceSchemas.reduce(source, published));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyReferenceLeadsToADefinition(SchemaSource source) throws IOException {
    JsonNode all = new ObjectMapper().readTree(FOLDER.resolve(source.name() + ".json").toFile());
    List<String> references = all.findValuesAsText("$ref");

    assertThat(references).isNotEmpty();
    assertThat(all.path("definitions").fieldNames())
        .toIterable()
        .containsAll(references)
        .allSatisfy(name -> assertThat(references).contains(name));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCommittedFileIsSmall(SchemaSource source) {
    assertThat(FOLDER.resolve(source.name() + ".json").toFile().length()).isLessThan(80_000);
  }
}
