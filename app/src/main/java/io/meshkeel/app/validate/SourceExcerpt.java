package io.meshkeel.app.validate;

import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the line of a file that a finding is about, with a caret below its column. */
final class SourceExcerpt {
  /** 160 characters of a line are shown, around the column. */
  static final int MAX_WIDTH = 160;

  private final Snapshot snapshot;
  private final Map<String, SourceFile> files = new HashMap<>();
  private String lastFile = "";
  private List<String> lastLines = List.of();

  SourceExcerpt(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.files().forEach(file -> files.put(file.path(), file));
  }

  /** Two lines, each ending in a line feed; empty if the file has no such line. */
  Optional<String> of(SourcePosition position) {
    List<String> lines = linesOf(position.file());
    if (position.line() > lines.size()) {
      return Optional.empty();
    }
    String line = lines.get(position.line() - 1);
    int caret = line.offsetByCodePoints(0, Math.min(position.column() - 1, codePoints(line)));
    int from = Math.max(0, caret - MAX_WIDTH / 2);
    int to = Math.min(line.length(), from + MAX_WIDTH);
    String number = String.valueOf(position.line());
    String shown = printable(line.substring(from, to));
    StringBuilder below = new StringBuilder();
    printable(line.substring(from, caret))
        .codePoints()
        .forEach(c -> below.append(c == '\t' ? '\t' : ' '));
    String gutter = " ".repeat(number.length());
    return Optional.of(
        "  %s | %s%s%n  %s | %s%s^%n"
            .formatted(number, from > 0 ? "…" : "", shown, gutter, from > 0 ? " " : "", below));
  }

  private static int codePoints(String line) {
    return line.codePointCount(0, line.length());
  }

  private List<String> linesOf(String path) {
    if (!path.equals(lastFile)) {
      lastFile = path;
      lastLines = read(path);
    }
    return lastLines;
  }

  private List<String> read(String path) {
    SourceFile file = files.get(path);
    if (file == null) {
      return List.of();
    }
    try {
      return new String(snapshot.content(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      // The finding is told all the same, only without its line.
      return List.of();
    }
  }

  /** What a terminal may be sent: no control characters but the tab. */
  static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            clean.appendCodePoint(
                c != '\t' && (Character.isISOControl(c) || isBidirectional(c)) ? '\uFFFD' : c));
    return clean.toString();
  }

  private static boolean isBidirectional(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
