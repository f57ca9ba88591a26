package io.meshkeel.facts;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigOrderTest {
  private static Manifest sidecar(String metadata) {
    return object(
        "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {%s}}".formatted(metadata));
  }

  @Test
  void theOldestIsFirstThenTheNameThenTheNamespaceAndWhatIsNotThereYetLast() {
    List<Manifest> inOrder =
        List.of(
            sidecar("name: z, namespace: z, creationTimestamp: \"2025-12-31T23:59:59Z\""),
            sidecar("name: a, namespace: b, creationTimestamp: \"2026-01-01T00:00:00Z\""),
            sidecar("name: a, namespace: c, creationTimestamp: \"2026-01-01T00:00:00Z\""),
            sidecar("name: b, namespace: a, creationTimestamp: \"2026-01-01T00:00:00Z\""),
            sidecar("name: a, namespace: a"),
            sidecar("name: b, namespace: a"));
    List<Manifest> shuffled = new ArrayList<>(inOrder);
    Collections.reverse(shuffled);
    shuffled.sort(ConfigOrder.OLDEST_FIRST);

    assertThat(shuffled).isEqualTo(inOrder);
  }

  @ParameterizedTest(name = "label {0} in revision {1}: {2}")
  @CsvSource({
    "'', default, true",
    "'istio.io/rev: default', default, true",
    "'istio.io/rev: canary', default, false",
    "'istio.io/rev: canary', canary, true",
    "'istio.io/rev: \"\"', default, false",
    "'istio.io/rev: canary', '', true",
  })
  void anObjectIsTakenByTheRevisionItNames(String labels, String revision, boolean taken) {
    assertThat(ConfigOrder.isTaken(sidecar("name: a, labels: {" + labels + "}"), revision))
        .isEqualTo(taken);
  }
}
