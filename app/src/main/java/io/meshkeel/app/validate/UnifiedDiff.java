package io.meshkeel.app.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The difference of two texts in the form that {@code patch} and {@code git apply} read, with three
 * lines around each change. The shortest one, after E. Myers, "An O(ND) Difference Algorithm and
 * Its Variations" (1986).
 */
final class UnifiedDiff {
  /** 3 lines around a change. */
  static final int CONTEXT = 3;

  /** 2,000 lines that differ are told exactly; with more, all between the first and last are. */
  static final int MOST_CHANGES = 2_000;

  private enum Side {
    BOTH(' '),
    OLD('-'),
    NEW('+');

    private final char mark;

    Side(char mark) {
      this.mark = mark;
    }
  }

  private record Line(Side side, int was, int becomes, String text) {}

  private UnifiedDiff() {}

  /**
   * Empty if the texts are equal.
   *
   * @param path of the file, with {@code /}
   */
  static String of(String path, String was, String becomes) {
    List<Line> lines = lines(split(was), split(becomes));
    StringBuilder diff = new StringBuilder();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).side() != Side.BOTH) {
        int from = Math.max(0, at - CONTEXT);
        int to = endOfHunk(lines, at);
        if (diff.isEmpty()) {
          diff.append("--- a/").append(path).append("\n+++ b/").append(path).append('\n');
        }
        hunk(diff, lines.subList(from, to));
        at = to;
      }
    }
    return diff.toString();
  }

  /** Behind the context of the last change that is near the one before. */
  private static int endOfHunk(List<Line> lines, int first) {
    int last = first;
    for (int i = first; i < lines.size() && i <= last + 2 * CONTEXT; i++) {
      last = lines.get(i).side() == Side.BOTH ? last : i;
    }
    return Math.min(lines.size(), last + CONTEXT + 1);
  }

  private static void hunk(StringBuilder diff, List<Line> lines) {
    long old = lines.stream().filter(line -> line.side() != Side.NEW).count();
    long fresh = lines.stream().filter(line -> line.side() != Side.OLD).count();
    Line first = lines.getFirst();
    diff.append(
        "@@ -%d,%d +%d,%d @@\n"
            .formatted(
                old == 0 ? first.was() : first.was() + 1,
                old,
                fresh == 0 ? first.becomes() : first.becomes() + 1,
                fresh));
    for (Line line : lines) {
      diff.append(line.side().mark).append(line.text());
      if (!line.text().endsWith("\n")) {
        diff.append("\n\\ No newline at end of file\n");
      }
    }
  }

  /** Lines with their line feeds. */
  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', start)) {
      lines.add(text.substring(start, i + 1));
      start = i + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static List<Line> lines(List<String> was, List<String> becomes) {
    int head = 0;
    while (head < Math.min(was.size(), becomes.size()) && was.get(head).equals(becomes.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(was.size(), becomes.size()) - head
        && was.get(was.size() - 1 - tail).equals(becomes.get(becomes.size() - 1 - tail))) {
      tail++;
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      lines.add(new Line(Side.BOTH, i, i, was.get(i)));
    }
    between(
        lines,
        was.subList(head, was.size() - tail),
        becomes.subList(head, becomes.size() - tail),
        head);
    for (int i = tail; i > 0; i--) {
      int at = was.size() - i;
      lines.add(new Line(Side.BOTH, at, becomes.size() - i, was.get(at)));
    }
    return lines;
  }

  private static void between(List<Line> lines, List<String> was, List<String> becomes, int from) {
    List<int[]> rounds = rounds(was, becomes);
    int most = rounds.size() - 1;
    List<Line> backwards = new ArrayList<>();
    int x = was.size();
    int y = becomes.size();
    if (most > MOST_CHANGES) {
      for (int i = y; i > 0; i--) {
        backwards.add(new Line(Side.NEW, from + x, from + i - 1, becomes.get(i - 1)));
      }
      for (int i = x; i > 0; i--) {
        backwards.add(new Line(Side.OLD, from + i - 1, from, was.get(i - 1)));
      }
      lines.addAll(backwards.reversed());
      return;
    }
    for (int d = most; d > 0; d--) {
      int[] before = rounds.get(d - 1);
      int middle = before.length / 2;
      int k = x - y;
      boolean down = k == -d || (k != d && before[middle + k - 1] < before[middle + k + 1]);
      int startX = down ? before[middle + k + 1] : before[middle + k - 1];
      int startY = startX - (down ? k + 1 : k - 1);
      while (x > startX
          && y > startY
          && x > 0
          && y > 0
          && was.get(x - 1).equals(becomes.get(y - 1))) {
        x--;
        y--;
        backwards.add(new Line(Side.BOTH, from + x, from + y, was.get(x)));
      }
      if (down) {
        y--;
        backwards.add(new Line(Side.NEW, from + x, from + y, becomes.get(y)));
      } else {
        x--;
        backwards.add(new Line(Side.OLD, from + x, from + y, was.get(x)));
      }
    }
    while (x > 0) {
      x--;
      y--;
      backwards.add(new Line(Side.BOTH, from + x, from + y, was.get(x)));
    }
    lines.addAll(backwards.reversed());
  }

  /** The farthest place in the old text on each diagonal, after each number of changes. */
  private static List<int[]> rounds(List<String> was, List<String> becomes) {
    int bound = Math.min(MOST_CHANGES + 1, was.size() + becomes.size());
    int middle = bound + 1;
    int[] farthest = new int[2 * middle + 1];
    List<int[]> rounds = new ArrayList<>();
    for (int d = 0; d <= bound; d++) {
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && farthest[middle + k - 1] < farthest[middle + k + 1]);
        int x = down ? farthest[middle + k + 1] : farthest[middle + k - 1] + 1;
        if (d == 0) {
          x = 0;
        }
        int y = x - k;
        while (x < was.size() && y < becomes.size() && was.get(x).equals(becomes.get(y))) {
          x++;
          y++;
        }
        farthest[middle + k] = x;
        if (x >= was.size() && y >= becomes.size()) {
          rounds.add(Arrays.copyOf(farthest, farthest.length));
          return rounds;
        }
      }
      rounds.add(Arrays.copyOf(farthest, farthest.length));
    }
    return rounds;
  }
}
