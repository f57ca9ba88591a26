package io.meshkeel.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.Declared;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmptiedMapsTest {
  private static final JsonPath NAMESPACES = JsonPath.of("spec", "allowedListeners", "namespaces");

  private static Manifest gateway(Map<String, Object> allowed) {
    return Declared.object(
        "gateway.networking.k8s.io/v1",
        "Gateway",
        "edge",
        "public",
        Map.of(),
        Map.of("gatewayClassName", "istio", "allowedListeners", allowed, "listeners", List.of()));
  }

  private static EmptiedMaps emptied(String from) {
    Manifest before = gateway(Map.of("namespaces", Map.of("from", from)));
    LiveObject live =
        new LiveObject(
            before.key(),
            before.apiVersion(),
            "uid",
            "1",
            Map.of(),
            Map.of(),
            before.spec(),
            List.of(),
            false);
    return EmptiedMaps.of(gateway(Map.of()), live);
  }

  @Test
  void whatWasDeclaredThereGoesBeforeTheMapIsApplied() {
    EmptiedMaps maps = emptied("All");
    assertThat(maps.content()).containsExactly(NAMESPACES);
    assertThat(maps.declared()).isEqualTo(gateway(Map.of()));
  }

  @Test
  void whatTheServerWouldPutBackStaysAndIsDeclared() {
    EmptiedMaps maps = emptied("None");
    assertThat(maps.content()).isEmpty();
    assertThat(maps.all()).isEmpty();
    assertThat(NAMESPACES.find(maps.declared().content())).contains(Map.of("from", "None"));
  }
}
