package io.meshkeel.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of one entry of a tree, as hostile as its author wants it.
 *
 * @param text the name, with a replacement character for bytes that are no UTF-8
 * @param problem why such an entry isn't read; null if it may be
 */
record EntryName(String text, @Nullable String problem) {
  /** Longest name of an entry, in bytes of UTF-8; what common file systems allow. */
  static final int MAX_BYTES = 255;

  private static final int SHOWN = 200;

  static EntryName of(byte[] raw) {
    String text = new String(raw, StandardCharsets.UTF_8);
    return new EntryName(text, problem(raw, text));
  }

  /** Why an entry of this name isn't read; empty if it may be. */
  Optional<String> refusal() {
    return Optional.ofNullable(problem);
  }

  private static @Nullable String problem(byte[] raw, String text) {
    if (raw.length > MAX_BYTES) {
      return "has a name longer than " + MAX_BYTES + " bytes";
    }
    if (!isUtf8(raw)) {
      return "has a name that is no UTF-8";
    }
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      return "has a name that stands for another folder";
    }
    if (text.toLowerCase(Locale.ROOT).equals(".git")) {
      return "has a name that belongs to Git";
    }
    if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      return "has a separator in its name";
    }
    return text.codePoints().anyMatch(EntryName::invisible)
        ? "has a control or invisible character in its name"
        : null;
  }

  private static boolean invisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isUtf8(byte[] raw) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(raw));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Fit for a message: no control or invisible character, bounded. */
  static String shown(String path) {
    StringBuilder text = new StringBuilder();
    path.codePoints().limit(SHOWN).forEach(c -> text.appendCodePoint(invisible(c) ? '\uFFFD' : c));
    return path.codePointCount(0, path.length()) > SHOWN
        ? text.append('…').toString()
        : text.toString();
  }
}
