package io.meshkeel.declaration;

import io.meshkeel.model.SourcePosition;

/** A text whose places are counted in code points, as the YAML parser does. Immutable. */
final class CountedText {
  private final String text;
  private final int length;

  CountedText(String text) {
    this.text = text;
    this.length = text.codePointCount(0, text.length());
  }

  /** In code points. */
  int length() {
    return length;
  }

  int at(int place) {
    return text.codePointAt(offset(place));
  }

  boolean isBreak(int place) {
    int c = at(place);
    return c == '\n' || c == '\r';
  }

  String between(int from, int to) {
    return text.substring(offset(from), offset(to));
  }

  private int offset(int place) {
    return length == text.length() ? place : text.offsetByCodePoints(0, place);
  }

  /** Behind the end of the line on which a place is, the line break included. */
  int behindLine(int place) {
    int at = place;
    while (at < length && !isBreak(at)) {
      at++;
    }
    boolean two = at + 1 < length && at(at) == '\r' && at(at + 1) == '\n';
    return Math.min(length, at + (two ? 2 : 1));
  }

  /** Line and column of a place. */
  SourcePosition position(String file, int place) {
    int end = offset(place);
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', start)) {
      line++;
      start = i + 1;
    }
    return new SourcePosition(file, line, text.codePointCount(start, end) + 1);
  }
}
