package io.meshkeel.testbed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads the end of a log. */
final class LogFile {
  /** Lines that are shown of a log. */
  static final int TAIL_LINES = 30;

  /** Bytes that are read from its end. */
  static final int TAIL_BYTES = 16 * 1024;

  private LogFile() {}

  /** The last lines, or why they can't be read. */
  static String tail(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
      int read = file.read(bytes);
      List<String> lines =
          new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(the log " + log + " can't be read: " + e.getMessage() + ")";
    }
  }
}
