package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.FileFixes.Placed;
import io.meshkeel.declaration.FileFixes.Result;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileFixesTest {
  private static final JsonPath HOST = JsonPath.of("spec", "host");

  private static Result write(String text, Fix.Edit... edits) {
    List<Placed> fixes = new ArrayList<>();
    for (Fix.Edit edit : edits) {
      fixes.add(new Placed(new SourcePosition("a.yaml", 1, 1), Fix.of("do", edit)));
    }
    return new FileFixes("a.yaml", text.getBytes(StandardCharsets.UTF_8)).write(fixes);
  }

  private static String text(Result result) {
    assertThat(result.refusals()).allMatch(String::isEmpty);
    return new String(result.content(), StandardCharsets.UTF_8);
  }

  private static String refusal(String text, Fix.Edit edit) {
    Result result = write(text, edit);
    assertThat(new String(result.content(), StandardCharsets.UTF_8)).isEqualTo(text);
    return result.refusals().getFirst();
  }

  @Test
  void onlyTheValueChangesAndNothingAroundIt() {
    String text =
        """
        # what it is for
        spec:   # indented by hand
            host:   reviews.shop   # the service
            other: [ 1,2 ]

        # the end
        """;
    assertThat(text(write(text, new Fix.Put(HOST, "reviews.shop.svc.cluster.local"))))
        .isEqualTo(text.replace("reviews.shop", "reviews.shop.svc.cluster.local"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec: {host: a, x: 1}        | spec: {host: b.c, x: 1}",
        "spec: {host: 'a', x: 1}      | spec: {host: 'b.c', x: 1}",
        "spec: {\"host\": \"a\"}      | spec: {\"host\": \"b.c\"}",
        "{spec: {host: a}}            | {spec: {host: b.c}}",
        "spec: {host: \uD83D\uDE00}   | spec: {host: b.c}",
        "spec: {x: \uD83D\uDE00, host: a} | spec: {x: \uD83D\uDE00, host: b.c}",
      })
  void theStyleOfTheValueIsKept(String before, String after) {
    assertThat(text(write(before, new Fix.Put(HOST, "b.c")))).isEqualTo(after);
  }

  @Test
  void aValueThatYamlWouldReadAsSomethingElseIsPutInQuotes() {
    assertThat(text(write("spec: {host: a}", new Fix.Put(HOST, "*.x")))).contains("host: \"*.x\"");
    assertThat(text(write("spec: {host: a}", new Fix.Put(HOST, "on")))).contains("host: \"on\"");
    assertThat(text(write("spec: {host: 'a'}", new Fix.Put(HOST, "it's"))))
        .contains("host: 'it''s'");
    assertThat(text(write("spec: {host: '80'}", new Fix.Put(HOST, 80L)))).contains("host: 80}");
  }

  @Test
  void aNumberIsQuotedAsItIsWritten() {
    assertThat(text(write("spec: {host: 1.10} # v", new Fix.Quote(HOST))))
        .isEqualTo("spec: {host: \"1.10\"} # v");
  }

  @Test
  void lineBreaksOfWindowsAndAByteOrderMarkStay() {
    String text = "\uFEFFspec:\r\n  host: a\r\n  gone: 1 # really\r\n  x: 1\r\n";
    assertThat(text(write(text, new Fix.Put(HOST, "b"), remove("gone"))))
        .isEqualTo("\uFEFFspec:\r\n  host: b\r\n  x: 1\r\n");
  }

  private static Fix.Edit remove(String field) {
    return new Fix.Remove(JsonPath.of("spec", field));
  }

  @Test
  void aFieldGoesWithItsLinesAndTheCommentBesideIt() {
    String text =
        """
        spec:
          # of the first
          a: 1
          # of what goes
          gone:  # beside
            deep: |
              block

            list:
            - x   # inside
          # of the last
          z: 2
        """;
    assertThat(text(write(text, remove("gone"))))
        .isEqualTo(
            """
            spec:
              # of the first
              a: 1
              # of what goes
              # of the last
              z: 2
            """);
  }

  @Test
  void aFieldAtTheEndOfAFileWithoutALineBreakGoes() {
    assertThat(text(write("spec:\n  a: 1\n  gone: 2", remove("gone"))))
        .isEqualTo("spec:\n  a: 1\n");
  }

  @Test
  void theFirstFieldOfAListItemLeavesItsDashToTheNext() {
    String text = "spec:\n- gone: {a: 1}\n  kept: 2\n";
    assertThat(text(write(text, new Fix.Remove(JsonPath.of("spec", 0, "gone")))))
        .isEqualTo("spec:\n- kept: 2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {gone: {a: 1}, b: 2}  | spec: {b: 2}",
        "spec: {b: 2, gone: [1]}     | spec: {b: 2}",
        "spec: {b: 2, gone: x, c: 3} | spec: {b: 2, c: 3}",
        "spec: {b: 2, gone}          | spec: {b: 2}",
      })
  void aFieldOfAFlowMapGoesWithItsComma(String before, String after) {
    String valued = before.replace("gone}", "gone: ''}");
    assertThat(text(write(valued, remove("gone")))).isEqualTo(after);
  }

  @Test
  void aFieldIsRenamedInItsStyle() {
    assertThat(
            text(
                write(
                    "spec:\n  'hots': [a] # c\n  x: 1\n",
                    new Fix.Rename(JsonPath.of("spec", "hots"), "hosts"))))
        .isEqualTo("spec:\n  'hosts': [a] # c\n  x: 1\n");
  }

  @Test
  void theDocumentIsTheOneOfThePlace() {
    String text =
        "# one\nspec: {host: a}\n---\n# two\nspec: {host: a}\n...\n---\nspec: {host: a}\n";
    byte[] written =
        new FileFixes("a.yaml", text.getBytes(StandardCharsets.UTF_8))
            .write(
                List.of(
                    new Placed(
                        new SourcePosition("a.yaml", 5, 1), Fix.of("do", new Fix.Put(HOST, "b")))))
            .content();
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo(text.replace("# two\nspec: {host: a}", "# two\nspec: {host: b}"));
  }

  @Test
  void fixesOfOneFileAreWrittenTogether() {
    String text = "spec:\n  hots:\n  - a.b\n  - 'c.d'\n  port: 8O\n";
    assertThat(
            text(
                write(
                    text,
                    new Fix.Put(JsonPath.of("spec", "hots", 1), "c.d.e"),
                    new Fix.Rename(JsonPath.of("spec", "hots"), "hosts"),
                    new Fix.Put(JsonPath.of("spec", "hots", 0), "a.b.c"))))
        .isEqualTo("spec:\n  hosts:\n  - a.b.c\n  - 'c.d.e'\n  port: 8O\n");
  }

  @Test
  void ofTwoFixesOfOnePlaceTheFirstIsWritten() {
    Result result = write("spec: {host: a}", new Fix.Put(HOST, "b"), new Fix.Put(HOST, "c"));
    assertThat(new String(result.content(), StandardCharsets.UTF_8)).isEqualTo("spec: {host: b}");
    assertThat(result.refusals()).containsExactly("", "another fix changes the same lines");
  }

  @Test
  void twoRemovalsThatWouldLeaveNothingDoNotGoTogether() {
    Result result = write("spec:\n  a: 1\n\n  # c\n\n  b: 2\n", remove("a"), remove("b"));
    assertThat(result.refusals().get(0)).isEmpty();
    assertThat(result.refusals().get(1)).isEqualTo("it doesn't go together with another fix");
  }

  @Test
  void whatSeveralPlacesShareIsLeft() {
    String shared = "base: &b {host: a}\nspec: *b\n";
    assertThat(refusal(shared, new Fix.Put(HOST, "c"))).contains("alias");
    assertThat(refusal(shared, new Fix.Put(JsonPath.of("base", "host"), "c"))).contains("alias");
    assertThat(refusal("b: &b {host: a}\nspec: {<<: *b, x: 1}\n", new Fix.Put(HOST, "c")))
        .contains("written elsewhere");
    assertThat(refusal("spec: {host: &h a}\nx: *h\n", new Fix.Put(HOST, "c"))).contains("alias");
    assertThat(refusal("spec: {gone: {d: &h a}, y: *h}\n", remove("gone")))
        .contains("without changing more");
  }

  @Test
  void whatIsNoPlainValueIsLeft() {
    assertThat(refusal("spec:\n  host: |\n    a\n", new Fix.Put(HOST, "c"))).contains("block");
    assertThat(refusal("spec: {host: !!str a}", new Fix.Put(HOST, "c"))).contains("tag");
    assertThat(refusal("spec: {host: [a]}", new Fix.Put(HOST, "c"))).contains("no single value");
    assertThat(refusal("spec: {host: }", new Fix.Put(HOST, "c"))).contains("no single value");
    assertThat(refusal("spec: {gone: 1}", remove("gone"))).contains("only field");
    assertThat(
            refusal(
                "spec:\n- gone: 1 # why\n  b: 2\n", new Fix.Remove(JsonPath.of("spec", 0, "gone"))))
        .contains("comment");
    assertThat(
            refusal(
                "spec: {hots: 1, hosts: 2}", new Fix.Rename(JsonPath.of("spec", "hots"), "hosts")))
        .contains("may be there already");
  }

  @Test
  void aFileThatIsNoYamlTakesNoFix() {
    assertThat(refusal("a: [", new Fix.Put(HOST, "b"))).contains("can't be read");
    byte[] broken = {(byte) 0xFF, 'a'};
    Result result =
        new FileFixes("a.yaml", broken)
            .write(
                List.of(
                    new Placed(
                        new SourcePosition("a.yaml", 1, 1), Fix.of("do", new Fix.Put(HOST, "b")))));
    assertThat(result.content()).isEqualTo(broken);
    assertThat(result.refusals().getFirst()).isNotEmpty();
  }

  @Test
  void whatAFixDoesIsShownWithItsPlace() {
    String text = "# \uD83D\uDE00\nspec:\n  x: \uD83D\uDE00\n  host: a # c\n";
    FileFixes.Written shown =
        new FileFixes("a.yaml", text.getBytes(StandardCharsets.UTF_8))
            .show(
                new Placed(
                    new SourcePosition("a.yaml", 2, 1), Fix.of("do", new Fix.Put(HOST, "b"))));
    assertThat(shown.edits())
        .containsExactly(
            new TextEdit(
                new SourcePosition("a.yaml", 4, 9), new SourcePosition("a.yaml", 4, 10), "a", "b"));
  }

  private static List<JsonPath> paths(@Nullable Object tree, JsonPath at) {
    List<JsonPath> paths = new ArrayList<>();
    if (tree instanceof Map<?, ?> map) {
      for (Object key : new TreeSet<>(map.keySet())) {
        paths.add(at.field((String) key));
        paths.addAll(paths(map.get(key), at.field((String) key)));
      }
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        paths.add(at.index(i));
        paths.addAll(paths(list.get(i), at.index(i)));
      }
    }
    return paths;
  }

  /** Each field of an object of many styles is put, renamed and removed, one by one. */
  @Test
  void anEditChangesItsFieldAndNothingElseWhateverTheStyle() {
    String text =
        """
        # head
        apiVersion: v1
        kind: X
        metadata: {name: a, labels: {b: "1", 'c': d}, }
        spec:
          one: 1   # c1
          "two": 'a  b'
          three:
          - x: 1
            y: [a, {b: c}]
            # c2
            z: >-
              folded
              text
          -   w: "q" # c3
              v:
              - - 1
                - 2
          four: {}
          five: "a
            b"
        # tail
        """;
    FileFixes file = new FileFixes("a.yaml", text.getBytes(StandardCharsets.UTF_8));
    Object tree = YamlLoader.load("a.yaml", text, Limits.DEFAULT).documents().getFirst().root();
    int written = 0;
    for (JsonPath path : paths(tree, JsonPath.ROOT)) {
      List<Fix.Edit> edits = new ArrayList<>(List.of(new Fix.Put(path, "new")));
      if (path.segments().getLast() instanceof String) {
        edits.addAll(Arrays.asList(new Fix.Rename(path, "fresh"), new Fix.Remove(path)));
      }
      for (Fix.Edit edit : edits) {
        Result result =
            file.write(List.of(new Placed(new SourcePosition("a.yaml", 2, 1), Fix.of("do", edit))));
        String after = new String(result.content(), StandardCharsets.UTF_8);
        if (result.refusals().getFirst().isEmpty()) {
          written++;
          assertThat(after).isNotEqualTo(text).startsWith("# head\n").endsWith("# tail\n");
          if (!(edit instanceof Fix.Remove)) {
            assertThat(after).contains("# c1", "# c2", "# c3");
          }
        } else {
          assertThat(after).isEqualTo(text);
        }
      }
    }
    assertThat(written).isGreaterThan(40);
  }
}
