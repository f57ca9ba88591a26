package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SourceLocatorTest {
  private static final String TEXT =
      """
      # a comment
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        annotations: {"a/b": x, c: d}
      spec:
        hosts: [reviews, "*.example.com"]
        http:
          - &main
            name: main
            route:
              - destination: &to
                  host: reviews
                weight: 90
              - destination: *to
                weight: 20
          - <<: *main
            name: again
          - *main
        note: |
          text
          text
      ---
      second: document
      ---
      - in: a list
      """;

  private static SourcePosition find(int document, Object... path) {
    return new SourceLocator()
        .locate(TEXT.getBytes(StandardCharsets.UTF_8), "f.yaml", document, JsonPath.of(path));
  }

  private static void assertAt(int line, int column, Object... path) {
    assertThat(find(0, path)).isEqualTo(new SourcePosition("f.yaml", line, column, true));
  }

  @Test
  void theDocumentIsAtItsFirstCharacter() {
    assertAt(2, 1);
  }

  @Test
  void aFieldIsAtItsKey() {
    assertAt(5, 3, "metadata", "name");
    assertAt(9, 3, "spec", "http");
    assertAt(15, 11, "spec", "http", 0, "route", 0, "weight");
  }

  @Test
  void fieldsInFlowStyleAreFound() {
    assertAt(6, 17, "metadata", "annotations", "a/b");
    assertAt(6, 27, "metadata", "annotations", "c");
    assertAt(8, 11, "spec", "hosts", 0);
    assertAt(8, 20, "spec", "hosts", 1);
  }

  @Test
  void aListItemIsAtItsFirstCharacter() {
    assertAt(13, 11, "spec", "http", 0, "route", 0);
    assertAt(16, 11, "spec", "http", 0, "route", 1);
  }

  @Test
  void anAliasIsWhereItIsUsed() {
    assertAt(16, 11, "spec", "http", 0, "route", 1, "destination");
    assertAt(20, 7, "spec", "http", 2);
  }

  @Test
  void whatIsBehindAnAliasIsWhereItIsWritten() {
    assertAt(14, 13, "spec", "http", 0, "route", 1, "destination", "host");
    assertAt(11, 7, "spec", "http", 2, "name");
  }

  @Test
  void aMergedFieldIsWhereItIsWritten() {
    assertAt(12, 7, "spec", "http", 1, "route");
    assertAt(19, 7, "spec", "http", 1, "name");
  }

  @Test
  void aBlockScalarIsAtItsKey() {
    assertAt(21, 3, "spec", "note");
  }

  @Test
  void aMissingFieldIsAtItsNearestParent() {
    assertThat(find(0, "spec", "http", 0, "route", 1, "timeout", "x"))
        .isEqualTo(new SourcePosition("f.yaml", 16, 11, false));
    assertThat(find(0, "nothing")).isEqualTo(new SourcePosition("f.yaml", 2, 1, false));
    assertThat(find(0, "spec", "hosts", 7)).isEqualTo(new SourcePosition("f.yaml", 8, 3, false));
    assertThat(find(0, "metadata", "name", "x"))
        .isEqualTo(new SourcePosition("f.yaml", 5, 3, false));
  }

  @Test
  void laterDocumentsAreFound() {
    assertThat(find(1, "second")).isEqualTo(new SourcePosition("f.yaml", 25, 1));
    assertThat(find(2, 0, "in")).isEqualTo(new SourcePosition("f.yaml", 27, 3));
    assertThat(find(3, "x")).isEqualTo(new SourcePosition("f.yaml", 1, 1, false));
  }

  @Test
  void columnsCountCodePoints() {
    byte[] text = "a: {\"😀é\": 1, b: 2}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(new SourceLocator().locate(text, "f.yaml", 0, JsonPath.of("a", "b")).column())
        .isEqualTo(14);
  }

  @Test
  void windowsLineEndsCountOnce() {
    byte[] text = "a: 1\r\nb: 2\r\nc: 3\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(new SourceLocator().locate(text, "f.yaml", 0, JsonPath.of("c")))
        .isEqualTo(new SourcePosition("f.yaml", 3, 1));
  }

  @Test
  void keysThatAreNoTextAreFound() {
    byte[] text = "on: 1\n80: 2\n".getBytes(StandardCharsets.UTF_8);
    SourceLocator locator = new SourceLocator();
    assertThat(locator.locate(text, "f.yaml", 0, JsonPath.of("true")).line()).isEqualTo(1);
    assertThat(locator.locate(text, "f.yaml", 0, JsonPath.of("80")).line()).isEqualTo(2);
  }

  @Test
  void aBrokenTextAnswersItsFirstCharacter() {
    byte[] text = {(byte) 0xFF, 0, 1};
    assertThat(new SourceLocator().locate(text, "f.yaml", 0, JsonPath.of("a")))
        .isEqualTo(new SourcePosition("f.yaml", 1, 1, false));
  }

  @Test
  void oneLocatorMayBeAskedInAnyOrder() {
    SourceLocator locator = new SourceLocator();
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    assertThat(locator.locate(text, "f.yaml", 1, JsonPath.of("second")).line()).isEqualTo(25);
    assertThat(locator.locate(text, "f.yaml", 2, JsonPath.of(0)).line()).isEqualTo(27);
    assertThat(locator.locate(text, "f.yaml", 0, JsonPath.of("kind")).line()).isEqualTo(3);
    byte[] other = "x: 1\n".getBytes(StandardCharsets.UTF_8);
    assertThat(locator.locate(other, "g.yaml", 0, JsonPath.of("x")))
        .isEqualTo(new SourcePosition("g.yaml", 1, 1));
  }

  @Test
  void aDeclarationOfASnapshotIsFound() throws IOException {
    Snapshot snapshot =
        Tree.shop()
            .with("meshes/shop/a.yaml", "# first\n---\n" + Tree.virtualService("reviews"))
            .snapshot();
    Declaration declaration =
        Tree.mesh(new DeclarationReader().read(snapshot), "shop").objects().getFirst();
    assertThat(declaration.position()).isEqualTo(new SourcePosition("meshes/shop/a.yaml", 3, 1));
    assertThat(new SourceLocator().locate(snapshot, declaration, JsonPath.of("spec", "hosts", 0)))
        .isEqualTo(new SourcePosition("meshes/shop/a.yaml", 9, 11));
  }
}
