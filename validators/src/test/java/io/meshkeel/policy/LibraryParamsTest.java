package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.PolicySettings.Scope;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LibraryParamsTest {
  private static final MeshName SHOP = new MeshName("shop");
  private static final Scope EVERYWHERE =
      new Scope(Optional.empty(), Optional.empty(), Optional.empty());

  private static Setting set(Scope scope, Map<String, Object> params) {
    return new Setting(
        "M113",
        Optional.empty(),
        params,
        scope,
        new SourcePosition("policies/config.yaml", 1, 1, true));
  }

  private static Map<String, Map<String, Map<String, Object>>> params(Setting... settings) {
    return LibraryParams.of(
        new PolicySettings(Enforce.NEW, List.of(settings)), SHOP, Set.of("M113", "M109"));
  }

  @Test
  void withoutSettingsNothingIsSet() {
    assertThat(params()).isEmpty();
    assertThat(params(set(EVERYWHERE, Map.of()))).isEmpty();
  }

  @Test
  void theNarrowestScopeWinsParameterByParameter() {
    Scope web = new Scope(Optional.empty(), Optional.empty(), Optional.of("web"));
    Scope shop = new Scope(Optional.of(SHOP), Optional.empty(), Optional.empty());
    assertThat(
            params(
                set(web, Map.of("slackSeconds", 3L)),
                set(shop, Map.of("slackSeconds", 2L)),
                set(EVERYWHERE, Map.of("slackSeconds", 1L, "methods", List.of("PUT")))))
        .isEqualTo(
            Map.of(
                "M113",
                Map.of(
                    "", Map.of("slackSeconds", 2L, "methods", List.of("PUT")),
                    "web", Map.of("slackSeconds", 3L, "methods", List.of("PUT")))));
  }

  @Test
  void whatIsSetForAnotherMeshOrForOneClusterIsLeftOut() {
    Scope other = new Scope(Optional.of(new MeshName("bank")), Optional.empty(), Optional.empty());
    Scope cluster =
        new Scope(Optional.empty(), Optional.of(new ClusterName("c1")), Optional.empty());
    assertThat(
            params(
                set(other, Map.of("slackSeconds", 3L)), set(cluster, Map.of("slackSeconds", 3L))))
        .isEmpty();
  }
}
