package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClosestNameTest {
  private static final List<String> KNOWN =
      List.of("canary", "stable", "STRICT", "version1", "http", "https", "HTTP2");

  @ParameterizedTest
  @CsvSource({"canry,canary", "cannary,canary", "camary,canary", "cnaary,canary", "Strict,STRICT"})
  void oneLetterOrOtherCapitalsAreASlip(String name, String meant) {
    assertThat(ClosestName.slip(name, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "cnry, two letters",
    "version2, another digit",
    "htps, as near to another",
    "canary, known already",
    "xyz, nothing like it",
    "''  , nothing at all",
  })
  void whatCanBeMeantOtherwiseIsNone(String name, String why) {
    assertThat(ClosestName.slip(name, KNOWN)).as(why).isEmpty();
  }

  @Test
  void betweenShortNamesOneLetterIsMuch() {
    assertThat(ClosestName.slip("tl", List.of("tls"))).isEmpty();
    assertThat(ClosestName.slip("TLS", List.of("tls"))).contains("tls");
  }

  @Test
  void twoThatDifferInCapitalsAloneLeaveItOpen() {
    assertThat(ClosestName.slip("ABCD", List.of("abcd", "aBcd"))).isEmpty();
  }
}
