package io.meshkeel.view;

import static io.meshkeel.view.TestScene.namespace;
import static io.meshkeel.view.TestScene.service;
import static io.meshkeel.view.TestScene.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModulesTest {
  private static final List<Scene> SCENES =
      List.of(
          TestScene.ofMesh()
              .hold("east", namespace("shop", "istio-injection: enabled"))
              .hold("east", service("shop", "web", "{port: 80, name: http}"))
              .hold("east", workload("shop", "web", true))
              .hold("west", service("bank", "web", "{port: 80, name: http}"))
              .scene());

  static List<String> names() {
    return Modules.names();
  }

  private static Module<?> module(String name) {
    return Modules.find(name).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("names")
  void columnsHaveNamesOfTheirOwnAndRowsAreJson(String name) {
    Module<?> module = module(name);
    assertThat(module.columns())
        .extracting(Column::name)
        .doesNotHaveDuplicates()
        .allMatch(column -> column.matches("[a-z][A-Za-z0-9]*"));
    for (Map<String, Object> row : module.json(SCENES, Module.Filter.ALL)) {
      assertThat(JsonTree.freeze(row).keySet())
          .isEqualTo(new HashSet<>(module.columns().stream().map(Column::name).toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aTableHasACellForEachColumn(String name) {
    Module.Table wide = module(name).table(SCENES, Module.Filter.ALL, true);
    Module.Table narrow = module(name).table(SCENES, Module.Filter.ALL, false);
    assertThat(wide.headers()).hasSize(module(name).columns().size());
    assertThat(narrow.headers().size()).isLessThan(wide.headers().size());
    assertThat(wide.lines()).allSatisfy(line -> assertThat(line).hasSameSizeAs(wide.headers()));
  }

  @Test
  void rowsAreFilteredByMeshClusterAndNamespace() {
    Module<?> services = module("services");
    assertThat(services.json(SCENES, Module.Filter.ALL)).hasSize(2);
    assertThat(services.json(SCENES, new Module.Filter("shop", "", ""))).hasSize(2);
    assertThat(services.json(SCENES, new Module.Filter("other", "", ""))).isEmpty();
    assertThat(services.json(SCENES, new Module.Filter("", "west", ""))).hasSize(1);
    assertThat(services.json(SCENES, new Module.Filter("", "", "shop"))).hasSize(1);
    assertThat(services.json(SCENES, new Module.Filter("", "west", "shop"))).isEmpty();
  }

  @Test
  void whatWasNotLookedAtIsNoted() {
    assertThat(module("services").notes(SCENES, Module.Filter.ALL))
        .containsExactly("cluster west: Namespace, Pod not looked at, so rows may be missing");
    assertThat(module("services").notes(SCENES, new Module.Filter("", "east", ""))).isEmpty();
    assertThat(
            module("services")
                .notes(List.of(TestScene.ofMesh().scene()), new Module.Filter("", "east", "")))
        .containsExactly("cluster east: nothing is known of what it holds");
  }

  @Test
  void aHeaderIsTheNameInCapitals() {
    assertThat(module("clusters").table(SCENES, Module.Filter.ALL, false).headers())
        .startsWith("MESH", "CLUSTER", "ROLE")
        .contains("REMOTE-SECRET");
  }
}
