package io.meshkeel.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServedHostsTest {
  private static ServedHosts served(String... hosts) {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "Gateway",
                "metadata",
                Map.of("namespace", "edge", "name", "public"),
                "spec",
                Map.of(
                    "servers",
                    List.of(
                        Map.of(
                            "port", Map.of("number", 80L, "protocol", "HTTP"),
                            "hosts", List.of(hosts))))));
    return new ServedHosts(
        GatewayView.of(
            new Declaration(
                manifest,
                new MeshName("shop"),
                new SourceFile("meshes/shop/a.yaml", "1", 1),
                0,
                new SourcePosition("meshes/shop/a.yaml", 1, 1))));
  }

  /** After {@code Test_pickMatchingGatewayHosts} of istio/istio: what each side may be. */
  @ParameterizedTest
  @CsvSource({
    "a.example.com,        a.example.com,  true",
    "a.example.com,        b.example.com,  false",
    "*.example.com,        a.example.com,  true",
    "*.example.com,        example.com,    false",
    "a.example.com,        *.example.com,  true",
    "*,                    a.example.com,  true",
    "*/a.example.com,      a.example.com,  true",
    "shop/a.example.com,   a.example.com,  true",
    "shop/*,               a.example.com,  true",
    "web/a.example.com,    a.example.com,  false",
    "web/*,                a.example.com,  false",
    "./*,                  a.example.com,  false",
    "shop/*.example.com,   *.example.com,  true",
  })
  void aHostIsServedWhereNameAndNamespaceFit(String gateway, String host, boolean expected) {
    assertThat(served("other.example.org", gateway).serve(host, "shop")).isEqualTo(expected);
  }

  @Test
  void theGatewaysOwnNamespaceIsMeantByADot() {
    assertThat(served("./*").serve("a.example.com", "edge")).isTrue();
  }

  @Test
  void atMostTwentyAreNamed() {
    String[] many = new String[30];
    for (int i = 0; i < many.length; i++) {
      many[i] = "h" + (10 + i) + ".example.com";
    }
    assertThat(served(many).first()).hasSize(20).startsWith("h10.example.com").isSorted();
  }
}
