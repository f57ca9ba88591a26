package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"})
  void wordsOfYesAreTrueAsForKubernetes(String text) {
    assertThat(Scalars.resolve(text)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "no", "No", "NO", "off", "Off", "OFF", "n", "N"})
  void wordsOfNoAreFalseAsForKubernetes(String text) {
    assertThat(Scalars.resolve(text)).isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothingIsNull(String text) {
    assertThat(Scalars.resolve(text)).isSameAs(Scalars.NULL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "80, 80",
    "-1, -1",
    "+5, 5",
    "010, 8",
    "0o10, 8",
    "0x1F, 31",
    "0b101, 5",
    "-0b11, -3",
    "1_000, 1000",
    "08, 8",
    "1.0, 1",
    "1e3, 1000",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void wholeNumbersAreLong(String text, long number) {
    assertThat(Scalars.resolve(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1.5", ".5, 0.5", "-2.25, -2.25", "1e-3, 0.001", "1.5E2, 150"})
  void numbersWithAFractionAreDouble(String text, double number) {
    Object value = Scalars.resolve(text);
    assertThat(((Number) value).doubleValue()).isEqualTo(number);
  }

  @Test
  void aNumberBeyondLongStaysExact() {
    assertThat(Scalars.resolve("18446744073709551615"))
        .isEqualTo(new BigInteger("18446744073709551615"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.31.0",
        "10s",
        "1.2.3.4",
        "12:30:45",
        "2026-11-01",
        "2026-11-01T10:00:00Z",
        "0x",
        "-",
        "+",
        ".",
        "..",
        "1e",
        "e3",
        "yesterday",
        "Nope",
        "trues",
        "0b2",
        "1__x",
        "*.example.com",
        "::1",
        "100m"
      })
  void everythingElseIsText(String text) {
    assertThat(Scalars.resolve(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".NaN", ".inf", "-.inf", "+.Inf"})
  void numbersThatJsonLacksAreTold(String text) {
    assertThat(Scalars.resolve(text)).isSameAs(Scalars.NOT_JSON);
  }

  @Test
  void aHugeExponentStaysText() {
    assertThat(Scalars.resolve("1e999")).isEqualTo("1e999");
  }
}
