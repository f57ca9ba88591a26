package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference pages say what the code does. */
class ReferencePagesTest {
  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../docs/reference", name));
  }

  @ParameterizedTest
  @EnumSource(DeclarationError.class)
  void everyMistakeIsDescribed(DeclarationError error) throws IOException {
    assertThat(page("declaration-errors.md")).contains("## " + error.id() + " · " + error.title());
  }

  @ParameterizedTest
  @EnumSource(SchemaError.class)
  void everyViolationIsDescribed(SchemaError error) throws IOException {
    assertThat(page("schema-errors.md")).contains("## " + error.id() + " · " + error.title());
  }

  @Test
  void everyLimitIsDescribedWithItsValue() throws IOException {
    List<String> values =
        List.of(
            "8 MiB", "128 MiB", "50,000", "256 KiB", "20,000", "64", "1,000", "100,000", "5,000");
    assertThat(page("declarations.md")).contains(values);
    assertThat(Limits.DEFAULT)
        .isEqualTo(
            new Limits(8L << 20, 128L << 20, 50_000, 256 << 10, 20_000, 64, 1_000, 100_000, 5_000));
  }

  @Test
  void aMeshMayHaveEveryVersionWhoseSchemasAreKnown() {
    assertThat(OwnKinds.ISTIO_VERSIONS).isEqualTo(SchemaCheck.ISTIO_VERSIONS);
  }

  @Test
  void theExamplesOfThePageAreSound() throws IOException {
    String page = page("declarations.md");
    Tree tree = new Tree();
    int count = 0;
    for (int at = page.indexOf("```yaml\n"); at >= 0; at = page.indexOf("```yaml\n", at + 1)) {
      int start = at + "```yaml\n".length();
      tree.with(
          "meshes/shop/example-" + count++ + ".yaml",
          page.substring(start, page.indexOf("```", start)));
    }
    assertThat(count).isGreaterThanOrEqualTo(3);
    assertThat(Tree.lines(tree.read().problems())).isEmpty();
    assertThat(Tree.lines(tree.readShop().problems())).isEmpty();
  }
}
