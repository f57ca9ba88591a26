package io.meshkeel.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.Hosts.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of {@code pkg/config/host/name_test.go} and {@code pilot/pkg/model/config_test.go} of
 * istio/istio that matter here.
 */
final class HostsTest {
  @ParameterizedTest
  @CsvSource({
    "reviews, reviews.shop.svc.cluster.local",
    "reviews.shop, reviews.shop",
    "reviews.shop.svc, reviews.shop.svc",
    "reviews.shop.svc.cluster.local, reviews.shop.svc.cluster.local",
    "*, *",
    "*.example.com, *.example.com",
    "10.0.0.1, 10.0.0.1",
    "2001:db8::1, 2001:db8::1",
  })
  void onlyANameWithoutADotIsExpanded(String host, String expected) {
    assertThat(Hosts.fqdn(host, "shop", "cluster.local")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "reviews, BARE",
    "reviews.shop, PARTIAL",
    "reviews.shop.svc, PARTIAL",
    "reviews.shop.svc.cluster.local, FULL",
    "api.example.com, FULL",
    "*, FULL",
    "*.shop, FULL",
    "10.0.0.1, FULL",
    "2001:db8::1, FULL",
    "reviews., FULL",
  })
  void theFormOfAHostSaysWhatIstioAdds(String host, Form expected) {
    assertThat(Hosts.form(host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "foo.com, foo.com, true",
    "foo.com, bar.com, false",
    "*.com, foo.com, true",
    "*.foo.com, foo.com, false",
    "*, foo.com, true",
    "*, *.com, true",
    "*.com, *.foo.com, true",
    "*.foo.com, *.com, false",
    "foo.com, *.com, false",
  })
  void aPatternCoversWhatEndsLikeIt(String pattern, String host, boolean expected) {
    assertThat(Hosts.covers(pattern, host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"foo.com, *.com", "*.com, foo.com", "*.com, *.foo.com", "*, foo.com"})
  void twoNamesMeetWhicheverIsTheWiderOne(String one, String other) {
    assertThat(Hosts.meet(one, other)).isTrue();
    assertThat(Hosts.meet(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "reviews.shop.svc.cluster.local, shop",
    "a.b.c.svc.cluster.local, ''",
    "reviews.svc.cluster.local, ''",
    "reviews.shop.svc.other, ''",
    "example.com, ''",
  })
  void onlyAFullServiceNameHasANamespace(String fqdn, String expected) {
    assertThat(Hosts.namespaceOf(fqdn, "cluster.local").orElse("")).isEqualTo(expected);
  }
}
