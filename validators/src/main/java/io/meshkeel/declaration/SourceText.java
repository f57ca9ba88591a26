package io.meshkeel.declaration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a file: UTF-8, with or without a byte order mark. */
final class SourceText {
  private static final char REPLACEMENT = '\uFFFD';

  private SourceText() {}

  /** Null if the bytes are no UTF-8. */
  static @Nullable String decode(byte[] content) {
    int from =
        content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF
            ? 3
            : 0;
    String text = new String(content, from, content.length - from, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || isUtf8(content) ? text : null;
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
