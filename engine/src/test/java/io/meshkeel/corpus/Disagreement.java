package io.meshkeel.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A line of {@code admission-disagreements.txt}.
 *
 * @param who refuses: {@code istioctl} or {@code meshkeel}
 * @param kind of the object; {@code *} for any
 * @param message what the one that refuses says
 * @param reason why that is right
 */
record Disagreement(String who, String kind, Pattern message, String reason) {
  static List<Disagreement> known() {
    try (InputStream in =
        Objects.requireNonNull(
            Disagreement.class.getResourceAsStream("admission-disagreements.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Disagreement::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Disagreement of(String line) {
    String[] parts = line.split(" \\| ", 4);
    if (parts.length != 4 || parts[3].isBlank()) {
      throw new IllegalStateException("not 'who | kind | message | reason': " + line);
    }
    return new Disagreement(parts[0], parts[1], Pattern.compile(parts[2]), parts[3]);
  }

  boolean explains(String whoRefuses, String ofKind, String said) {
    return who.equals(whoRefuses)
        && (kind.equals("*") || kind.equals(ofKind))
        && message.matcher(said).find();
  }
}
