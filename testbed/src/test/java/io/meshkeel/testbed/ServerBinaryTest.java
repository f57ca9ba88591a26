package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerBinaryTest {
  static Stream<ServerBinary> all() {
    return ServerBinary.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsBuildDefinitionNamesItsVersion(ServerBinary binary) {
    assertThat(binary.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(binary.fileName()).isEqualTo(binary.name() + "-" + binary.version());
    assertThat(binary.minorRelease()).matches("(?!0\\.0)\\d+\\.\\d+");
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsBuildArgumentsHaveNoPlaceLeftToFill(ServerBinary binary) {
    assertThat(binary.filledBuildArguments()).noneMatch(argument -> argument.contains("{"));
  }

  @Test
  void namesAndVariablesAreUnique() {
    assertThat(ServerBinary.ALL).extracting(ServerBinary::name).doesNotHaveDuplicates();
    assertThat(ServerBinary.ALL).extracting(ServerBinary::variable).doesNotHaveDuplicates();
  }

  @Test
  void opaComesFirstBecauseADemoNeedsItFirst() {
    assertThat(ServerBinary.ALL).first().isEqualTo(ServerBinary.OPA);
  }

  @Test
  void whatOnlySomeTestsNeedIsNotAmongTheUsual() {
    assertThat(ServerBinary.ALL)
        .containsAll(ServerBinary.USUAL)
        .containsAll(ServerBinary.FURTHER)
        .hasSize(ServerBinary.USUAL.size() + ServerBinary.FURTHER.size());
    assertThat(ServerBinary.USUAL).doesNotContainAnyElementsOf(KubeNodes.BINARIES);
  }

  @Test
  void istiodIsOfTheReleaseOfItsApi() {
    assertThat(ServerBinary.ISTIOD.minorRelease()).isEqualTo("1.31");
    assertThat(ServerBinary.ISTIOD.version()).startsWith("0.0.0-");
  }

  @Test
  void prometheusIsKnownByItsReleaseAndNotByTheVersionOfItsModule() {
    assertThat(ServerBinary.PROMETHEUS.version()).startsWith("0.3");
    assertThat(ServerBinary.PROMETHEUS.minorRelease()).matches("3\\.[1-9]\\d*");
  }

  @Test
  void anUnknownNameIsNoBinary() {
    assertThat(ServerBinary.named("opa")).isEqualTo(ServerBinary.OPA);
    assertThat(ServerBinary.named("nginx")).isNull();
  }

  @Test
  void aNameThatIsNoPlainFileNameIsRefused() {
    assertThatThrownBy(() ->
            new ServerBinary(
                "../opa",
                "X",
                "x",
                List.of(),
                "opa",
                "m",
                "m",
                "p",
                List.of(),
                false,
                null,
                Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../opa");
  }
}
