package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.policy.schema.SchemaCheck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example repository is read without a mistake. */
class ExampleRepositoryTest {
  private static Declarations read() throws IOException {
    return new DeclarationReader().read(DirectorySnapshot.of(Path.of("../repo-layout-example")));
  }

  @Test
  void itIsReadWithoutAMistake() throws IOException {
    Declarations read = read();
    assertThat(Tree.lines(read.problems())).isEmpty();
    MeshDeclarations shop = Tree.mesh(read, "shop");
    assertThat(Tree.lines(shop.problems())).isEmpty();
    assertThat(shop.clusters())
        .extracting(c -> c.name().value())
        .containsExactly("shop-data", "shop-mcpc");
    assertThat(shop.clusters())
        .allSatisfy(c -> assertThat(c.credential()).isEqualTo(c.name().value()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.29", "1.30", "1.31"})
  void itsObjectsFitTheSchemasOfEveryVersion(String version) throws IOException {
    SchemaCheck check = SchemaCheck.of(version);
    for (Declaration declaration : Tree.mesh(read(), "shop").objects()) {
      assertThat(check.check(declaration.manifest())).as("%s", declaration.position()).isEmpty();
    }
  }

  @Test
  void itShowsTheCommonKinds() throws IOException {
    assertThat(Tree.mesh(read(), "shop").objects())
        .extracting(d -> d.manifest().key().kind())
        .contains(
            "Gateway",
            "VirtualService",
            "DestinationRule",
            "ServiceEntry",
            "PeerAuthentication",
            "AuthorizationPolicy",
            "RequestAuthentication",
            "Sidecar",
            "Telemetry",
            "EnvoyFilter",
            "HTTPRoute");
  }
}
