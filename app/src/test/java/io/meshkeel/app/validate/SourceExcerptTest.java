package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceExcerptTest {
  private static final String FILE = "meshes/a.yaml";

  @TempDir private Path folder = Path.of("");

  private String excerpt(String content, int line, int column) throws IOException {
    Files.createDirectories(folder.resolve("meshes"));
    Files.writeString(folder.resolve(FILE), content);
    return new SourceExcerpt(DirectorySnapshot.of(folder))
        .of(new SourcePosition(FILE, line, column))
        .orElse("(none)");
  }

  @Test
  void theCaretIsBelowTheColumn() throws IOException {
    assertThat(excerpt("a: 1\nbc: 2\n", 2, 5)).isEqualTo("  2 | bc: 2\n    |     ^\n");
  }

  @Test
  void aColumnCountsCodePoints() throws IOException {
    assertThat(excerpt("\"😀\": x\n", 1, 6)).isEqualTo("  1 | \"😀\": x\n    |      ^\n");
  }

  @Test
  void tabsKeepTheCaretInPlace() throws IOException {
    assertThat(excerpt("a:\tx\n", 1, 4)).isEqualTo("  1 | a:\tx\n    |   \t^\n");
  }

  @Test
  void aColumnPastTheEndIsAtTheEnd() throws IOException {
    assertThat(excerpt("ab\n", 1, 99)).isEqualTo("  1 | ab\n    |   ^\n");
  }

  @Test
  void aLongLineIsCutAroundTheColumn() throws IOException {
    String shown = excerpt("a".repeat(500) + "X" + "b".repeat(500), 1, 501);
    String[] lines = shown.split("\n", -1);
    assertThat(lines[0].length()).isLessThan(SourceExcerpt.MAX_WIDTH + 20);
    assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('X');
  }

  @Test
  void escapeSequencesDoNotReachTheTerminal() throws IOException {
    assertThat(excerpt("a: \u001b[31mred\u202e\n", 1, 1)).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void aLineThatIsNotThereIsLeftOut() throws IOException {
    assertThat(excerpt("a: 1\n", 7, 1)).isEqualTo("(none)");
  }
}
