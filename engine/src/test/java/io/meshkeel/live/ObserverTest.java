package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObserverTest {
  private static final ClusterName EAST = new ClusterName("east");
  private static final GroupKind SIDECAR = new GroupKind("networking.istio.io", "Sidecar");

  private final FakeCluster cluster = new FakeCluster();

  private void create(String apiVersion, String kind, Map<String, Object> metadata) {
    cluster.put(Manifest.of(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata)));
  }

  @Test
  void everyKindIsLookedAtPageByPage() throws Exception {
    for (int i = 0; i < 10; i++) {
      create("v1", "Pod", Map.of("namespace", "shop", "name", "pod-" + i));
    }
    Observation seen = Observer.observe(EAST, cluster);
    assertThat(seen.unseen()).isEmpty();
    assertThat(seen.inventory().cluster()).isEqualTo(EAST);
    assertThat(seen.inventory().known()).isEqualTo(ObservedKinds.ALL);
    assertThat(seen.inventory().of(ObservedKinds.POD)).hasSize(10);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void aKindThatIsNotServedIsEmptyAndOneThatMayNotBeListedIsUnknown() throws Exception {
    create("v1", "Pod", Map.of("namespace", "shop", "name", "a"));
    cluster.unserve(SIDECAR);
    cluster.fail((verb, what) ->
        verb.equals("observe") && what.equals(ObservedKinds.SECRET)
            ? Optional.of(
                FakeCluster.failure(FailureReason.CLUSTER_FORBIDDEN, "no right to", false))
            : Optional.empty());
    Observation seen = Observer.observe(EAST, cluster);
    assertThat(seen.inventory().knows(SIDECAR)).isTrue();
    assertThat(seen.inventory().knows(ObservedKinds.SECRET)).isFalse();
    assertThat(seen.unseen()).containsExactly(Map.entry(ObservedKinds.SECRET, "no right to"));
  }

  @Test
  void anyOtherFailureFailsTheWhole() {
    cluster.fail((verb, what) ->
        what.equals(ObservedKinds.POD)
            ? Optional.of(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "gone away", true))
            : Optional.empty());
    assertThat(catchThrowableOfType(ClusterException.class, () -> Observer.observe(EAST, cluster)))
        .hasMessage("gone away");
  }

  @Test
  void configMapsAreThoseOfIstiodWithItsRevisionsAndNoOther() throws Exception {
    create(
        "apps/v1",
        "Deployment",
        Map.of(
            "namespace", "istio-system",
            "name", "istiod-1-31",
            "labels", Map.of("app", "istiod", "istio.io/rev", "1-31")));
    for (String name :
        new String[] {
          "istio", "istio-1-31", "istio-sidecar-injector-1-31", "istio-ca-root-cert", "other"
        }) {
      create("v1", "ConfigMap", Map.of("namespace", "istio-system", "name", name));
    }
    Observation seen = Observer.observe(EAST, cluster);
    assertThat(seen.inventory().of(ObservedKinds.CONFIG_MAP))
        .extracting(map -> map.key().name())
        .containsExactly(
            "istio", "istio-1-31", "istio-ca-root-cert", "istio-sidecar-injector-1-31");
  }
}
