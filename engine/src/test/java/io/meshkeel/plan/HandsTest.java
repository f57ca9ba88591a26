package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandsTest {
  private static final Instant T = Instant.parse("2026-11-01T08:00:00Z");
  private static final FieldDifference HOSTS =
      new FieldDifference(JsonPath.of("spec", "hosts"), Optional.of("x"), Optional.of("y"));

  private static FieldOwner owner(
      String manager, String operation, int minute, Map<String, Object> fields) {
    return new FieldOwner(manager, operation, Optional.of(T.plusSeconds(60L * minute)), fields);
  }

  private static Map<String, Object> spec(String field) {
    return Map.of("f:spec", Map.of("f:" + field, Map.of()));
  }

  private static LiveObject live(FieldOwner... owners) {
    return new LiveObject(
        new ResourceKey("networking.istio.io", "VirtualService", "shop", "a"),
        "networking.istio.io/v1",
        "uid",
        "1",
        Map.of(),
        Map.of(),
        Map.of("hosts", List.of("x")),
        List.of(owners),
        false);
  }

  @Test
  void theLastOwnerOfTheFieldIsTheHand() {
    LiveObject object =
        live(
            owner("meshkeel", "Apply", 0, Map.of()),
            owner("early", "Update", 1, spec("hosts")),
            owner("late", "Update", 2, spec("hosts")),
            owner("elsewhere", "Update", 3, spec("http")));
    assertThat(Hands.of(object, HOSTS)).map(FieldOwner::manager).contains("late");
  }

  @Test
  void ofARemovedFieldTheHandIsTheLastThatWroteAfterUs() {
    FieldDifference removed =
        new FieldDifference(JsonPath.of("spec", "http"), Optional.empty(), Optional.of("y"));
    LiveObject object =
        live(
            owner("before", "Update", 0, spec("tls")),
            owner("meshkeel", "Apply", 1, Map.of()),
            owner("after", "Update", 2, spec("hosts")));
    assertThat(Hands.of(object, removed)).map(FieldOwner::manager).contains("after");
    assertThat(Hands.of(live(owner("meshkeel", "Apply", 1, Map.of())), removed)).isEmpty();
  }

  @Test
  void aManagerThatAppliesTheFieldIsOverruledOnlyIfTheMeshSaysSo() {
    LiveObject object =
        live(owner("meshkeel", "Apply", 0, Map.of()), owner("rival", "Apply", 1, spec("hosts")));
    assertThat(Hands.force(object, List.of(HOSTS), Mesh.Conflicts.FAIL)).isFalse();
    assertThat(Hands.force(object, List.of(HOSTS), Mesh.Conflicts.TAKE)).isTrue();
  }

  @Test
  void aHandThatWroteTheFieldIsOverruled() {
    LiveObject object =
        live(owner("meshkeel", "Apply", 0, Map.of()), owner("vi", "Update", 1, spec("hosts")));
    assertThat(Hands.force(object, List.of(HOSTS), Mesh.Conflicts.FAIL)).isTrue();
  }

  @Test
  void whereNobodyElseHoldsTheFieldNothingIsForced() {
    LiveObject object =
        live(owner("meshkeel", "Apply", 0, Map.of()), owner("vi", "Update", 1, spec("http")));
    assertThat(Hands.force(object, List.of(HOSTS), Mesh.Conflicts.FAIL)).isFalse();
  }
}
