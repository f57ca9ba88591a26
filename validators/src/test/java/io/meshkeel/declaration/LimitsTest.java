package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.declaration.YamlDocument.Stream;
import io.meshkeel.model.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit once reached, which is fine, and once exceeded, which is a finding. */
class LimitsTest {
  private static void assertFine(String text) {
    assertThat(YamlLoader.load("f.yaml", text, Limits.DEFAULT).problems()).isEmpty();
  }

  private static void assertTooLarge(String text, int limit) {
    Stream stream = YamlLoader.load("f.yaml", text, Limits.DEFAULT);
    assertThat(stream.complete()).isFalse();
    assertThat(stream.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.error()).isEqualTo(DeclarationError.TOO_LARGE);
          assertThat(problem.message()).contains(Integer.toString(limit));
          assertThat(problem.remediation()).isNotEmpty();
        });
  }

  @Test
  void documentsOfOneFile() {
    String text = "a: 1\n---\n".repeat(Limits.DEFAULT_DOCUMENTS - 1);
    assertFine(text + "a: 1\n");
    assertTooLarge(text + "a: 1\n---\nb: 2\n", Limits.DEFAULT_DOCUMENTS);
  }

  @Test
  void levelsOfNesting() {
    int limit = Limits.DEFAULT_DEPTH;
    assertFine("[".repeat(limit) + "]".repeat(limit));
    assertTooLarge("[".repeat(limit + 1) + "]".repeat(limit + 1), limit);
  }

  @Test
  void veryDeepNestingStopsAtOnce() {
    assertTooLarge("[".repeat(200_000), Limits.DEFAULT_DEPTH);
  }

  @Test
  void aliases() {
    int limit = Limits.DEFAULT_ALIASES;
    assertFine("a: &x 1\nb: [" + "*x, ".repeat(limit) + "]");
    assertTooLarge("a: &x 1\nb: [" + "*x, ".repeat(limit + 1) + "]", limit);
  }

  @Test
  void aliasesCountForEachDocumentAnew() {
    String text = "a: &x 1\nb: [" + "*x, ".repeat(Limits.DEFAULT_ALIASES) + "]\n";
    assertFine(text + "---\n" + text);
  }

  @Test
  void valuesOfOneDocument() {
    int limit = Limits.DEFAULT_NODES;
    assertFine("[" + "1,".repeat(limit - 1) + "]");
    assertTooLarge("[" + "1,".repeat(limit) + "]", limit);
  }

  @Test
  void valuesThatAliasesStandFor() {
    // The map, two keys, the list of 999 and 99 aliases of 1,000 values each.
    String hundred = "a: &x [" + "1,".repeat(999) + "]\nb: [" + "*x,".repeat(98) + "]\n";
    assertFine(hundred);
    assertTooLarge(hundred.replace("b: [", "b: [*x,*x,"), Limits.DEFAULT_NODES);
  }

  @Test
  void keysOfOneMap() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Limits.DEFAULT_FIELDS; i++) {
      text.append('k').append(i).append(": 1\n");
    }
    assertFine(text.toString());
    assertTooLarge(text + "more: 1\n", Limits.DEFAULT_FIELDS);
  }

  private static final Limits SMALL = new Limits(1_000, 2_000, 4, 1_000, 10, 10, 10, 100, 50);

  private static String file(int bytes) {
    return "#".repeat(bytes - 1) + "\n";
  }

  private static List<Finding> problems(Tree tree) {
    return Tree.mesh(tree.read(SMALL), "shop").problems();
  }

  @Test
  void bytesOfOneFile() {
    assertThat(problems(Tree.shop().with("meshes/shop/a.yaml", file(1_000)))).isEmpty();
    assertThat(Tree.ids(problems(Tree.shop().with("meshes/shop/a.yaml", file(1_001)))))
        .containsExactly("D002");
  }

  @Test
  void bytesOfOneLine() {
    int limit = Limits.DEFAULT_LINE_BYTES;
    String fine = "#\n" + "#".repeat(limit) + "\n#" + "\n";
    assertThat(Tree.shop().with("meshes/shop/a.yaml", fine).readShop().problems()).isEmpty();
    String more = "#\n#" + "#".repeat(limit) + "\n#" + "\n";
    assertThat(Tree.shop().with("meshes/shop/a.yaml", more).readShop().problems())
        .singleElement()
        .satisfies(f -> assertThat(f.ruleId()).isEqualTo("D002"))
        .satisfies(f -> assertThat(f.position()).hasToString("meshes/shop/a.yaml:2:1"));
  }

  @Test
  void oneDocumentMayHaveAllBytesOfAFile() {
    String line = "# " + "x".repeat(1_000) + "\n";
    String text = line.repeat((int) Limits.DEFAULT_FILE_BYTES / line.length());
    assertThat(Tree.shop().with("meshes/shop/a.yaml", text).readShop().problems()).isEmpty();
  }

  @Test
  void mistakesOfOneFile() {
    String text = "---\napiVersion: v1\nkind: Pod\n";
    List<Finding> told =
        Tree.shop().with("meshes/shop/a.yaml", text.repeat(100)).readShop().problems();
    assertThat(Tree.ids(told)).hasSize(100).containsOnly("D013");
    told = Tree.shop().with("meshes/shop/a.yaml", text.repeat(103)).readShop().problems();
    assertThat(told).hasSize(101);
    assertThat(told)
        .filteredOn(f -> f.ruleId().equals("D002"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("3 more mistakes"));
    String stray = text.replace("v1", "networking.istio.io/v1").replace("Pod", "Gateway");
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      objects.append(stray).append("metadata: {name: a%d, namespace: x}\n".formatted(i));
    }
    Tree outside = new Tree().with("meshes/none/a.yaml", objects.toString());
    assertThat(Tree.ids(outside.read().problems())).hasSize(100).containsOnly("D021");
  }

  @Test
  void bytesOfAllFiles() {
    int used = Tree.MESH.length() + Tree.CLUSTER.length();
    Tree tree = Tree.shop().with("meshes/shop/a.yaml", file(1_000));
    tree.with("meshes/shop/b.yaml", file(1_000 - used));
    assertThat(problems(tree)).isEmpty();
    tree.with("meshes/shop/b.yaml", file(1_001 - used));
    assertThat(tree.read(SMALL).meshes()).isEmpty();
    assertThat(Tree.ids(tree.read(SMALL).problems())).containsExactly("D002");
  }

  @Test
  void files() {
    Tree tree = Tree.shop().with("meshes/shop/a.yaml", "").with("meshes/shop/b.yml", "");
    assertThat(problems(tree.with("meshes/shop/README.md", "no declaration"))).isEmpty();
    tree.with("meshes/shop/c.yaml", "");
    assertThat(tree.read(SMALL).meshes()).isEmpty();
    assertThat(Tree.ids(tree.read(SMALL).problems())).containsExactly("D002");
  }

  @Test
  void filesThatAreLeftOutDoNotCount() {
    Tree tree = Tree.shop().with("meshes/shop/a.yaml", "").with("meshes/shop/b.yaml", "");
    tree.with("meshes/shop/c.yaml", "").with(".meshkeelignore", "c.yaml\n");
    assertThat(problems(tree)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aLimitMustBePositive(int bytes) {
    assertThatThrownBy(() -> new Limits(bytes, 1, 1, 1, 1, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDefaultsAreTheDocumentedConstants() {
    assertThat(Limits.DEFAULT.fileBytes()).isEqualTo(8_388_608);
    assertThat(Limits.DEFAULT.totalBytes()).isEqualTo(134_217_728);
    assertThat(Limits.DEFAULT.files()).isEqualTo(50_000);
  }
}
