package io.meshkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshGeneratorTest {
  private final MeshGenerator generator = new MeshGenerator(7, 4);

  @Test
  void theSameSeedGivesTheSameText() {
    assertThat(generator.mixed(100)).isEqualTo(new MeshGenerator(7, 4).mixed(100));
  }

  @Test
  void anotherSeedGivesOtherText() {
    assertThat(generator.mixed(100)).isNotEqualTo(new MeshGenerator(8, 4).mixed(100));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 9, 10, 101})
  void asManyFilesAsAskedEachWithItsOwnPath(int count) {
    assertThat(generator.mixed(count).stream().map(GeneratedFile::path).distinct()).hasSize(count);
  }

  @Test
  void aRouteWithSubsetsNamesOnesThatItsDestinationRuleDefines() {
    List<GeneratedFile> files = generator.mixed(2);
    assertThat(files.get(0).text())
        .contains("\n      route:\n      - destination:\n          host: svc-0.team-0")
        .contains("          subset: v1\n        weight: 90\n");
    assertThat(files.get(1).text()).contains("kind: DestinationRule").contains("- name: v1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 100})
  void everyHostOfAMixHasItsService(int count) {
    String services = generator.services(count);
    for (GeneratedFile file : generator.mixed(count)) {
      String name = file.path().replaceAll(".*/(svc-[0-9]+)-.*", "$1");
      String namespace = file.path().split("/")[1];
      assertThat(services).contains("metadata: {namespace: " + namespace + ", name: " + name + "}");
    }
  }

  @Test
  void aChangeOfTheTimeoutChangesNothingElse() {
    String before = generator.virtualService(3, 2, false).text();
    String after = generator.virtualService(3, 5, false).text();
    assertThat(after).isEqualTo(before.replace("timeout: 2s", "timeout: 5s")).isNotEqualTo(before);
  }
}
