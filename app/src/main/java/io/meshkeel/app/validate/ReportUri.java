package io.meshkeel.app.validate;

import java.nio.charset.StandardCharsets;

/** Writes a path as the relative reference of RFC 3986 that SARIF wants. */
final class ReportUri {
  private static final String PLAIN = "-._~!$&'()*+,;=@/";

  private ReportUri() {}

  static String of(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || PLAIN.indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append('%').append("%02X".formatted((int) c));
      }
    }
    return uri.toString();
  }
}
