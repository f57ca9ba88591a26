package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnifiedDiffTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void changesNearEachOtherShareAHunkAndOthersDoNot() {
    String was =
        String.join("\n", IntStream.range(0, 30).mapToObj(i -> "line " + i).toList()) + "\n";
    String becomes =
        was.replace("line 5\n", "five\n").replace("line 9\n", "").replace("line 25", "x");
    assertThat(UnifiedDiff.of("a/b.yaml", was, becomes))
        .isEqualTo(
            """
            --- a/a/b.yaml
            +++ b/a/b.yaml
            @@ -3,11 +3,10 @@
             line 2
             line 3
             line 4
            -line 5
            +five
             line 6
             line 7
             line 8
            -line 9
             line 10
             line 11
             line 12
            @@ -23,7 +22,7 @@
             line 22
             line 23
             line 24
            -line 25
            +x
             line 26
             line 27
             line 28
            """);
  }

  @Test
  void nothingIsToldOfEqualTexts() {
    assertThat(UnifiedDiff.of("a", "x\n", "x\n")).isEmpty();
  }

  /** Each difference of random texts makes the one of the other, by another program's hand. */
  @Test
  void aDifferenceMakesTheNewTextOfTheOld() throws Exception {
    Random random = new Random(20261201);
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      for (int i = 0; i < 150; i++) {
        String was = text(random, i);
        String becomes = changed(random, was);
        String diff = UnifiedDiff.of("f.txt", was, becomes);
        if (was.equals(becomes)) {
          assertThat(diff).isEmpty();
          continue;
        }
        Files.writeString(folder.resolve("f.txt"), was);
        git.apply()
            .setPatch(new ByteArrayInputStream(diff.getBytes(StandardCharsets.UTF_8)))
            .call();
        assertThat(folder.resolve("f.txt")).as(diff).hasContent(becomes);
      }
    }
  }

  private static String text(Random random, int size) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i <= size; i++) {
      lines.add("l" + random.nextInt(6));
    }
    return String.join("\n", lines) + (random.nextBoolean() ? "\n" : "");
  }

  private static String changed(Random random, String was) {
    List<String> lines = new ArrayList<>(List.of(was.split("\n", -1)));
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(3)) {
        case 0 -> lines.add(at, "new" + i);
        case 1 -> lines.set(at, "other" + i);
        default -> {
          if (lines.size() > 2) {
            lines.remove(at);
          }
        }
      }
    }
    return String.join("\n", lines);
  }
}
