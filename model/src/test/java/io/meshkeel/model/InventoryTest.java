package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final GroupKind SERVICE = new GroupKind("", "Service");
  private static final GroupKind POD = new GroupKind("", "Pod");
  private static final GroupKind SECRET = new GroupKind("", "Secret");

  private final ClusterInventory east =
      ClusterInventory.of(
          new ClusterName("east"),
          Set.of(POD),
          List.of(service("web", "b"), service("shop", "a"), service("shop", "b")));

  @Test
  void tellsAnEmptyKindFromOneThatWasNotLookedAt() {
    assertThat(east.knows(POD)).isTrue();
    assertThat(east.of(POD)).isEmpty();
    assertThat(east.knows(SERVICE)).isTrue();
    assertThat(east.knows(SECRET)).isFalse();
  }

  @Test
  void givesObjectsByNamespaceAndName() {
    assertThat(east.of(SERVICE))
        .extracting(m -> m.key().toString())
        .containsExactly("Service shop/a", "Service shop/b", "Service web/b");
    assertThat(east.objects()).hasSize(3);
    assertThat(east.get(new ResourceKey("", "Service", "web", "b"))).isPresent();
    assertThat(east.get(new ResourceKey("", "Service", "web", "c"))).isEmpty();
  }

  @Test
  void knowsNothingOfAClusterThatWasNotLookedAt() {
    Inventory inventory = new Inventory(Map.of(east.cluster(), east));
    assertThat(inventory.of(new ClusterName("east"))).contains(east);
    assertThat(inventory.of(new ClusterName("west"))).isEmpty();
    assertThat(Inventory.NONE.clusters()).isEmpty();
  }

  private static Manifest service(String namespace, String name) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Service",
            "metadata",
            Map.of("namespace", namespace, "name", name)));
  }
}
