package io.meshkeel.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScopesTest {
  private static Scopes of(String... exportTo) {
    return Scopes.of(List.of(exportTo), "shop");
  }

  @Test
  void nothingSaidMeansEverywhere() {
    assertThat(of()).isEqualTo(Scopes.EVERYWHERE);
    assertThat(of().includes("web")).isTrue();
  }

  @Test
  void aDotIsTheOwnNamespace() {
    assertThat(of(".").includes("shop")).isTrue();
    assertThat(of(".").includes("web")).isFalse();
    assertThat(of(".").onlyWithin("shop")).isTrue();
  }

  @Test
  void aStarWinsOverEverythingElse() {
    assertThat(of(".", "*", "~").everywhere()).isTrue();
  }

  @Test
  void aTildeHidesWhateverElseIsListed() {
    assertThat(of("~", "web").includes("web")).isFalse();
    assertThat(of("~").meets(Scopes.EVERYWHERE)).isFalse();
    assertThat(Scopes.EVERYWHERE.meets(of("~"))).isFalse();
  }

  @Test
  void scopesMeetWhereOneNamespaceSeesBoth() {
    assertThat(of(".", "web").meets(of("web"))).isTrue();
    assertThat(of(".").meets(of("web"))).isFalse();
    assertThat(of(".").meets(Scopes.EVERYWHERE)).isTrue();
  }

  @Test
  void theOwnNameIsAsPrivateAsADot() {
    assertThat(of("shop").onlyWithin("shop")).isTrue();
    assertThat(of("shop", "web").onlyWithin("shop")).isFalse();
  }
}
