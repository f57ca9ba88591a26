package io.meshkeel.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and what Go 1.26 makes of them; each expectation is its own answer. */
class GoTextsTest {
  @ParameterizedTest
  @CsvSource({
    "1h30m, 5400000000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "-1s, -1000000000",
    "+1s, 1000000000",
    "0, 0",
    "100us, 100000",
    "1µs, 1000",
    "1μs, 1000",
    "0.3333333333333333333h, 1200000000000",
    "2562047h47m16.854775807s, 9223372036854775807"
  })
  void aDurationIsRead(String text, long nanos) {
    assertThat(GoDuration.nanos(text)).isEqualTo(OptionalLong.of(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1d",
        "s",
        ".s",
        "1 s",
        "1h 1m",
        "1s1",
        "1.2.3s",
        "--1s",
        "2562048h",
        "1S"
      })
  void whatIsNoDurationIsToldApart(String text) {
    assertThat(GoDuration.nanos(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "1.2.3.04, false",
    "1.2.3, false",
    "1.2.3.256, false",
    "::1, true",
    "::, true",
    "fe80::1%eth0, true",
    "::1%, false",
    "1:2:3:4:5:6:7:8, true",
    "1:2:3:4:5:6:7, false",
    "::ffff:10.0.0.1, true",
    "1:2:3:4:5:6:1.2.3.4, true",
    "1::2::3, false",
    "12345::, false",
    "1:2:3:4:5:6:7::, true",
    "::2:3:4:5:6:7:8, true",
    "1:2:3:4::5:6:7:8, false",
    ":1, false",
    "1:, false",
    "example.com, false",
    "'', false"
  })
  void anAddressIsTold(String text, boolean address) {
    assertThat(GoAddress.isAddress(text)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, true",
    "10.0.0.0/33, false",
    "::/128, true",
    "::/129, false",
    "10.0.0.0/08, false",
    "10.0.0.0/+8, false",
    "10.0.0.0, false",
    "fe80::%e/64, false"
  })
  void aPrefixIsTold(String text, boolean prefix) {
    assertThat(GoAddress.isPrefix(text)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/a, http, example.com, ''",
    "HTTPS://user:p@Example.com:8443/a?b#c, https, Example.com, 8443",
    "oci://reg/x:1, oci, reg, ''",
    "file:///a, file, '', ''",
    "mailto:a@b, mailto, '', ''",
    "//host:1/p, '', host, 1",
    "rel/a:b, '', '', ''",
    "http://[::1]:80/, http, ::1, 80",
    "http://a/?%zz, http, a, ''"
  })
  void aUrlIsRead(String text, String scheme, String hostname, String port) {
    GoUrl url = GoUrl.parse(text).orElseThrow();
    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.hostname()).isEqualTo(hostname);
    assertThat(url.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "://x",
        "a:b/\u0001",
        "ex am:ple/c",
        "http://a b/",
        "http://a%20b/",
        "http://us er@h",
        "http://h:80a",
        "http://h:1:2",
        "http://a/%zz",
        "http://[10.0.0.1]/",
        "http://[::1",
        "a#%zz"
      })
  void whatIsNoUrlIsToldApart(String text) {
    assertThat(GoUrl.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, true",
    "a:b, true",
    "/a, true",
    "a/b, false",
    "'', false",
    "example.com/img:tag, false",
    "localhost:5000/x, true"
  })
  void aRequestNeedsAnAbsoluteUrlOrPath(String text, boolean request) {
    assertThat(GoUrl.parseRequest(text).isPresent()).isEqualTo(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a+ | true",
        "( | false",
        "a{1001} | false",
        "a** | false",
        "* | false",
        "(?=a) | false",
        "\\1 | false",
        "{+ | true",
        "(?P<n>a)(?P<n>b) | true",
        "(?<n>a) | true",
        "(?P<1-2>a) | false",
        "[b-a] | false",
        "[[:alpha:]{] | true",
        "\\x{10FFFF} | true",
        "\\x{110000} | false",
        "\\Q{*( | true",
        "\\p{Greek} | true"
      })
  void aRegularExpressionIsToldApart(String expression, boolean compiles) {
    assertThat(GoRegex.compiles(expression)).isEqualTo(compiles);
  }
}
